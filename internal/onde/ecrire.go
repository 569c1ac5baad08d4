package onde

import (
	"strings"
	"time"
)

// titresEleves is the heading of the extraction of pupils, to the byte: the blank before Cycle is ONDE's.
var titresEleves = []string{
	"Nom élève", "Nom d'usage élève", "Prénom élève", "Date naissance", "Sexe", "INE",
	"Adresse1", "Cp1", "Commune1", "Pays1", "Adresse2", "Cp2", "Commune2", "Pays2",
	" Cycle", "Niveau", "Libellé classe", "Identifiant classe",
	"Attestation fournie", "Autorisation associations", "Autorisation photo", "Décision de passage",
}

// titresResponsable and titresEnfant are those of the extraction of responsables; the second is repeated.
var (
	titresResponsable = []string{
		"Civilité Responsable", "Nom usage responsable", "Nom responsable", "Prénom responsable", "Adresse responsable",
		"CP responsable", "Commune responsable", "Pays", "Courriel", "Téléphone domicile", "Téléphone travail",
		"Numéro de poste", "Téléphone portable",
	}
	titresEnfant = []string{"Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants"}
)

// Remplacement is a value that the encoding cannot write as it is, and what was written instead.
type Remplacement struct {
	Ligne   int // in the file written, from 1, its heading being the first
	Colonne string
	Valeur  string
	Ecrit   string
}

// redacteur writes lines as ONDE does: every value that is not empty between quotes, semicolons, CRLF.
type redacteur struct {
	out           strings.Builder
	encodage      Encodage
	titres        []string
	ligne         int
	remplacements []Remplacement
}

// EcrireEleves writes the extraction of pupils in ISO-8859-1 or in UTF-8 with its mark. What ISO-8859-1 cannot write is
// transliterated and reported.
func EcrireEleves(list []Eleve, encodage Encodage) ([]byte, []Remplacement) {
	w := newRedacteur(titresEleves, encodage)
	for _, e := range list {
		w.ecrire(colonnesEleve(e))
	}
	return w.bytes(), w.remplacements
}

func colonnesEleve(e Eleve) []string {
	naissance := ""
	if !e.Naissance.IsZero() {
		naissance = e.Naissance.Format(time.DateOnly)
	}
	a, b := e.Adresse, e.Adresse2
	return []string{
		e.NomFamille, e.NomUsage, e.Prenom, naissance, e.Sexe, e.INE,
		a.Voie, a.CodePostal, a.Commune, a.Pays, b.Voie, b.CodePostal, b.Commune, b.Pays,
		e.Cycle, e.Niveau, e.Classe, e.ClasseID, e.Attestation, e.Associations, e.Photo, e.Passage,
	}
}

// EcrireResponsables writes the extraction of responsables, with as many groups of columns as the greatest family has
// children. etendu adds the INE of each child at the end, by which homonyms are told apart.
func EcrireResponsables(list []Responsable, encodage Encodage, etendu bool) ([]byte, []Remplacement) {
	children := 1
	for _, r := range list {
		children = max(children, len(r.Enfants))
	}
	titres := append([]string(nil), titresResponsable...)
	for range children {
		titres = append(titres, titresEnfant...)
	}
	for range children {
		if etendu {
			titres = append(titres, "INE enfant")
		}
	}
	w := newRedacteur(titres, encodage)
	for _, r := range list {
		w.ecrire(colonnesResponsable(r, children, etendu))
	}
	return w.bytes(), w.remplacements
}

func colonnesResponsable(r Responsable, children int, etendu bool) []string {
	nom := r.NomFamille
	if nom == "" {
		nom = r.Organisme
	}
	cells := []string{
		strings.ToUpper(r.Civilite), r.NomUsage, nom, r.Prenom, r.Adresse.Voie, r.Adresse.CodePostal, r.Adresse.Commune,
		r.Adresse.Pays, r.Courriel, r.TelDomicile, r.TelTravail, r.Poste, r.TelPortable,
	}
	enfants := append([]Enfant(nil), r.Enfants...)
	for len(enfants) < children {
		enfants = append(enfants, Enfant{})
	}
	for _, e := range enfants {
		cells = append(cells, e.NomUsage, e.NomFamille, e.Prenom, e.Classe)
	}
	for _, e := range enfants {
		if etendu {
			cells = append(cells, e.INE)
		}
	}
	return cells
}

func newRedacteur(titres []string, encodage Encodage) *redacteur {
	w := &redacteur{encodage: encodage, titres: titres, ligne: 1}
	for i, t := range titres {
		w.cellule(i, t)
	}
	w.out.WriteString("\r\n")
	return w
}

func (w *redacteur) ecrire(cells []string) {
	w.ligne++
	for i, c := range cells {
		w.cellule(i, w.encodable(i, propre(c)))
	}
	w.out.WriteString("\r\n")
}

func (w *redacteur) cellule(i int, s string) {
	if i > 0 {
		w.out.WriteByte(';')
	}
	if s != "" {
		w.out.WriteString(`"` + strings.ReplaceAll(s, `"`, `""`) + `"`)
	}
}

// encodable is the value as the encoding can write it; a replacement is noted.
func (w *redacteur) encodable(i int, s string) string {
	if w.encodage != Latin1 {
		return s
	}
	written := propre(translitterer(s))
	if written != s {
		w.remplacements = append(w.remplacements, Remplacement{w.ligne, strings.TrimSpace(w.titres[i]), s, written})
	}
	return written
}

func (w *redacteur) bytes() []byte {
	if w.encodage != Latin1 {
		return append([]byte(string(markUTF8)), w.out.String()...)
	}
	return latin1(w.out.String())
}
