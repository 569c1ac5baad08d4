package commune

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed departements.tsv
var departementsTSV string

// Departement is a département or a collectivité d’outre-mer, under its INSEE code.
type Departement struct {
	Code     string
	Nom      string
	Academie Academie // zero where no school depends on one
}

// Academie is an académie, under the code that the ministry gives it.
type Academie struct{ Code, Nom string }

// FindDepartement returns the département of a code such as '65', '2A' or '974'.
func FindDepartement(code string) (Departement, bool) {
	i := slices.IndexFunc(departements(), func(d Departement) bool { return d.Code == code })
	if i < 0 {
		return Departement{}, false
	}
	return departements()[i], true
}

// Departements returns them all, in the order of their codes.
func Departements() []Departement { return slices.Clone(departements()) }

var departements = sync.OnceValue(func() []Departement {
	var list []Departement
	for line := range strings.Lines(departementsTSV) {
		code, nom, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		list = append(list, Departement{code, nom, academieDe(code)})
	}
	return list
})

func academieDe(departement string) Academie {
	for _, a := range academies {
		if slices.Contains(strings.Fields(a.departements), departement) {
			return Academie{a.code, a.nom}
		}
	}
	return Academie{}
}

// academies is article R. 222-2 of the Code de l’éducation, with the codes of the ministry. Caen (05) and Rouen (21)
// became Normandie (70) in 2020.
var academies = []struct{ code, nom, departements string }{
	{"01", "Paris", "75"},
	{"02", "Aix-Marseille", "04 05 13 84"},
	{"03", "Besançon", "25 39 70 90"},
	{"04", "Bordeaux", "24 33 40 47 64"},
	{"06", "Clermont-Ferrand", "03 15 43 63"},
	{"07", "Dijon", "21 58 71 89"},
	{"08", "Grenoble", "07 26 38 73 74"},
	{"09", "Lille", "59 62"},
	{"10", "Lyon", "01 42 69"},
	{"11", "Montpellier", "11 30 34 48 66"},
	{"12", "Nancy-Metz", "54 55 57 88"},
	{"13", "Poitiers", "16 17 79 86"},
	{"14", "Rennes", "22 29 35 56"},
	{"15", "Strasbourg", "67 68"},
	{"16", "Toulouse", "09 12 31 32 46 65 81 82"},
	{"17", "Nantes", "44 49 53 72 85"},
	{"18", "Orléans-Tours", "18 28 36 37 41 45"},
	{"19", "Reims", "08 10 51 52"},
	{"20", "Amiens", "02 60 80"},
	{"22", "Limoges", "19 23 87"},
	{"23", "Nice", "06 83"},
	{"24", "Créteil", "77 93 94"},
	{"25", "Versailles", "78 91 92 95"},
	{"27", "Corse", "2A 2B"},
	{"28", "La Réunion", "974"},
	{"31", "Martinique", "972"},
	{"32", "Guadeloupe", "971 977 978"},
	{"33", "Guyane", "973"},
	{"40", "Nouvelle-Calédonie", "988"},
	{"41", "Polynésie française", "987"},
	{"42", "Wallis et Futuna", "986"},
	{"43", "Mayotte", "976"},
	{"44", "Saint-Pierre-et-Miquelon", "975"},
	{"70", "Normandie", "14 27 50 61 76"},
}
