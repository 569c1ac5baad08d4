package entrants

import (
	"context"
	"net/http"
	"strconv"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

func (e etat) anneeCode() string   { return strconv.Itoa(int(e.Annee)) }
func (e etat) dernierCode() string { return strconv.Itoa(e.Dernier) }

func (e etat) consequences() []string {
	return []string{
		"Vous avez enregistré les fichiers de " + ui.Plural(e.ARecevoir, "élève", "élèves") + ".",
		"Vous ne lisez plus ces données ici. Si un fichier manque, l’inspection académique peut rouvrir la remise.",
		"Les directions d’école apprennent que leurs élèves sont reçus, et peuvent les radier.",
	}
}

func (p Pages) askAccuse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.renderAccuse(w, r, agent, http.StatusOK, nil)
}

func (p Pages) renderAccuse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, status int, errs ui.Errors) error {
	e, err := p.readEtat(r.Context(), agent, func(*territoire.Lecture) {})
	switch {
	case err != nil:
		return err
	case e.ARecevoir == 0 && status == http.StatusOK:
		return httpx.Redirect(w, r, path)
	}
	return p.Render(w, r, status, accusePage(e, errs))
}

// accuse acknowledges the pupils whom the page showed; those assigned since remain to be received.
func (p Pages) accuse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	annee, err := ecole.ParseAnnee(f.Text("annee"))
	jusqua, wrong := strconv.Atoi(f.Text("jusqua"))
	if err != nil || wrong != nil {
		f.Refuse("", "Rouvrez la liste des entrants, puis accusez réception.")
		return p.renderAccuse(w, r, agent, http.StatusUnprocessableEntity, f.Errors())
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		done, err := sixieme.Accuser(ctx, tx, agent, annee, nil, jusqua)
		if err == nil && len(done) == 0 {
			err = refusal.InConflict("Ces élèves sont déjà reçus, ou la saison n’est plus ouverte.")
		}
		if err == nil {
			p.Flash(ctx, ui.Plural(len(done), "élève reçu", "élèves reçus")+"\u00a0: les écoles en sont informées.", "")
		}
		return path, err
	})
	if f.Refused(err) {
		return p.renderAccuse(w, r, agent, http.StatusUnprocessableEntity, f.Errors())
	}
	return err
}
