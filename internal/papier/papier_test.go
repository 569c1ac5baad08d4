package papier

import (
	"bytes"
	"html"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/pdf"
)

// blocs are one of each kind, every word of them different: what one of them leaves out is missed.
var blocs = []Bloc{
	EnTete{Issuer: []string{"École Jean-Jaurès", "5 rue des Pyrénées"}, Right: []string{"Année 2026-2027"}},
	Destinataire{"Mme ABADIE Anne", "65000 Tarbes"},
	Titre{Titre: "Fiche d’urgence", Sous: []string{"CE1 A", "LAFITTE Éloïse"}},
	Intertitre("Responsables"),
	Texte{pdf.T("Je soussignée "), pdf.B("atteste")},
	Remarque("Loi du 6 janvier 1978"),
	Lignes{pdf.R("Né le", "12 avril 2019"), pdf.R("Lieu", "Lourdes\nHautes-Pyrénées")},
	Tableau{
		Columns: []pdf.Column{{Title: "Prénom"}, {Title: "Téléphone"}, {Title: "Visa", Blank: true}},
		Groups:  []pdf.Group{{Title: "Maternelle", Rows: [][]string{{"Lina", "06 01"}}}, {Title: "Élémentaire", Rows: [][]string{{"Noé", "07 02", "vu"}}}},
	},
	Tableau{Columns: []pdf.Column{{Title: "Frère"}}, Empty: "Personne."},
	Manuscrit{Demande: "Observations", Lignes: 2},
	Vignettes{Colonnes: 3, Liste: []pdf.Portrait{{Name: "Zoé", Detail: "GS"}}},
	Signature{Place: "Fait à Bagnères", Role: "La directrice", Name: "Mme BORDES", Stamp: "Cachet"},
}

var feuilles = []Piece{
	{Pied: pdf.Footer{Number: "C-2026-7", Note: "À conserver", Confidential: true}, Blocs: blocs},
	{Blocs: []Bloc{Etiquettes{Planche: pdf.LabelSheets[0], Debut: 2, Liste: []pdf.Label{{"Ugo", "CP B"}, {"Max", "CM2"}}}}},
	{Blocs: []Bloc{Enveloppe{De: []string{"Mairie"}, A: []string{"M. PÈRE Luc", "31000 Toulouse"}}}},
}

// Each piece says the same words on paper and on the page.
func TestSameWords(t *testing.T) {
	for i, p := range feuilles {
		onPaper, onPage := words(t, p)
		if only := missing(onPaper, onPage); len(only) > 0 {
			t.Errorf("piece %d: on paper only: %q", i, only)
		}
		if only := missing(onPage, onPaper); len(only) > 0 {
			t.Errorf("piece %d: on the page only: %q", i, only)
		}
	}
}

// The control: a block that says one thing to the printer and another to the reader is seen.
func TestSameWordsIsMissed(t *testing.T) {
	onPaper, onPage := words(t, Piece{Blocs: []Bloc{menteur{Dit("Bonjour"), Dit("Bonsoir")}}})
	if got := missing(onPaper, onPage); !slices.Equal(got, []string{"Bonsoir"}) {
		t.Errorf("on paper only: %q", got)
	}
	if got := missing(onPage, onPaper); !slices.Equal(got, []string{"Bonjour"}) {
		t.Errorf("on the page only: %q", got)
	}
}

type menteur struct {
	Texte
	autre Texte
}

func (b menteur) ecrire(d *pdf.Document) { b.autre.ecrire(d) }

var tags = regexp.MustCompile(`<[^>]*>`)

// words are those of the paper (pdftotext), but for the page numbers, and those of the page.
func words(t *testing.T, p Piece) (onPaper, onPage []string) {
	t.Helper()
	file, err := Papier{Titre: "Essai", Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Pieces: []Piece{p}}.PDF()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	var page strings.Builder
	if err := feuille(p).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`Page \d+/\d+`).ReplaceAllString(string(text), "")
	return strings.Fields(said), strings.Fields(html.UnescapeString(tags.ReplaceAllString(page.String(), " ")))
}

// missing are the words that the others have not.
func missing(said, others []string) []string {
	return slices.DeleteFunc(slices.Clone(said), func(w string) bool { return slices.Contains(others, w) })
}
