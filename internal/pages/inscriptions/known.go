package inscriptions

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// connu is the page that inscribes a child whom the register knows: only the inscription is asked for.
type connu struct {
	form   *httpx.Form
	choix  choix
	enfant eleve.Connu
}

// openConnu shows the short form of a child chosen among those found.
func (p Pages) openConnu(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	if f.Values.Get("eleve_id") == "" {
		f.Refuse("", "Choisissez un enfant parmi ceux que la recherche a trouvés.")
		return p.Render(w, r, http.StatusUnprocessableEntity, recherchePage(f, nil))
	}
	return p.proposerConnu(w, r, agent, f)
}

// proposerConnu shows the short form of the child whom the form names, with what was typed already.
func (p Pages) proposerConnu(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form) error {
	page, err := p.readConnu(r.Context(), agent, f)
	if err != nil {
		return err
	}
	if page.form.Values.Get("annee") == "" {
		page.choix.proposer(page.form, agent, page.enfant.DateNaissance)
	}
	return p.Render(w, r, http.StatusOK, connuPage(page))
}

// readConnu reads the child whom the form names. One of another territory must be named in full.
func (p Pages) readConnu(ctx context.Context, agent habilitation.Agent, f *httpx.Form) (connu, error) {
	page := connu{form: f}
	cherche := recherche{f.Text("nom_famille"), f.Text("prenom"), f.DateOrNone("date_naissance")}
	var err error
	page.enfant, err = eleve.Trouver(ctx, p.DB, agent, f.UUID("eleve_id"), cherche.identite(), func(l *territoire.Lecture) {
		queueChoix(l, agent, &page.choix)
	})
	return page, err
}

// inscrireConnu inscribes a child whom the register knows.
func (p Pages) inscrireConnu(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form) error {
	page, err := p.readConnu(r.Context(), agent, f)
	if err != nil {
		return err
	}
	d := page.choix.readDemande(f, agent, page.enfant.DateNaissance)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			return p.inscrit(ctx, tx, agent, page.enfant.EleveID, d)
		})
	}
	if f.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, connuPage(page))
	}
	return err
}

// inscrit records the inscription of a child and leads to it.
func (p Pages) inscrit(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, d inscription.Demande) (string, error) {
	id, err := inscription.Inscrire(ctx, tx, agent, enfant, agent.Commune, d)
	if err != nil {
		return "", err
	}
	p.Flash(ctx, "L’inscription est enregistrée.", "")
	return pathListe + "/" + id.String(), nil
}

// known are the fields that say of whom the form speaks.
func (c connu) known() []string { return append([]string{"eleve_id"}, champsRecherche...) }
