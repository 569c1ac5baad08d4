package lettre

import (
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
)

// Champ is a field of a letter: what stands between braces is written for each family. What may be printed to a family is
// all there is: neither the INE, nor an address, nor anything of the other home.
type Champ struct {
	Code  string
	Titre string
	Eleve bool // it speaks of one pupil
	lire  func(Faits) string
}

// Ecole is the school that writes.
type Ecole struct {
	Nom       string
	Commune   string
	Telephone string
	Courriel  string
}

// Faits is what the fields say in one letter.
type Faits struct {
	Ecole      Ecole
	Eleve      Destine // the only one, of a letter that speaks of one pupil
	Gens       []foyer.Personne
	Annee      ecole.Annee
	Le         time.Time
	Signataire string
}

// Champs are the fields, in the order in which they are proposed.
var Champs = []Champ{
	{"prenom", "Prénom de l’élève", true, func(f Faits) string { return f.Eleve.Prenom }},
	{"nom", "Nom de l’élève", true, func(f Faits) string { return f.Eleve.nom() }},
	{"ne_le", "Date de naissance", true, func(f Faits) string { return date.Long(f.Eleve.DateNaissance) }},
	{"fils_ou_fille", "«\u00a0fils\u00a0» ou «\u00a0fille\u00a0»", true, func(f Faits) string { return eleve.Accord(f.Eleve.Sexe, "fils", "fille") }},
	{"il_ou_elle", "«\u00a0il\u00a0» ou «\u00a0elle\u00a0»", true, func(f Faits) string { return eleve.Accord(f.Eleve.Sexe, "il", "elle") }},
	{"niveau", "Niveau", true, func(f Faits) string { return f.Eleve.Niveau.Libelle() }},
	{"classe", "Classe", true, func(f Faits) string { return f.Eleve.Classe }},
	{"enseignant", "Enseignant de la classe", true, func(f Faits) string { return f.Eleve.Enseignant }},
	{"madame_monsieur", "«\u00a0Madame\u00a0», «\u00a0Monsieur\u00a0» ou les deux", false, func(f Faits) string { return politesse(f.Gens) }},
	{"destinataires", "Noms des destinataires", false, func(f Faits) string { return enumerer(foyer.Maison{Gens: f.Gens}.Noms()) }},
	{"ecole", "Nom de l’école", false, func(f Faits) string { return f.Ecole.Nom }},
	{"commune", "Commune de l’école", false, func(f Faits) string { return f.Ecole.Commune }},
	{"telephone", "Téléphone de l’école", false, func(f Faits) string { return f.Ecole.Telephone }},
	{"courriel", "Courriel de l’école", false, func(f Faits) string { return f.Ecole.Courriel }},
	{"signataire", "Qui signe", false, func(f Faits) string { return f.Signataire }},
	{"date", "Date de la lettre", false, func(f Faits) string { return date.Long(f.Le) }},
	{"annee", "Année scolaire", false, func(f Faits) string { return f.Annee.Libelle() }},
}

// champ is a field as it was typed: accents, capitals and spaces are no matter.
func champ(typed string) (Champ, bool) {
	for _, c := range Champs {
		if commune.Plier(c.Code) == commune.Plier(typed) {
			return c, true
		}
	}
	return Champ{}, false
}

// proche is the field that looks most like what was typed; none when nothing does.
func proche(typed string) (Champ, bool) {
	typed = commune.Plier(typed)
	best, least := Champ{}, len(typed)/2+1
	for _, c := range Champs {
		if d := levenshtein.ComputeDistance(typed, commune.Plier(c.Code)); d < least {
			best, least = c, d
		}
	}
	return best, best.Code != ""
}

// politesse is how one begins: to a body, and to people whose title is not known, both words.
func politesse(gens []foyer.Personne) string {
	var said []string
	for _, p := range gens {
		switch p.Civilite {
		case "Mme":
			said = append(said, "Madame")
		case "M.":
			said = append(said, "Monsieur")
		default:
			return "Madame, Monsieur"
		}
	}
	if len(said) != 1 {
		return "Madame, Monsieur"
	}
	return said[0]
}

// enumerer joins names as one says them.
func enumerer(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " et " + names[last]
}
