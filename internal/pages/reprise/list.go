package reprise

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	domain "base-eleves/internal/domain/reprise"
	"base-eleves/internal/httpx"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// operation is a take-over that was made.
type operation struct {
	ID        uuid.UUID
	Version   int
	Genre     onde.Genre
	Annee     int
	Nom       string
	FaiteLe   time.Time
	Crees     int
	Modifies  int
	Inchanges int
	Refuses   int
	AnnuleeLe *time.Time
}

const operationsSQL = `
	select id, version, genre, annee, nom, faite_le, crees, modifies, inchanges, refuses, annulee_le from operation`

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.renderList(w, r, agent, httpx.NewForm(nil), http.StatusOK)
}

func (p Pages) renderList(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	var made []operation
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &made, operationsSQL+` order by faite_le desc, id limit 20`)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, listPage(f, operationsTable(made)))
}

// deposit keeps the file sent and shows its columns; one that cannot be read changes nothing.
func (p Pages) deposit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	nom, contenu, err := received(r)
	if err != nil {
		f.Refuse("fichier", "Choisissez le fichier à reprendre.")
		return p.renderList(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	err = p.Act(w, r, agent, func(_ context.Context, tx territoire.Tx) (string, error) {
		id, err := domain.Deposer(tx, agent, nom, contenu)
		return "/reprise/" + id.String(), err
	})
	if f.Refused(err) {
		return p.renderList(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	return err
}

// received is the file that a form carries.
func received(r *http.Request) (nom string, contenu []byte, err error) {
	file, header, err := r.FormFile("fichier")
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = file.Close() }() // in memory
	contenu, err = io.ReadAll(file)
	return header.Filename, contenu, err
}

// genres are the kinds of file, as they are chosen.
var genres = []ui.Option{
	{Value: string(onde.Eleves), Label: "Des élèves"}, {Value: string(onde.Responsables), Label: "Des responsables"},
}

func genreLabel(g onde.Genre) string {
	if g == onde.Responsables {
		return "Responsables"
	}
	return "Élèves"
}

func operationsTable(made []operation) ui.TableProps {
	t := ui.TableProps{Caption: "Reprises déjà faites", Columns: []ui.Column{
		{Label: "Fichier"}, {Label: "Contenu"}, {Label: "Faite le"}, {Label: "Créés", Number: true},
		{Label: "Modifiés", Number: true}, {Label: "Refusés", Number: true}, {Label: "État"},
	}}
	for _, o := range made {
		t.Rows = append(t.Rows, ui.ListRow{Href: o.path(), Label: o.Nom, Cells: ui.Cells(o.Nom, genreLabel(o.Genre),
			date.Heure(o.FaiteLe), fmt.Sprint(o.Crees), fmt.Sprint(o.Modifies), fmt.Sprint(o.Refuses), o.etat())})
	}
	return t
}

func (o operation) path() string { return "/reprise/operations/" + o.ID.String() }

func (o operation) etat() string {
	if o.AnnuleeLe != nil {
		return "Annulée le " + o.AnnuleeLe.Format("02/01/2006")
	}
	return "Appliquée"
}
