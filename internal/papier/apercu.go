package papier

import (
	"net/url"

	"base-eleves/web/ui"
)

// parPage is how many pieces a page of the screen shows: the file has them all.
const parPage = 10

// Apercu is a document on a screen.
type Apercu struct {
	Papier  Papier
	Page    int        // from 1
	Chemin  string     // of the page
	Requete url.Values // what was asked for
	Vide    string     // said when there is nothing to print
}

// Total is how many pieces there are.
func (a Apercu) Total() int { return len(a.Papier.Pieces) }

func (a Apercu) pager() ui.Pager { return ui.Pager{Page: a.Page, PerPage: parPage, Total: a.Total()} }

func (a Apercu) visibles() []Piece {
	from := min(max(0, a.Page-1)*parPage, a.Total())
	return a.Papier.Pieces[from:min(from+parPage, a.Total())]
}

// imprimer is the address of the file.
func (a Apercu) imprimer() string {
	q := url.Values{}
	for k, v := range a.Requete {
		if k != "page" {
			q[k] = v
		}
	}
	if len(q) == 0 {
		return a.Chemin + ".pdf"
	}
	return a.Chemin + ".pdf?" + q.Encode()
}

func (a Apercu) compte() string {
	return ui.Plural(a.Total(), "document", "documents") + " dans le fichier."
}
