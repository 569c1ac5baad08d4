package affectations

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

func (p Pages) askFile(w http.ResponseWriter, r *http.Request, _ habilitation.Agent) error {
	return p.Render(w, r, http.StatusOK, filePage(httpx.NewForm(nil)))
}

// deposit keeps the file sent, and shows what it would change; one that cannot be read changes nothing.
func (p Pages) deposit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.Deposit(w, r, agent, "Choisissez le fichier des affectations.", filePage,
		func(ctx context.Context, tx territoire.Tx, nom string, contenu []byte) (string, error) {
			id, err := sixieme.Deposer(ctx, tx, agent, sixieme.Campagne(agent.Aujourdhui()), nom, contenu)
			return pathImport + "/" + id.String(), err
		})
}

// apercu is what a file would change.
type apercu struct {
	id    uuid.UUID
	depot sixieme.Depot
	form  *httpx.Form
}

// depose is the file of the address.
func depose(r *http.Request) (uuid.UUID, error) {
	id, err := uuid.Parse(chi.URLParam(r, "depot"))
	if err != nil {
		return id, refusal.NotFound()
	}
	return id, nil
}

func (p Pages) preview(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := depose(r)
	if err != nil {
		return err
	}
	a := apercu{id: id, form: httpx.NewForm(nil)}
	if err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { sixieme.QueueDepot(l, agent, id, &a.depot) }); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, previewPage(a))
}

// apply does what was shown. When assignments have changed since, what would change now is shown instead.
func (p Pages) apply(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	id, err := depose(r)
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		lot, n, err := sixieme.Appliquer(ctx, tx, agent, id, f.Text("empreinte"))
		if err == nil {
			p.Flash(ctx, ui.Plural(n, "élève affecté", "élèves affectés")+".", pathAnnuler(lot))
		}
		return path, err
	})
	if !f.Refused(err) {
		return err
	}
	a := apercu{id: id, form: f}
	err = p.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) (err error) {
		a.depot, err = sixieme.Ouvrir(r.Context(), tx, agent, id)
		return err
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, previewPage(a))
}

// montrees is how many lines a preview shows.
const montrees = 100

func (a apercu) consequences() []string {
	inchanges := a.depot.Plan.Lues - len(a.depot.Plan.Trouves)
	list := []string{ui.Plural(len(a.depot.Plan.Trouves), "élève change", "élèves changent") + " d’affectation."}
	if inchanges > 0 {
		list = append(list, ui.Plural(inchanges, "ligne ne change", "lignes ne changent")+" rien.")
	}
	return append(list, "Vous pourrez annuler le tout pendant 30 jours.")
}

func (a apercu) changements() ui.TableProps {
	t := ui.TableProps{Caption: "Ce qui change", Columns: []ui.Column{{Label: "Ligne", Number: true}, {Label: "Élève"}, {Label: "Collège actuel"}, {Label: "Nouveau collège"}}}
	for _, x := range a.depot.Plan.Trouves[:min(len(a.depot.Plan.Trouves), montrees)] {
		actuel := x.ActuelNom
		if x.Recu {
			actuel += " (déjà reçu)"
		}
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(strconv.Itoa(x.Ligne), x.Nom, actuel, x.Nouveau)})
	}
	return t
}
