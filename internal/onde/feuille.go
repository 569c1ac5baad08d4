package onde

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What one file may hold; a file beyond is refused before it takes more memory.
const (
	LignesMax   = 20_000
	colonnesMax = 200
	celluleMax  = 2_000 // characters; more is a quote that was never closed
)

// Feuille is a file laid out: a line of titles, then lines of as many cells.
type Feuille struct {
	Encodage Encodage // "" for a workbook
	Titres   []string
	Lignes   []Ligne
	tableur  bool // dates may be numbers
	base1904 bool // as old workbooks of the Macintosh count them
}

// Ligne is one line of a Feuille, with its number in the file.
type Ligne struct {
	No       int
	Cellules []string
}

// Refus is a file that cannot be read at all.
type Refus struct{ Erreur Erreur }

// Error returns the sentence.
func (r Refus) Error() string { return r.Erreur.Motif }

func refuser(ligne int, motif, remede string) error {
	return Refus{Erreur{Ligne: ligne, Motif: motif, Remede: remede}}
}

// Ouvrir lays out a file, text or workbook. The error is a Refus when the file is at fault.
func Ouvrir(b []byte) (Feuille, error) {
	if len(b) > TailleMax {
		return Feuille{}, tropLourd()
	}
	if estClasseur(b) {
		return ouvrirClasseur(b)
	}
	text, encodage, err := decode(b)
	switch {
	case errors.Is(err, ErrBinaire) || err != nil:
		return Feuille{}, refuser(0, "Ce fichier n’est ni un fichier CSV ni un classeur XLSX.",
			"Dans ONDE, choisissez «\u00a0Extraction format CSV\u00a0»\u00a0; dans un tableur, enregistrez au format CSV ou XLSX.")
	case strings.TrimSpace(text) == "":
		return Feuille{}, vide()
	}
	f, err := ouvrirCSV(text)
	f.Encodage = encodage
	return f, err
}

func tropLourd() error {
	return refuser(0, "Le fichier dépasse 8\u00a0Mo.", "Partagez-le en plusieurs fichiers, chacun avec la ligne de titres.")
}

func vide() error {
	return refuser(0, "Le fichier est vide.", "Refaites l’extraction, puis ouvrez le fichier pour vérifier qu’il contient des lignes.")
}

// ouvrirCSV reads the lines strictly; a quote out of place is then forgiven if the lines still make sense.
func ouvrirCSV(text string) (Feuille, error) {
	comma := separateur(text)
	f, err := lireCSV(text, comma, false)
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		f, err = lireCSV(text, comma, true)
	}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return f, refuser(parse.StartLine, "Un guillemet n’est pas fermé.", "Corrigez cette ligne du fichier, ou refaites l’extraction.")
	}
	return f, err
}

// separateur is the most frequent candidate of the first line that holds text.
func separateur(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best, most := ';', 0
	for _, c := range ";,\t:" {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

func lireCSV(text string, comma rune, lazy bool) (Feuille, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, lazy
	var lignes []Ligne
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return ranger(lignes)
		}
		if err != nil {
			return Feuille{}, err
		}
		no, _ := r.FieldPos(0)
		if lignes, err = ajouter(lignes, no, cells); err != nil {
			return Feuille{}, err
		}
	}
}

// ajouter adds a line unless it is blank; the bounds of a file are checked here.
func ajouter(lignes []Ligne, no int, cells []string) ([]Ligne, error) {
	blank := true
	for i, c := range cells {
		if len(c) > 4*celluleMax || len([]rune(c)) > celluleMax {
			return nil, refuser(no, "Une cellule est démesurée\u00a0: un guillemet manque sans doute.",
				"Corrigez cette ligne du fichier, ou refaites l’extraction.")
		}
		cells[i] = propre(c)
		blank = blank && cells[i] == ""
	}
	switch {
	case blank:
		return lignes, nil
	case len(cells) > colonnesMax:
		return nil, refuser(no, fmt.Sprintf("Cette ligne a plus de %d colonnes.", colonnesMax), "Vérifiez que c’est le bon fichier.")
	case len(lignes) > LignesMax:
		return nil, refuser(no, "Le fichier compte plus de 20\u00a0000 lignes.", "Partagez-le en plusieurs fichiers, chacun avec la ligne de titres.")
	}
	return append(lignes, Ligne{no, cells}), nil
}

// titresParmi is how many lines a title or a date may take above the headings of a spreadsheet.
const titresParmi = 10

// ranger finds the line of headings, gives each line as many cells, and drops the footer that some extractions have.
func ranger(lignes []Ligne) (Feuille, error) {
	if len(lignes) == 0 {
		return Feuille{}, vide()
	}
	at, known := 0, 0
	for i, l := range lignes[:min(len(lignes), titresParmi)] {
		if n := reconnus(l.Cellules); n > known {
			at, known = i, n
		}
	}
	f := Feuille{Titres: lignes[at].Cellules, Lignes: lignes[at+1:]}
	if at > 0 {
		f.Titres = grouper(f.Titres, lignes[at-1].Cellules)
	}
	width := len(f.Titres)
	if n := len(f.Lignes); n > 0 && len(f.Lignes[n-1].Cellules) < (width+1)/2 {
		f.Lignes = f.Lignes[:n-1]
	}
	for i := range f.Lignes {
		f.Lignes[i].Cellules = completer(f.Lignes[i].Cellules, width)
	}
	return f, nil
}

// completer pads a short line; a line too long keeps its extra cells, which reading then refuses if they say something.
func completer(cells []string, width int) []string {
	for len(cells) < width {
		cells = append(cells, "")
	}
	for len(cells) > width && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
