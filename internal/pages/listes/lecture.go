package listes

import (
	"context"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// parPage is how many lines the page shows at once.
const parPage = 50

// demande is a list that is asked for, and what comes of it.
type demande struct {
	agent  habilitation.Agent
	def    liste.Definition
	prete  string  // the code of the ready list, while nothing is changed in it
	gardee *gardee // the list that is opened, though it may have been changed since
	change bool    // it has been
	page   int
	f      *httpx.Form // what was typed, and what is wrong with it
	garde  *httpx.Form // that gives it a name

	lignes  []liste.Ligne
	propose []formulaire.Propose
}

// gardee is a list that was kept.
type gardee struct {
	ID         uuid.UUID
	Version    int
	Nom        string
	Partagee   bool
	Mienne     bool
	Definition []byte
}

const gardeeSQL = `
	select id, version, nom, partagee, compte_id = (select portee_compte()) as mienne, definition
	from liste where id = $1 and supprimee_le is null`

// demande reads what the address asks for: a list composed in it, one that was kept, one that is ready, or a new one.
func (p Pages) demande(r *http.Request, agent habilitation.Agent) (*demande, error) {
	q := r.URL.Query()
	d := &demande{agent: agent, page: httpx.PageAsked(q)}
	if id, err := uuid.Parse(q.Get("liste")); err == nil {
		if d.gardee, err = p.gardee(r.Context(), agent, id); err != nil {
			return nil, err
		}
	}
	err := d.definir(q)
	d.garde = nouveauNom(d.def)
	return d, err
}

func (p Pages) gardee(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (*gardee, error) {
	g := new(gardee)
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { territoire.Une(l, g, gardeeSQL, id) })
	return g, err
}

func (d *demande) definir(q url.Values) error {
	switch ready, known := liste.PreteDe(q.Get("prete"), d.agent.Role); {
	case q.Get(compose) != "":
		d.f = httpx.AskedForm(q, d.agent.Aujourdhui())
		d.def = lire(d.f, d.agent)
		d.change = d.gardee != nil
		return nil
	case d.gardee != nil:
		kept, err := liste.LireDefinition(d.gardee.Definition)
		if err != nil {
			return err
		}
		d.def = kept.Pour(d.agent.Role)
		d.def.Titre = d.gardee.Nom
	case known:
		d.def, d.prete = ready.Definition, ready.Code
	default:
		d.def = liste.Definition{Grain: liste.Eleves, Colonnes: liste.Usuelles(liste.Eleves)}.Pour(d.agent.Role)
	}
	d.f = httpx.AskedForm(adresse(d.def), d.agent.Aujourdhui())
	return nil
}

// query is the shortest address of the list.
func (d *demande) query() url.Values {
	switch {
	case d.prete != "":
		return url.Values{"prete": {d.prete}}
	case d.gardee != nil && !d.change:
		return url.Values{"liste": {d.gardee.ID.String()}}
	}
	q := adresse(d.def)
	if d.gardee != nil {
		q.Set("liste", d.gardee.ID.String())
	}
	return q
}

// read reads the lines, and what the filters have to propose, in one round trip.
func (p Pages) read(ctx context.Context, d *demande, sql string, args []any) error {
	return p.DB.Lire(ctx, d.agent.Portee(), func(l *territoire.Lecture) {
		if d.f.Err() == nil {
			territoire.Toutes(l, &d.lignes, sql, args...)
		}
		sql, args := formulaire.ProposerSQL(d.def, d.agent)
		territoire.Toutes(l, &d.propose, sql, args...)
	})
}

// total is how many lines the list has in all.
func (d *demande) total() int {
	if len(d.lignes) == 0 {
		return 0
	}
	return d.lignes[0].Total
}
