package annuaire

import (
	"fmt"
	"strings"
)

// Report tells what an import did, or would do.
type Report struct {
	Applique bool
	Bilans   []Bilan // one per table, in the order of the territory
	Refusees []Refusee
	Autres   int // lines of lycées, services and others
}

// Bilan is what became of the rows of one table.
type Bilan struct {
	Table                      string
	Crees, Modifies, Inchanges int
	Changements                []Changement
	Absents                    []Absent
	Laisses                    []Changement // said otherwise than the IA has decided: the decision stands
}

// Changement is a column that the directory says otherwise than the base.
type Changement struct{ Cle, Colonne, Avant, Apres string }

// Absent is an open établissement of the base, in a département of the file, that the file does not name. The import
// leaves it as it is: closing a school is the IA's decision.
type Absent struct{ Cle, Nom string }

func (p Plan) report(a Annuaire, applied bool) Report {
	r := Report{Applique: applied, Refusees: a.Refusees, Autres: a.Autres}
	for _, t := range p {
		r.Bilans = append(r.Bilans, t.bilan())
	}
	return r
}

// Bilan returns what became of a table.
func (r Report) Bilan(table string) Bilan {
	for _, b := range r.Bilans {
		if b.Table == table {
			return b
		}
	}
	return Bilan{}
}

// Ecrit tells whether the base differs from the file, and is or would be written.
func (r Report) Ecrit() bool {
	for _, b := range r.Bilans {
		if b.Crees+b.Modifies > 0 {
			return true
		}
	}
	return false
}

// details is how many lines of a kind a report shows.
const details = 50

// String writes the report for a terminal.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-18s %8s %9s %10s\n", "", "créés", "modifiés", "inchangés")
	for _, t := range r.Bilans {
		fmt.Fprintf(&b, "%-18s %8d %9d %10d\n", t.Table, t.Crees, t.Modifies, t.Inchanges)
	}
	fmt.Fprintf(&b, "Lignes refusées : %d. Autres établissements, non repris : %d.\n", len(r.Refusees), r.Autres)
	r.writeDetails(&b)
	b.WriteString(r.conclusion() + "\n")
	return b.String()
}

func (r Report) writeDetails(b *strings.Builder) {
	var refusees, changements, absents, laisses []string
	for _, l := range r.Refusees {
		refusees = append(refusees, l.String())
	}
	for _, t := range r.Bilans {
		for _, c := range t.Changements {
			changements = append(changements, fmt.Sprintf("%s, %s %s : « %s » devient « %s »", t.Table, c.Cle, c.Colonne, c.Avant, c.Apres))
		}
		for _, c := range t.Laisses {
			laisses = append(laisses, fmt.Sprintf("%s, %s %s : « %s », « %s » dans le fichier", t.Table, c.Cle, c.Colonne, c.Avant, c.Apres))
		}
		for _, a := range t.Absents {
			absents = append(absents, fmt.Sprintf("%s, %s %s", t.Table, a.Cle, a.Nom))
		}
	}
	writeList(b, "Lignes refusées", refusees)
	writeList(b, "Modifications", changements)
	writeList(b, "Décidés par l’inspection académique, laissés en l’état", laisses)
	writeList(b, "Absents du fichier, laissés en l’état", absents)
}

func writeList(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s :\n", title)
	for _, line := range lines[:min(len(lines), details)] {
		fmt.Fprintf(b, "  %s\n", line)
	}
	if rest := len(lines) - details; rest > 0 {
		fmt.Fprintf(b, "  … et %d autres\n", rest)
	}
}

func (r Report) conclusion() string {
	switch {
	case !r.Ecrit():
		return "La base est déjà à jour."
	case r.Applique:
		return "Les modifications sont enregistrées."
	}
	return "Rien n’est enregistré : relancez la commande avec --appliquer."
}

// String writes where the line is and why it is left out.
func (r Refusee) String() string {
	if r.Colonne == "" {
		return fmt.Sprintf("ligne %d : %s", r.Ligne, r.Motif)
	}
	return fmt.Sprintf("ligne %d, %s « %s » : %s", r.Ligne, r.Colonne, r.Valeur, r.Motif)
}

// valeur writes a cell of the base as a person says it.
func valeur(v any) string {
	switch v {
	case true:
		return "oui"
	case false:
		return "non"
	}
	return fmt.Sprint(v)
}
