package annuaire

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"base-eleves/internal/domain/refusal"
)

// fichier is the directory as it was written: lines of cells under named columns.
type fichier struct {
	columns map[string]int
	lines   []ligne
	refused []Refusee
}

// ligne is a line of the file; numero is what an editor shows.
type ligne struct {
	fichier *fichier
	numero  int
	cells   []string
}

// obligatoires are the columns without which a school cannot be placed.
var obligatoires = []string{
	"identifiant_de_l_etablissement", "nom_etablissement", "type_etablissement", "statut_public_prive",
	"code_postal", "code_commune", "code_departement",
}

// open reads the lines, whatever the byte order mark, the ends of line and the order of the columns.
func open(r io.Reader) (*fichier, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("annuaire: read: %w", err)
	}
	lines := csv.NewReader(bytes.NewReader(text(raw)))
	lines.Comma = ';'
	header, err := lines.Read()
	if err != nil {
		return nil, refusal.Of("", "Ce fichier n’est pas l’annuaire de l’éducation : il n’a pas d’en-tête.")
	}
	f := &fichier{columns: map[string]int{}}
	for i, name := range header {
		f.columns[colonne(name)] = i
	}
	if missing := slices.DeleteFunc(slices.Clone(obligatoires), f.has); len(missing) > 0 {
		return nil, refusal.Of("", "Ce fichier n’est pas l’annuaire de l’éducation : il y manque "+
			strings.Join(missing, ", ")+".")
	}
	return f, f.read(lines)
}

// text gives UTF-8 without its mark; anything else is taken for Windows-1252, as spreadsheets write it.
func text(raw []byte) []byte {
	if !utf8.Valid(raw) {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw); err == nil {
			return decoded
		}
	}
	return bytes.TrimPrefix(raw, []byte("\ufeff"))
}

// read keeps the lines that have their cells, and refuses the others.
func (f *fichier) read(lines *csv.Reader) error {
	for {
		cells, err := lines.Read()
		var broken *csv.ParseError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &broken):
			f.refused = append(f.refused, Refusee{Ligne: broken.StartLine, Motif: illisible(broken)})
		case err != nil:
			return fmt.Errorf("annuaire: read: %w", err)
		default:
			numero, _ := lines.FieldPos(0)
			f.lines = append(f.lines, ligne{f, numero, cells})
		}
	}
}

func illisible(err *csv.ParseError) string {
	if errors.Is(err, csv.ErrFieldCount) {
		return "La ligne n’a pas autant de colonnes que l’en-tête."
	}
	return "La ligne est illisible : un guillemet y est mal placé."
}

// colonne folds a name of column: "Code postal" and "Code_postal" are one.
func colonne(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
}

func (f *fichier) has(column string) bool {
	_, ok := f.columns[column]
	return ok
}

// get returns a cell, "" when the file has no such column.
func (l ligne) get(column string) string {
	i, ok := l.fichier.columns[column]
	if !ok {
		return ""
	}
	return strings.Join(strings.Fields(l.cells[i]), " ")
}

// oui reads a flag.
func (l ligne) oui(column string) bool {
	switch strings.ToLower(l.get(column)) {
	case "1", "1.0", "true", "oui":
		return true
	}
	return false
}
