package immatriculation_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/rapprochement"
)

var jour = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

// lina is a child; the functions that follow change one thing.
func lina(change ...func(*eleve.Identite)) eleve.Identite {
	i := eleve.Identite{
		NomFamille: "Abadie", Prenom: "Lina", Sexe: eleve.Feminin, DateNaissance: date.Du(2019, 4, 12), CommuneNaissance: "65440",
	}
	for _, c := range change {
		c(&i)
	}
	return i
}

func prenommee(s string) func(*eleve.Identite) { return func(i *eleve.Identite) { i.Prenom = s } }
func nee(y, m, d int) func(*eleve.Identite) {
	return func(i *eleve.Identite) { i.DateNaissance = date.Du(y, time.Month(m), d) }
}
func aLEtranger(i *eleve.Identite)           { i.NeEtranger, i.CommuneNaissance = true, "" }
func seconde(s string) func(*eleve.Identite) { return func(i *eleve.Identite) { i.Prenom2 = s } }
func aLourdes(i *eleve.Identite)             { i.CommuneNaissance = "65286" }

func TestCertaine(t *testing.T) {
	for _, tt := range []struct {
		name string
		b    eleve.Identite
		want bool
	}{
		{"la même", lina(), true},
		{"sans l’accent, en capitales", lina(prenommee("LÌNA")), true},
		{"un second prénom de plus", lina(seconde("Rose")), true},
		{"jour et mois inversés", lina(nee(2019, 12, 4)), false},
		{"née ailleurs", lina(aLourdes), false},
		{"garçon", lina(func(i *eleve.Identite) { i.Sexe = eleve.Masculin }), false},
		{"un autre prénom", lina(prenommee("Léna")), false},
		{"un autre nom", lina(func(i *eleve.Identite) { i.NomFamille = "Abadia" }), false},
	} {
		if got := immatriculation.Certaine(lina(), tt.b); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
	if immatriculation.Certaine(lina(seconde("Rose")), lina(seconde("Anne"))) {
		t.Error("two second names that differ")
	}
	if immatriculation.Certaine(lina(aLEtranger), lina(aLEtranger)) {
		t.Error("born abroad is no place")
	}
}

// The register's answers, those of annex D.4 among them.
func TestExaminer(t *testing.T) {
	for _, tt := range []struct {
		name    string
		i       eleve.Identite
		autres  []eleve.Identite
		present bool // the other is in a school
		avec    bool // the pupil has a number already
		raison  immatriculation.Raison
		rendu   bool
	}{
		{"personne", lina(), nil, false, false, "", false},
		{"la même, partie", lina(), []eleve.Identite{lina()}, false, false, "", true},
		{"la même, encore à l’école", lina(), []eleve.Identite{lina()}, true, false, connue, false},
		{"la même, mais il a déjà son numéro", lina(), []eleve.Identite{lina()}, false, true, connue, false},
		{"la même, née à l’étranger", lina(aLEtranger), []eleve.Identite{lina(aLEtranger)}, false, false, ressemblance, false},
		{"la même deux fois", lina(), []eleve.Identite{lina(), lina()}, false, false, connue, false},
		{"la même et une ressemblante", lina(), []eleve.Identite{lina(), lina(nee(2019, 12, 4))}, false, false, connue, false},
		{"jour et mois inversés (D.4)", lina(), []eleve.Identite{lina(nee(2019, 12, 4))}, false, false, ressemblance, false},
		{"sa jumelle (D.4)", lina(), []eleve.Identite{lina(prenommee("Zoé"))}, true, false, "", false},
		{"née le lendemain ailleurs, autre prénom", lina(), []eleve.Identite{lina(aLourdes, prenommee("Maëlle"))}, false, false, "", false},
		{"née ailleurs", lina(), []eleve.Identite{lina(aLourdes)}, false, false, ressemblance, false},
		{"naissance dans l’avenir", lina(nee(2027, 4, 12)), nil, false, false, naissance, false},
		{"trop âgée", lina(nee(2001, 4, 12)), nil, false, false, naissance, false},
		{"sans lieu", lina(func(i *eleve.Identite) { i.CommuneNaissance = "" }), nil, false, false, "commune_naissance", false},
		{"un chiffre dans le nom d’usage", lina(func(i *eleve.Identite) { i.NomUsage = "Abadie2" }), nil, false, false, "nom_famille", false},
		{"un chiffre dans le second prénom", lina(seconde("R0se")), nil, false, false, "prenom", false},
		{"sans sexe", lina(func(i *eleve.Identite) { i.Sexe = "" }), nil, false, false, "sexe", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var autres []immatriculation.Candidat
			for _, a := range tt.autres {
				c := immatriculation.Candidat{Identite: a, Present: tt.present}
				c.Score, c.Raisons = immatriculation.Comparer(tt.i, a)
				autres = append(autres, c)
			}
			got := immatriculation.Examiner(tt.i, autres, tt.avec, jour)
			if got.Raison != tt.raison || (got.Rendre != nil) != tt.rendu {
				t.Errorf("got %q, given back %t", got.Raison, got.Rendre != nil)
			}
			if tt.raison.Ressemblante() != (len(got.Candidats) > 0) {
				t.Errorf("%d to compare with", len(got.Candidats))
			}
		})
	}
}

// The most alike comes first, and who is not alike does not come.
func TestExaminerSorts(t *testing.T) {
	got := immatriculation.Examiner(lina(), []immatriculation.Candidat{
		{Score: 0.7}, {Score: rapprochement.Proche - 0.01}, {Score: 0.9}, {Score: rapprochement.Proche},
	}, false, jour)
	if len(got.Candidats) != 3 || got.Candidats[0].Score != 0.9 || got.Candidats[2].Score != rapprochement.Proche {
		t.Errorf("got %+v", got.Candidats)
	}
}
