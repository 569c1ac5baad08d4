package dispositifs

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parmi are the pupils of the year who do not benefit until its end.
func (c critere) parmi() formulaire.Parmi {
	return formulaire.Parmi{
		Cle: int(c.annee), Annee: `$1::int`,
		Sauf: `exists (select from beneficiaire b where b.eleve_id = s.eleve_id and b.ecole_uai = s.ecole_uai
			and b.dispositif = '` + string(c.dispositif) + `' and b.debut <= s.fin_annee and b.fin is null)`,
	}
}

func (c critere) crumbs() ui.PageOption {
	return ui.Crumbs(ui.Crumb{Label: c.dispositif.Label(), Href: c.href("/dispositifs")})
}

// choix is the page where one chooses who benefits.
type choix struct {
	c     critere
	liste formulaire.Choix
	form  *httpx.Form
}

func (p Pages) choose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	debut := agent.Aujourdhui()
	if !c.annee.Contient(debut) {
		debut = c.annee.Rentree()
	}
	return p.renderChoose(w, r, agent, c, httpx.NewForm(map[string]string{"debut": date.Court(debut)}), http.StatusOK)
}

func (p Pages) renderChoose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, c critere, f *httpx.Form, status int) error {
	v := choix{c: c, form: f}
	q := r.URL.Query()
	q.Set("annee", c.values().Get("annee"))
	q.Set("dispositif", string(c.dispositif))
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { formulaire.QueueChoix(l, &v.liste, q, c.parmi()) })
	if err != nil {
		return err
	}
	props := v.liste.Props("/dispositifs/eleves", status != http.StatusOK)
	props.Caption = "Élèves de l’école"
	props.Bulk = []ui.BulkAction{{Label: "Noter les élèves cochés", Action: "/dispositifs/eleves?" + q.Encode()}}
	props.BulkFields = ui.Date(f.Field(ui.Field{Name: "debut", Label: "Depuis le", Required: true}))
	props.Scope, props.Kept = "", []string{"annee", "dispositif"}
	return p.Render(w, r, status, choosePage(v, props))
}

// start says since when the pupils selected benefit: all of them or none.
func (p Pages) start(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	ids, debut := f.UUIDs("id", "Cochez au moins un élève."), f.DateOrNone("debut")
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := lot.Faire(ctx, tx, ids, func(id uuid.UUID) error {
				return dispositif.Commencer(ctx, tx, agent, id, c.dispositif, dispositif.Periode{Debut: debut})
			})
			if err != nil {
				return "", err
			}
			p.Flash(ctx, ui.Plural(len(ids), "élève noté", "élèves notés")+".", "")
			return c.href("/dispositifs"), nil
		})
	}
	var refuses lot.Refuses
	if errors.As(err, &refuses) {
		f.Refuse(refuses[0].Field, refuses[0].Motif)
	} else if !f.Refused(err) {
		return err
	}
	return p.renderChoose(w, r, agent, c, f, http.StatusUnprocessableEntity)
}
