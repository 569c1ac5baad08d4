package papier

import (
	"strings"

	"github.com/a-h/templ"

	"base-eleves/internal/pdf"
)

// EnTete is who issues, at the head of a sheet.
type EnTete pdf.Header

// Titre is what the piece is; each subtitle stands on its own line.
type Titre struct {
	Titre string
	Sous  []string
}

// Intertitre is a heading inside a piece.
type Intertitre string

// Texte is a paragraph.
type Texte []pdf.Span

// Dit is a paragraph in one weight.
func Dit(text string) Texte { return Texte{pdf.T(text)} }

// Remarque is a paragraph in small type.
type Remarque string

// Lignes are facts, label beside value.
type Lignes []pdf.Row

// Tableau is a list.
type Tableau pdf.Table

// Signature is where a person signs and the body stamps.
type Signature pdf.Signature

// Destinataire is to whom a letter is sent, line by line.
type Destinataire []string

// Talon begins what the reader cuts off and gives back, under its title: all that follows, on one page if it holds there.
type Talon string

// Manuscrit is something to be written by hand, on so many lines.
type Manuscrit struct {
	Demande string
	Lignes  int
}

// Vignettes are frames for photographs, so many to a line.
type Vignettes struct {
	Colonnes int
	Liste    []pdf.Portrait
}

// Etiquettes are sheets of labels, the first one begun at a place counted from 0.
type Etiquettes struct {
	Planche pdf.LabelSheet
	Debut   int
	Liste   []pdf.Label
}

// Enveloppe is one envelope.
type Enveloppe struct{ De, A []string }

func (b EnTete) ecrire(d *pdf.Document)       { d.Header(pdf.Header(b)) }
func (b Titre) ecrire(d *pdf.Document)        { d.Title(b.Titre, b.Sous...) }
func (b Intertitre) ecrire(d *pdf.Document)   { d.Section(string(b)) }
func (b Texte) ecrire(d *pdf.Document)        { d.Paragraph(b...) }
func (b Remarque) ecrire(d *pdf.Document)     { d.Note(pdf.T(string(b))) }
func (b Lignes) ecrire(d *pdf.Document)       { d.Rows(b) }
func (b Tableau) ecrire(d *pdf.Document)      { d.Table(pdf.Table(b)) }
func (b Signature) ecrire(d *pdf.Document)    { d.Signature(pdf.Signature(b)) }
func (b Destinataire) ecrire(d *pdf.Document) { d.Recipient(b) }
func (b Talon) ecrire(d *pdf.Document)        { d.Slip(string(b), func(*pdf.Document) {}) }
func (b Manuscrit) ecrire(d *pdf.Document)    { d.Blank(b.Demande, b.Lignes) }
func (b Vignettes) ecrire(d *pdf.Document)    { d.Portraits(b.Colonnes, b.Liste) }
func (b Etiquettes) ecrire(d *pdf.Document)   { d.Labels(b.Planche, b.Debut, b.Liste) }
func (b Enveloppe) ecrire(d *pdf.Document)    { d.Envelope(b.De, b.A) }

func (b EnTete) montrer() templ.Component       { return enTete(b) }
func (b Titre) montrer() templ.Component        { return titre(b) }
func (b Intertitre) montrer() templ.Component   { return intertitre(string(b)) }
func (b Texte) montrer() templ.Component        { return texte(b) }
func (b Remarque) montrer() templ.Component     { return remarque(string(b)) }
func (b Lignes) montrer() templ.Component       { return lignes(b) }
func (b Tableau) montrer() templ.Component      { return tableau(b) }
func (b Signature) montrer() templ.Component    { return signature(b) }
func (b Destinataire) montrer() templ.Component { return destinataire(b) }
func (b Talon) montrer() templ.Component        { return talon(string(b)) }
func (b Manuscrit) montrer() templ.Component    { return manuscrit(b.Demande) }
func (b Vignettes) montrer() templ.Component    { return vignettes(b.Liste) }
func (b Etiquettes) montrer() templ.Component   { return etiquettes(b.Liste) }
func (b Enveloppe) montrer() templ.Component    { return enveloppe(b) }

func (Etiquettes) nu() {}
func (Enveloppe) nu()  {}

// lus are the lines of a text, its line feeds being where the paper has them.
func lus(s string) []string { return strings.Split(s, "\n") }

// largeur is how many columns the heading of a group spans.
func (b Tableau) largeur() int { return len(b.Columns) }

// vide tells whether the table has no row at all.
func (b Tableau) vide() bool {
	for _, g := range b.Groups {
		if len(g.Rows) > 0 {
			return false
		}
	}
	return true
}

// cellule is the ith text of a row, "" where the row is shorter: what is left to be written by hand.
func cellule(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}
