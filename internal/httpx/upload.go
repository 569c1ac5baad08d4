package httpx

import (
	"io"
	"net/http"
	"strconv"

	"base-eleves/internal/onde"
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
