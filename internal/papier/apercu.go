package papier

import (
	"cmp"
	"net/url"

	"base-eleves/web/ui"
)

// parPage is how many pieces a page of the screen shows as a rule: the file has them all.
const parPage = 10

// Apercu is a document on a screen.
type Apercu struct {
	Papier  Papier
	Page    int        // from 1
	Chemin  string     // of the page
	Requete url.Values // what was asked for
	Fichier string     // the address of the file, where it is not that of the page with .pdf
	Vide    string     // said when there is nothing to print
	ParPage int        // how many pieces a page shows; some by default
	Mot     [2]string  // what a piece is called, and several; documents by default

	// Preparer is the address that has the file made beside the page, where it is too long to wait for: it receives
	// document, the name of the page, and requete, what was asked of it.
	Preparer string
}

// Total is how many pieces there are.
func (a Apercu) Total() int { return len(a.Papier.Pieces) }

func (a Apercu) parPage() int { return cmp.Or(a.ParPage, parPage) }

func (a Apercu) pager() ui.Pager {
	return ui.Pager{Page: a.Page, PerPage: a.parPage(), Total: a.Total()}
}

func (a Apercu) visibles() []Piece {
	from := min(max(0, a.Page-1)*a.parPage(), a.Total())
	return a.Papier.Pieces[from:min(from+a.parPage(), a.Total())]
}

// imprimer is the address of the file.
func (a Apercu) imprimer() string {
	if a.Fichier != "" {
		return a.Fichier
	}
	q := a.demande()
	if len(q) == 0 {
		return a.Chemin + ".pdf"
	}
	return a.Chemin + ".pdf?" + q.Encode()
}

// demande is what the file is made of, without the page of the screen.
func (a Apercu) demande() url.Values {
	q := url.Values{}
	for k, v := range a.Requete {
		if k != "page" {
			q[k] = v
		}
	}
	return q
}

func (a Apercu) compte() string {
	return ui.Plural(a.Total(), cmp.Or(a.Mot[0], "document"), cmp.Or(a.Mot[1], "documents")) + " dans le fichier."
}
