package httpx

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Received is the file that a form carries under a name, with its own name. An error says that there is none.
func Received(r *http.Request, name string) (nom string, contenu []byte, err error) {
	file, header, err := r.FormFile(name)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = file.Close() }() // in memory
	contenu, err = io.ReadAll(file)
	return header.Filename, contenu, err
}

// Deposit keeps the file that a form carries and goes to what it would change; one that is missing or cannot be read changes
// nothing, and its form says why. keep returns the address of the preview.
func (s *Site) Deposit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, missing string, page func(*Form) templ.Component,
	keep func(ctx context.Context, tx territoire.Tx, nom string, contenu []byte) (string, error),
) error {
	f, err := ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	nom, contenu, err := Received(r, "fichier")
	if err != nil {
		err = refusal.Of("fichier", missing)
	} else {
		err = s.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) { return keep(ctx, tx, nom, contenu) })
	}
	if f.Refused(err) {
		return s.Render(w, r, http.StatusUnprocessableEntity, page(f))
	}
	return err
}

// Faults shows what is wrong in a file, its first lines: row, column, value, what is wrong and what to do.
func Faults(list []onde.Erreur, shown int) ui.TableProps {
	t := ui.TableProps{Caption: "Lignes fausses", Stacked: true, Columns: []ui.Column{
		{Label: "Où"}, {Label: "Colonne"}, {Label: "Valeur"}, {Label: "Ce qui ne va pas"}, {Label: "Remède"},
	}}
	for _, e := range list[:min(len(list), shown)] {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells("Ligne\u00a0"+strconv.Itoa(e.Ligne), e.Colonne, e.Valeur, e.Motif, e.Remede)})
	}
	return t
}
