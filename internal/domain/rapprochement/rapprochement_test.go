package rapprochement_test

import (
	"slices"
	"testing"
	"time"

	"base-eleves/internal/domain/rapprochement"
)

func jour(s string) time.Time {
	d, err := time.Parse("02/01/2006", s)
	if err != nil {
		panic(err)
	}
	return d
}

// lina is the child of the register that each line of the table compares with another.
func lina() rapprochement.Identite {
	return rapprochement.Identite{
		NomFamille: "De La Fuente", NomUsage: "Lefèvre", Prenom: "Maëlle-Rose", Prenom2: "Anne", Sexe: "F",
		Naissance: jour("05/04/2018"), CommuneNaissance: "65440",
	}
}

const (
	meme = iota
	peutEtre
	autre
)

var bornes = map[int][2]float64{
	meme: {rapprochement.Meme, 1.01}, peutEtre: {rapprochement.Proche, rapprochement.Meme}, autre: {0, rapprochement.Proche},
}

func TestComparer(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*rapprochement.Identite)
		want   int
		raison rapprochement.Raison // one of those given
	}{
		{"la même", func(*rapprochement.Identite) {}, meme, "même date de naissance"},
		{"sans accents ni tiret", func(i *rapprochement.Identite) { i.Prenom = "MAELLE ROSE" }, meme, "prénom écrit autrement"},
		{"sans particule", func(i *rapprochement.Identite) { i.NomFamille = "FUENTE" }, meme, "nom écrit autrement"},
		{"le prénom d’un seul mot", func(i *rapprochement.Identite) { i.Prenom = "Maellerose" }, meme, "prénom écrit autrement"},
		{"une partie du prénom", func(i *rapprochement.Identite) { i.Prenom = "Maëlle" }, peutEtre, "une partie du prénom composé"},
		{"une partie du nom", func(i *rapprochement.Identite) { i.NomFamille, i.NomUsage = "Fuente Lopez", "" }, peutEtre, "une partie du nom composé"},
		{"sans deuxième prénom", func(i *rapprochement.Identite) { i.Prenom2 = "" }, meme, "même prénom"},
		{"par son deuxième prénom", func(i *rapprochement.Identite) { i.Prenom, i.Prenom2 = "Anne", "" }, peutEtre, "autre prénom de l’état civil"},
		{"son nom d’usage comme nom", func(i *rapprochement.Identite) { i.NomFamille, i.NomUsage = "Lefèvre", "" }, meme, "nom d’usage"},
		{"comme on l’entend", func(i *rapprochement.Identite) { i.NomFamille, i.NomUsage = "Lefebvre", "" }, peutEtre, "noms qui se prononcent pareil"},
		{"nom et prénom inversés", func(i *rapprochement.Identite) { i.NomFamille, i.Prenom = "Maelle Rose", "Fuente" }, meme, "nom et prénom inversés"},
		{"jour et mois inversés", func(i *rapprochement.Identite) { i.Naissance = jour("04/05/2018") }, meme, "jour et mois de naissance inversés"},
		{"un chiffre de la date", func(i *rapprochement.Identite) { i.Naissance = jour("05/04/2019") }, peutEtre, "date de naissance à un chiffre près"},
		{"un chiffre de la date et un autre deuxième prénom", func(i *rapprochement.Identite) {
			i.Naissance, i.Prenom2 = jour("05/04/2019"), "Chloé"
		}, autre, ""},
		{"un chiffre de la date et une partie du nom", func(i *rapprochement.Identite) {
			i.Naissance, i.NomFamille, i.NomUsage = jour("05/04/2019"), "Fuente Lopez", ""
		}, autre, ""},
		{"la date et un autre deuxième prénom", func(i *rapprochement.Identite) { i.Prenom2 = "Chloé" }, meme, "même prénom"},
		{"une lettre du prénom", func(i *rapprochement.Identite) { i.Prenom = "Maële-Rosa" }, peutEtre, "prénom à une lettre près"},
		{"deux lettres croisées", func(i *rapprochement.Identite) { i.NomFamille, i.NomUsage = "De la Funete", "" }, peutEtre, "nom à une lettre près"},
		{"une autre commune", func(i *rapprochement.Identite) { i.CommuneNaissance = "64445" }, peutEtre, "même nom"},
		{"le sexe par erreur", func(i *rapprochement.Identite) { i.Sexe = "M" }, peutEtre, "même prénom"},
		{"tout à la fois", func(i *rapprochement.Identite) {
			i.NomFamille, i.Naissance, i.Prenom = "Fuante", jour("04/05/2018"), "Maëlle"
		}, peutEtre, "jour et mois de naissance inversés"},

		{"sa jumelle", func(i *rapprochement.Identite) { i.Prenom = "Lina" }, autre, ""},
		{"son jumeau", func(i *rapprochement.Identite) { i.Prenom, i.Sexe = "Maël", "M" }, autre, ""},
		{"sa sœur", func(i *rapprochement.Identite) { i.Prenom, i.Naissance = "Maëlle", jour("12/09/2015") }, autre, ""},
		{"une homonyme d’une autre année", func(i *rapprochement.Identite) { i.Naissance = jour("17/11/2016") }, autre, ""},
		{"une homonyme née ailleurs, à un chiffre près", func(i *rapprochement.Identite) {
			i.Naissance, i.CommuneNaissance = jour("06/04/2018"), "64445"
		}, autre, ""},
		{"une autre, née le même jour", func(i *rapprochement.Identite) { i.NomFamille, i.NomUsage = "Abadie", "" }, autre, ""},
		{"sans date", func(i *rapprochement.Identite) { i.Naissance = time.Time{} }, autre, ""},
		{"sans nom", func(i *rapprochement.Identite) { i.NomFamille, i.NomUsage = "", "" }, autre, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := lina()
			tt.change(&i)
			for sens, paire := range map[string][2]rapprochement.Identite{"aller": {lina(), i}, "retour": {i, lina()}} {
				score, raisons := rapprochement.Comparer(paire[0], paire[1])
				if low, high := bornes[tt.want][0], bornes[tt.want][1]; score < low || score >= high {
					t.Errorf("%s: score %.2f", sens, score)
				}
				if tt.raison != "" && !slices.Contains(raisons, tt.raison) || tt.raison == "" && raisons != nil {
					t.Errorf("%s: %.2f because %q, want %q", sens, score, raisons, tt.raison)
				}
			}
		})
	}
}

// First names that twins do bear; the control is the line above each, which does block.
func TestJumeaux(t *testing.T) {
	for _, tt := range []struct {
		a, b   string
		sexe   string
		enfant int
	}{
		{"Léa", "Lea", "F", 1}, {"Léa", "Léo", "M", 2}, {"Lina", "Lila", "F", 2}, {"Lina", "Lyna", "F", 1},
		{"Gabriel", "Gabriel", "M", 1}, {"Gabriel", "Gabrielle", "F", 2}, {"Tom", "Tim", "M", 2}, {"Louis", "Louise", "F", 2},
		{"Noah", "Noa", "M", 1}, {"Noah", "Liam", "M", 2}, {"Jean", "Jeanne", "M", 2}, {"Emma", "Emmy", "F", 2},
	} {
		a := rapprochement.Identite{NomFamille: "Abadie", Prenom: tt.a, Sexe: "M", Naissance: jour("05/04/2018")}
		if tt.enfant == 1 || tt.sexe == "F" && tt.a[0] != 'G' && tt.a != "Louis" {
			a.Sexe = tt.sexe
		}
		b := a
		b.Prenom, b.Sexe = tt.b, tt.sexe
		if score, _ := rapprochement.Comparer(a, b); (score >= rapprochement.Proche) != (tt.enfant == 1) {
			t.Errorf("%s and %s: %.2f, want %d children", tt.a, tt.b, score, tt.enfant)
		}
	}
}

func TestPhonetique(t *testing.T) {
	for _, tt := range []struct {
		names  []string
		autres []string
	}{
		{[]string{"Lefèvre", "Lefebvre", "Lefevre", "LEFÈBVRE"}, []string{"Lefort"}},
		{[]string{"Renaud", "Renault", "Reno", "Raynaud"}, []string{"Renard"}},
		{[]string{"Hauteville", "Otevil"}, []string{"Hautemille"}},
		{[]string{"Dupont", "Dupond", "Du Pont"}, []string{"Dupin"}},
		{[]string{"Gauthier", "Gautier", "Gotier"}, []string{"Gontier"}},
		{[]string{"François", "Fransois", "FRANÇOIS"}, []string{"Francette"}},
		{[]string{"Christophe", "Kristof"}, []string{"Christian"}},
		{[]string{"Schmitt", "Schmidt", "Schmit"}, []string{"Schneider"}},
		{[]string{"Philippe", "Filipe"}, []string{"Felipa"}},
		{[]string{"Mohamed", "Mohammed", "Mohamet"}, []string{"Mahmoud"}},
		{[]string{"Chloé", "Kloé", "Cloé"}, []string{"Zoé"}},
		{[]string{"Jean", "Jan"}, []string{"Jeanne", "Jim"}},
		{[]string{"Олена", "олена"}, []string{"Ольга"}},
		{[]string{"A"}, []string{"E"}},
	} {
		key := rapprochement.Phonetique(tt.names[0])
		for _, n := range tt.names[1:] {
			if got := rapprochement.Phonetique(n); got != key {
				t.Errorf("%s sounds %q, %s sounds %q", tt.names[0], key, n, got)
			}
		}
		for _, n := range tt.autres {
			if got := rapprochement.Phonetique(n); got == key {
				t.Errorf("%s and %s both sound %q", tt.names[0], n, got)
			}
		}
	}
}

func TestMots(t *testing.T) {
	for in, want := range map[string][]string{
		"de La Fuente": {"fuente"}, "D’Hauteville": {"hauteville"}, "L'Hostis": {"hostis"}, "Jean-Pierre": {"jean", "pierre"},
		"Le": {"le"}, "Œuvrard": {"oeuvrard"}, "Müßig": {"mussig"}, "Łukaszewski": {"lukaszewski"}, "  ": nil,
		"Noe\u0308l": {"noel"}, "Нестеренко": {"нестеренко"}, "O’Brien": {"o", "brien"},
	} {
		if got := rapprochement.Mots(in); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
