package httpx

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Brouillons are what an agent has begun on a page, the last one first.
type Brouillons struct {
	site   *Site
	agent  habilitation.Agent
	page   string
	lignes []ligneBrouillon
}

type ligneBrouillon struct {
	Page    string
	Contenu string
	Le      time.Time
}

const brouillonsSQL = `
	select page, contenu, le from brouillon
	where compte_id = $1 and habilitation_id = $2 and page >= $3 and page < $4 order by le desc, page`

// QueueBrouillons reads what the agent has begun on the page of r, in the reading of that page.
func (s *Site) QueueBrouillons(l *territoire.Lecture, agent habilitation.Agent, r *http.Request) *Brouillons {
	b := &Brouillons{site: s, agent: agent, page: r.URL.Path}
	territoire.Toutes(l, &b.lignes, brouillonsSQL, agent.Compte, agent.Habilitation, b.page+"#", b.page+"$")
	return b
}

// BrouillonsColonne is what the agent has begun on the pages whose address begins by debut, an expression of SQL, as a
// column of another query: for a page that has no statement to spare.
func BrouillonsColonne(debut string) string {
	return `(select json_agg(json_build_object('page', page, 'contenu', contenu, 'le', le) order by le desc, page) from brouillon
		where compte_id = (select portee_compte()) and habilitation_id = current_setting('be.habilitation')::uuid
			and starts_with(page, ` + debut + `))`
}

// BrouillonsDe reads that column, for the page of r.
func (s *Site) BrouillonsDe(colonne []byte, agent habilitation.Agent, r *http.Request) (*Brouillons, error) {
	b := &Brouillons{site: s, agent: agent, page: r.URL.Path}
	if colonne == nil {
		return b, nil
	}
	if err := json.Unmarshal(colonne, &b.lignes); err != nil {
		return nil, fmt.Errorf("httpx: read the drafts: %w", err)
	}
	b.lignes = slices.DeleteFunc(b.lignes, func(l ligneBrouillon) bool { return !strings.HasPrefix(l.Page, b.page+"#") })
	return b, nil
}

// ouvrir gives back what was typed; one sealed under a key that is no longer held is lost, not an error.
func (b *Brouillons) ouvrir(l ligneBrouillon) (url.Values, bool) {
	scelle, err := base64.StdEncoding.DecodeString(l.Contenu)
	if err != nil {
		return nil, false
	}
	contenu, err := b.site.Coffre.Ouvrir(scelle, contexteBrouillon(b.agent, l.Page))
	if err != nil {
		return nil, false
	}
	values, err := url.ParseQuery(string(contenu))
	return values, err == nil
}

// Repris is the form that the address of r asks to go on with, nil when it asks for none or for one that is gone.
func (b *Brouillons) Repris(r *http.Request) *Form {
	id, err := uuid.Parse(r.URL.Query().Get(champBrouillon))
	i := slices.IndexFunc(b.lignes, func(l ligneBrouillon) bool { return l.Page == cleBrouillon(b.page, id) })
	if err != nil || i < 0 {
		return nil
	}
	values, ok := b.ouvrir(b.lignes[i])
	if !ok {
		return nil
	}
	return &Form{Values: values, today: b.agent.Aujourdhui()}
}

// Offres are the brouillons as the page offers them.
func (b *Brouillons) Offres() []ui.Draft {
	var offres []ui.Draft
	for _, l := range b.lignes {
		values, ok := b.ouvrir(l)
		if !ok {
			continue
		}
		f := Form{Values: values}
		offres = append(offres, ui.Draft{
			Key: l.Page, Since: date.Heure(l.Le),
			About:  strings.TrimSpace(f.Text("prenom") + " " + f.Text("nom_famille")),
			Resume: b.page + "?" + champBrouillon + "=" + values.Get(champBrouillon), Erase: pathBrouillons + "/effacer",
		})
	}
	return offres
}
