package elections

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// candidature is a list of candidates, with what it received once the results are proclaimed.
type candidature struct {
	ID         uuid.UUID
	Version    int
	Nom        string
	DeposeeLe  time.Time
	Suffrages  int
	Titulaires int
	Suppleants int
}

// candidat is somebody on a list of candidates; his number is 0 once the voters are erased.
type candidat struct {
	ListeID uuid.UUID
	Nom     string
	Numero  int
	Elu     string
}

const candidaturesSQL = `
	select id, version, nom, deposee_le, coalesce(suffrages, 0) as suffrages, coalesce(titulaires, 0) as titulaires,
		coalesce(suppleants, 0) as suppleants
	from liste_candidats where election_id = $1 order by deposee_le, nom, id`

const candidatsSQL = `
	select c.liste_id, c.nom, coalesce(t.numero, 0) as numero, c.elu
	from liste_candidats l join candidat c on c.liste_id = l.id left join electeur t on t.id = c.electeur_id
	where l.election_id = $1 order by c.liste_id, c.rang`

// scrutin is an election with its lists of candidates.
type scrutin struct {
	fiche        fiche
	candidatures []candidature
	candidats    []candidat
}

// readScrutin reads them; the names are for the directeur alone.
func (p Pages) readScrutin(ctx context.Context, agent habilitation.Agent, id uuid.UUID, besides func(*territoire.Lecture)) (v scrutin, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.fiche, ficheSQL, id)
		territoire.Toutes(l, &v.candidatures, candidaturesSQL, id)
		if agent.Can(habilitation.GererElections) {
			territoire.Toutes(l, &v.candidats, candidatsSQL, id)
		}
		besides(l)
	})
	return v, err
}

// de are the candidates of a list, in their order.
func (v scrutin) de(liste uuid.UUID) []candidat {
	var list []candidat
	for _, c := range v.candidats {
		if c.ListeID == liste {
			list = append(list, c)
		}
	}
	return list
}

func (v scrutin) candidature(id uuid.UUID) (candidature, bool) {
	for _, c := range v.candidatures {
		if c.ID == id {
			return c, true
		}
	}
	return candidature{}, false
}

func (v scrutin) candidaturePath(c candidature) string {
	return v.fiche.path() + "/candidats/" + c.ID.String()
}

func (p Pages) showCandidats(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readScrutin(r.Context(), agent, id, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, candidatsPage(v))
}

// table shows a list of candidates in its order of preference.
func (v scrutin) table(c candidature) ui.TableProps {
	t := ui.TableProps{Caption: c.Nom, Columns: []ui.Column{{Label: "Candidat"}, {Label: "Rang", Number: true}, {Label: "N° d’électeur", Number: true}}}
	for i, x := range v.de(c.ID) {
		t.Rows = append(t.Rows, ui.ListRow{Label: x.Nom, Cells: ui.Cells(x.Nom, ui.Count(i+1), ui.Places(x.Numero))})
	}
	return t
}

// regle recalls what a list of candidates may be.
func (v scrutin) regle() string {
	return "Une liste compte de 2 à " + strconv.Itoa(2*v.fiche.Sieges) + "\u00a0candidats, pour " + ui.Plural(v.fiche.Sieges, "siège", "sièges") +
		". Elle se dépose au plus tard le " + date.Long(v.fiche.calendrier().Candidatures()) + "\u00a0; un candidat se remplace jusqu’au " +
		date.Long(v.fiche.calendrier().Remplacement()) + "."
}

// depot is the form of a list of candidates.
type depot struct {
	registre
	candidature candidature // zero for a new one
	f           *httpx.Form
	conflit     []ui.ConflictRow
}

func (d depot) failed() ui.PageOption { return ui.Failed(len(d.f.Errors()) > 0 || len(d.conflit) > 0) }

// titre says which list the form is about.
func (d depot) titre() string {
	if d.candidature.ID == uuid.Nil {
		return "Déposer une liste"
	}
	return "Liste " + d.candidature.Nom
}

// action is where the form is sent.
func (d depot) action() string {
	if d.candidature.ID == uuid.Nil {
		return d.fiche.path() + "/candidats/nouvelle"
	}
	return d.fiche.path() + "/candidats/" + d.candidature.ID.String()
}

// eligibles are those who may be candidates, by their numbers.
func (d depot) eligibles() ui.TableProps {
	t := ui.TableProps{Caption: "Électeurs éligibles", Columns: []ui.Column{{Label: "Électeur"}, {Label: "N°", Number: true}}}
	for _, e := range d.electeurs {
		if e.eligible() {
			t.Rows = append(t.Rows, ui.ListRow{Label: e.Complet(), Cells: ui.Cells(e.Complet(), ui.Count(e.Numero))})
		}
	}
	return t
}

// maxNom is how long the name of a list may be.
const maxNom = 80

func readCandidature(f *httpx.Form) election.Candidature {
	numeros, err := election.ParseNumeros(f.Text("numeros"))
	_ = f.Take(err)
	return election.Candidature{Nom: f.Limited("nom", maxNom), DeposeeLe: f.DateOrNone("deposee_le"), Numeros: numeros}
}

func (p Pages) showDepot(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{"deposee_le": date.Court(agent.Aujourdhui())})
	return p.renderDepot(w, r, agent, id, depot{f: f}, http.StatusOK)
}

func (p Pages) renderDepot(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, d depot, status int) (err error) {
	if d.registre, err = p.readArretee(r.Context(), agent, id, func(*territoire.Lecture) {}); err != nil {
		return err
	}
	return p.Render(w, r, status, depotPage(d))
}

// deposer records a list of candidates.
func (p Pages) deposer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		c := readCandidature(f)
		if err := f.Err(); err != nil {
			return "", err
		}
		p.Flash(ctx, "La liste «\u00a0"+c.Nom+"\u00a0» est déposée\u00a0: relisez les noms.", "")
		_, err := election.Deposer(ctx, tx, agent, id, c)
		return path(id) + "/candidats", err
	})
	if status == 0 {
		return err
	}
	return p.renderDepot(w, r, agent, id, depot{f: f}, status)
}

// values are what is recorded of a list, as it is typed.
func (v scrutin) values(c candidature) map[string]string {
	var numeros []string
	for _, x := range v.de(c.ID) {
		numeros = append(numeros, strconv.Itoa(x.Numero))
	}
	return map[string]string{"nom": c.Nom, "deposee_le": date.Court(c.DeposeeLe), "numeros": strings.Join(numeros, ", ")}
}

func (p Pages) showCandidature(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.renderCandidature(w, r, agent, nil, http.StatusOK)
}

// renderCandidature shows the form of a list: as recorded, or as it was typed when f is given.
func (p Pages) renderCandidature(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	one, err := httpx.ID(r, "candidature")
	if err != nil {
		return err
	}
	d, v, known := depot{f: f}, scrutin{}, false
	d.registre, err = p.readArretee(r.Context(), agent, id, func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.candidatures, candidaturesSQL, id)
		territoire.Toutes(l, &v.candidats, candidatsSQL, id)
	})
	if err != nil {
		return err
	}
	if d.candidature, known = v.candidature(one); !known {
		return refusal.NotFound()
	}
	recorded := v.values(d.candidature)
	switch {
	case f == nil:
		d.f = httpx.NewForm(recorded)
	case !f.Values.Has("nom"): // the form that only takes away
		for name, value := range recorded {
			f.Values.Set(name, value)
		}
	case status == http.StatusConflict:
		d.conflit = []ui.ConflictRow{
			{Label: "Nom", Theirs: recorded["nom"], Mine: f.Text("nom")}, {Label: "Candidats", Theirs: recorded["numeros"], Mine: f.Text("numeros")},
		}
	default:
		d.candidature.Version = f.Version()
	}
	return p.Render(w, r, status, depotPage(d))
}

// modifierCandidature changes a list of candidates.
func (p Pages) modifierCandidature(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.changerCandidature(w, r, agent, func(ctx context.Context, tx territoire.Tx, one uuid.UUID, f *httpx.Form) error {
		c := readCandidature(f)
		if err := f.Err(); err != nil {
			return err
		}
		p.Flash(ctx, "La liste «\u00a0"+c.Nom+"\u00a0» est modifiée.", "")
		_, err := election.ModifierListe(ctx, tx, agent, one, f.Version(), c)
		return err
	})
}

// retirerCandidature takes a list of candidates away.
func (p Pages) retirerCandidature(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.changerCandidature(w, r, agent, func(ctx context.Context, tx territoire.Tx, one uuid.UUID, f *httpx.Form) error {
		p.Flash(ctx, "La liste de candidats est retirée.", "")
		_, err := election.RetirerListe(ctx, tx, agent, one, f.Version())
		return err
	})
}

func (p Pages) changerCandidature(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	act func(context.Context, territoire.Tx, uuid.UUID, *httpx.Form) error,
) error {
	one, err := httpx.ID(r, "candidature")
	if err != nil {
		return err
	}
	_, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		return path(id) + "/candidats", act(ctx, tx, one, f)
	})
	if status == 0 {
		return err
	}
	return p.renderCandidature(w, r, agent, f, status)
}
