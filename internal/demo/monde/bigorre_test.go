package monde

import (
	"testing"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

func TestBigorre(t *testing.T) {
	p := Bigorre(options(jours[0]))
	if p.Effectif() != 1500 || p.Ecoles() != 14 {
		t.Errorf("%d pupils in %d schools", p.Effectif(), p.Ecoles())
	}
	directory := map[string]bool{}
	for _, s := range p.Secteurs {
		for _, e := range s.Ecoles {
			directory[e.UAI] = true
			checkEcole(t, e)
		}
	}
	if len(directory) != p.Ecoles() {
		t.Error("two schools have the same number")
	}
}

func checkEcole(t *testing.T, e Ecole) {
	t.Helper()
	if _, err := ecole.ParseUAI(e.UAI); err != nil {
		t.Errorf("%s: %v", e.UAI, err)
	}
	if _, ok := commune.Find(e.Commune.Insee); !ok {
		t.Errorf("%s: no commune %q", e.Nom, e.Commune.Insee)
	}
	for _, n := range e.Niveaux {
		if !e.Type.Ouvre(n) {
			t.Errorf("%s, %s, opens %s", e.Nom, e.Type, n)
		}
	}
}

// The demonstration holds what people will look for in it (issue 2, point 11).
func TestBigorreIsBelievable(t *testing.T) {
	p := Bigorre(options(jours[0]))
	found := map[string]int{}
	names := map[string]bool{}
	for _, s := range p.Secteurs {
		for _, f := range p.Peupler(s).Familles {
			note(found, names, f)
		}
	}
	for _, what := range []string{
		"fratrie", "fratrie sur deux écoles", "jumeaux", "deux foyers", "un seul responsable", "organisme", "nom d’usage",
		"né à l’étranger", "inscrit", "en_attente", "annulee", "admis_accepte", "admissible", "radie", "sans classe",
		"passé d’une école à l’autre", "INE en attente", "cursus de deux ans",
	} {
		if found[what] < 3 {
			t.Errorf("%s: %d", what, found[what])
		}
	}
	for _, name := range []string{"Nguyễn", "Łukaszewski", "Şahin", "O’Brien", "Müßig", "Le Goff", "Saint-Martin"} {
		if !names[name] {
			t.Errorf("nobody is called %s", name)
		}
	}
}

func note(found map[string]int, names map[string]bool, f *Famille) {
	is := func(what string, so bool) {
		if so {
			found[what]++
		}
	}
	is("fratrie", len(f.Eleves) > 1)
	is("deux foyers", len(f.Foyers) > 1)
	is("un seul responsable", len(f.Responsables) == 1)
	is("organisme", f.Famille.Responsables[0].Organisme != "")
	for i, e := range f.Eleves {
		names[e.Nom] = true
		is("jumeaux", i > 0 && e.Naissance.Equal(f.Eleves[0].Naissance))
		is("fratrie sur deux écoles", i > 0 && e.Ecole != f.Eleves[0].Ecole)
		is("nom d’usage", e.NomUsage != "")
		is("né à l’étranger", e.NeEtranger)
		is("INE en attente", e.Immatriculation != nil && e.Immatriculation.AttribueLe.IsZero())
		is("cursus de deux ans", len(e.Scolarites) == 2)
		for _, i := range e.Inscriptions {
			found[i.Etat]++
		}
		for _, s := range e.Scolarites {
			found[s.Etat]++
			is("sans classe", s.Etat == "admis_definitif" && s.Classe == nil)
			is("passé d’une école à l’autre", s.Motif == "changement_ecole_commune")
		}
	}
}

// Each directeur and each mairie has something to do.
func TestEverybodyHasSomethingToDo(t *testing.T) {
	p := Bigorre(options(jours[0]))
	todo := map[string]int{}
	for _, e := range eleves(p) {
		for _, i := range e.Inscriptions {
			if i.Etat == "inscrit" {
				todo["à admettre "+i.Ecole]++
			}
		}
		for _, s := range e.Scolarites {
			if s.Etat == "admis_accepte" {
				todo["à accueillir "+s.Ecole]++
			}
		}
	}
	for _, s := range p.Secteurs {
		for _, e := range s.Ecoles {
			if !e.Secteur.Prive() && todo["à admettre "+e.UAI] == 0 || todo["à accueillir "+e.UAI] == 0 {
				t.Errorf("%s has nothing to do", e.Nom)
			}
		}
	}
}

// Classes hold what a class may hold, and no level is there for two pupils.
func TestClasses(t *testing.T) {
	p := Bigorre(options(jours[0]))
	size := map[*Classe]int{}
	libelles := map[string]bool{}
	for _, e := range eleves(p) {
		for _, s := range e.Scolarites {
			if s.Classe != nil {
				size[s.Classe]++
			}
		}
	}
	for c, n := range size {
		if n > 32 || n < 10 {
			t.Errorf("%s of %s has %d pupils", c.Libelle, c.Ecole, n)
		}
		key := c.Ecole + c.Annee.Libelle() + c.Libelle
		if libelles[key] {
			t.Errorf("two classes of %s are called %s", c.Ecole, c.Libelle)
		}
		libelles[key] = true
	}
}
