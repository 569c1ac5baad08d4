package admissions

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// submitAll does one act to the children selected in a column: to all of them, or to none.
func (p Pages) submitAll(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := readDecision(f, aucun)
	ids := f.UUIDs("id", "Cochez au moins un enfant.")
	if f.Err() != nil {
		return p.refuseAll(w, r, agent, f, d.acte, nil)
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		err := lot.Faire(ctx, tx, ids, func(id uuid.UUID) error {
			return d.pour(f, id).faire(ctx, tx, agent, id, 0)
		})
		if err != nil {
			return "", err
		}
		p.Flash(ctx, ui.Plural(len(ids), dits[d.acte].un, dits[d.acte].plusieurs)+".", "")
		return "/admissions?" + retour(r.URL.Query()).Encode(), nil
	})
	var refuses lot.Refuses
	if !errors.As(err, &refuses) {
		return err
	}
	if c, ok := refuses.Commun(len(ids)); ok && c.Field != "niveau" {
		f.Refuse(c.Field, c.Motif)
		refuses = nil
	}
	return p.refuseAll(w, r, agent, f, d.acte, refuses)
}

// pour is the decision for one of the children: the niveau is his own, or the one given for all.
func (d decision) pour(f *httpx.Form, id uuid.UUID) decision {
	if n := f.Text(champNiveau(id)); n != "" {
		d.niveau = ecole.Niveau(n)
	}
	return d
}

// retour keeps the year and the extent of the list.
func retour(q url.Values) url.Values {
	kept := url.Values{}
	for _, name := range []string{"annee", "presents"} {
		if v := q.Get(name); v != "" {
			kept.Set(name, v)
		}
	}
	return kept
}

// refuseAll shows the page again: what was typed and ticked, and each child who is refused, by name.
func (p Pages) refuseAll(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, a acte, refuses lot.Refuses) error {
	var noms []nomme
	page, err := p.readArrivees(r.Context(), agent, r.URL.Query(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &noms, nomsSQL, refuses.IDs())
	})
	if err != nil {
		return err
	}
	page.prefill()
	for name, values := range f.Values {
		page.form.Values[name] = values
	}
	_ = page.form.Take(f.Err()) // refusals only
	page.active = a
	for _, n := range noms {
		for _, refus := range refuses {
			if refus.ID == n.ID {
				page.form.Refuse(champ(refus), n.nom()+"\u00a0: "+refus.Motif)
			}
		}
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, listPage(page))
}

// nomme is a child to be named in a refusal, whether he is still in the lists or not.
type nomme struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
}

func (n nomme) nom() string { return eleve.NomListe(n.NomFamille, n.NomUsage, n.Prenom) }

const nomsSQL = `select id, nom_famille, nom_usage, prenom from inscription where id = any ($1) order by cle_nom, id`

// champ is where a refusal about one child leads: to his niveau, or to his box.
func champ(r lot.Refus) string {
	if r.Field == "niveau" {
		return champNiveau(r.ID)
	}
	return champCase(r.ID)
}

func champCase(id uuid.UUID) string { return "id." + id.String() }

// coche tells that a child was selected in the form refused.
func (a *arrivees) coche(id uuid.UUID) bool { return slices.Contains(a.form.Values["id"], id.String()) }
