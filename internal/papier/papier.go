// Package papier writes a document once, for the sheet and for the screen: its author gives pieces made of blocks, the
// printer gets a PDF file and the reader a page that says the same in the same order. Pages that print come here; what
// a block looks like on paper is decided in internal/pdf.
package papier

import (
	"time"

	"github.com/a-h/templ"

	"base-eleves/internal/pdf"
)

// Papier is a file to be printed: one piece for each pupil, class or family.
type Papier struct {
	Titre    string // of the file
	Auteur   string // the school or the mairie
	Logiciel string // that made the file
	Date     time.Time
	Feuille  pdf.Paper
	Paysage  bool
	Compact  bool // narrow margins and small type
	Lettre   bool // close lines: a letter holds on one page
	Pieces   []Piece
}

// Piece begins on a new sheet, with its own foot and page numbers.
type Piece struct {
	Pied  pdf.Footer
	Blocs []Bloc
}

// Bloc is a part of a piece.
type Bloc interface {
	// ecrire writes it on paper.
	ecrire(d *pdf.Document)
	// montrer shows it on a page.
	montrer() templ.Component
}

// nu is a block that lays its own sheets out, without a foot.
type nu interface{ nu() }

// PDF is the file.
func (p Papier) PDF() ([]byte, error) {
	doc := pdf.New(pdf.Options{
		Title: p.Titre, Author: p.Auteur, Producer: p.Logiciel, Date: p.Date, Paper: p.Feuille, Landscape: p.Paysage, Compact: p.Compact, Letter: p.Lettre,
	})
	for _, piece := range p.Pieces {
		if !piece.nue() {
			doc.Begin(piece.Pied)
		}
		ecrire(doc, piece.Blocs)
	}
	return doc.Bytes()
}

// ecrire writes the blocks in their order; what follows a Talon is what is cut off with it.
func ecrire(doc *pdf.Document, blocs []Bloc) {
	for i, b := range blocs {
		if t, ok := b.(Talon); ok {
			doc.Slip(string(t), func(doc *pdf.Document) { ecrire(doc, blocs[i+1:]) })
			return
		}
		if i+1 < len(blocs) {
			if s, ok := blocs[i+1].(Signature); ok {
				doc.Before(pdf.Signature(s))
			}
		}
		b.ecrire(doc)
	}
}

func (p Piece) nue() bool {
	for _, b := range p.Blocs {
		if _, ok := b.(nu); ok {
			return true
		}
	}
	return false
}
