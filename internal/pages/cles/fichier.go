package cles

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

func (p Pages) askFile(w http.ResponseWriter, r *http.Request, _ habilitation.Agent) error {
	return p.Render(w, r, http.StatusOK, filePage(httpx.NewForm(nil)))
}

// deposit keeps the file sent, and shows what it would bring; one that cannot be read changes nothing.
func (p Pages) deposit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.Deposit(w, r, agent, "Choisissez le fichier du fournisseur.", filePage,
		func(ctx context.Context, tx territoire.Tx, nom string, contenu []byte) (string, error) {
			id, err := cle.Deposer(ctx, tx, agent, p.Coffre, nom, contenu)
			return pathImport + "/" + id.String(), err
		})
}

// apercu is what a file would bring.
type apercu struct {
	depot cle.Depot
	form  *httpx.Form
}

func (p Pages) ouvrir(r *http.Request, agent habilitation.Agent) (a apercu, err error) {
	id, err := uuid.Parse(chi.URLParam(r, "depot"))
	if err != nil {
		return a, refusal.NotFound()
	}
	a.form = httpx.NewForm(nil)
	var attente cle.Attente
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { cle.QueueAttente(l, agent, id, &attente) })
	if err == nil {
		a.depot, err = attente.Ouvrir(p.Coffre, id)
	}
	return a, err
}

func (p Pages) preview(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	a, err := p.ouvrir(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, previewPage(a))
}

func (p Pages) apply(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := uuid.Parse(chi.URLParam(r, "depot"))
	if err != nil {
		return refusal.NotFound()
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		n, err := cle.Entrer(ctx, tx, agent, p.Coffre, id)
		if err == nil {
			p.Flash(ctx, ui.Plural(n, "clé entrée en stock", "clés entrées en stock")+".", "")
		}
		return path + "?etat=" + string(cle.Stock), err
	})
	if !f.Refused(err) {
		return err
	}
	a, err := p.ouvrir(r, agent)
	if err != nil {
		return err
	}
	a.form = f
	return p.Render(w, r, http.StatusUnprocessableEntity, previewPage(a))
}

// montrees is how many lines a preview shows.
const montrees = 100

func (a apercu) entrees() ui.TableProps {
	t := ui.TableProps{Caption: "Clés à entrer en stock", Columns: []ui.Column{
		{Label: "Ligne"}, {Label: "Numéro de série", Whole: true}, {Label: "Genre"}, {Label: "Chiffres", Number: true},
		{Label: "Pas (s)", Number: true}, {Label: "Algorithme"},
	}}
	for _, k := range a.depot.Cles[:min(len(a.depot.Cles), montrees)] {
		pas := strconv.Itoa(k.Periode)
		if k.Type == "HOTP" {
			pas = ""
		}
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(strconv.Itoa(k.Ligne), k.Serie, genre(true, k.Type), strconv.Itoa(k.Chiffres), pas, k.Algorithme)})
	}
	return t
}
