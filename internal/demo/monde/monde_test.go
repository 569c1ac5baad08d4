package monde

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

func options(day string) Options {
	today, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return Options{Graine: 65, Aujourdhui: today, AnneePrecedente: true}
}

// The days of the year when dates are hardest to get right.
var jours = []string{"2026-11-21", "2026-09-01", "2026-09-02", "2026-08-31", "2027-07-14", "2027-05-31", "2027-06-01", "2028-02-29"}

// eleves lists everybody of a world.
func eleves(p *Plan) (list []*Eleve) {
	for _, s := range p.Secteurs {
		for _, f := range p.Peupler(s).Familles {
			list = append(list, f.Eleves...)
		}
	}
	return list
}

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

func TestNation(t *testing.T) {
	for _, eleves := range []int{1, 40, 5_000, 60_000, 6_500_000} {
		p := Nation(options(jours[0]), eleves)
		if p.Effectif() != eleves {
			t.Errorf("%d pupils, want %d", p.Effectif(), eleves)
		}
		numbers := map[string]bool{}
		for _, s := range p.Secteurs {
			for _, e := range s.Ecoles {
				numbers[e.UAI] = true
			}
		}
		for _, c := range p.Colleges {
			numbers[c.UAI] = true
		}
		for _, c := range p.Circonscriptions {
			numbers[c.UAI] = true
		}
		if want := p.Ecoles() + len(p.Colleges) + len(p.Circonscriptions); len(numbers) != want {
			t.Errorf("%d pupils: %d numbers for %d", eleves, len(numbers), want)
		}
		for n := range numbers {
			if _, err := ecole.ParseUAI(n); err != nil || strings.HasPrefix(n[3:], "9999") {
				t.Fatalf("%s: %v", n, err)
			}
		}
	}
}

func TestNationIsWhole(t *testing.T) {
	p := Nation(options(jours[0]), 6_500_000)
	if n := p.Ecoles(); n < 44_000 || n > 54_000 {
		t.Errorf("%d schools", n)
	}
	if n := len(p.Departements); n != 101 {
		t.Errorf("%d départements", n)
	}
	if n := len(p.Academies); n != 30 {
		t.Errorf("%d académies", n)
	}
}

// A part of the world is the same whatever is around it, and the same on each run.
func TestSameSeedSameWorld(t *testing.T) {
	told := func(graine uint64) string {
		o := options(jours[0])
		o.Graine = graine
		p := Bigorre(o)
		b, err := json.Marshal([]any{p, p.Peupler(p.Secteurs[4])})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if first, second := told(1), told(1); first != second {
		t.Error("the same seed gives another world")
	}
	if told(1) == told(2) { // control
		t.Error("another seed gives the same world")
	}
}

// Every day of the year, every life keeps the rules of the register (domain.md §2.6).
func TestLivesKeepTheRules(t *testing.T) {
	for _, day := range jours {
		o := options(day)
		present := 0
		for _, e := range eleves(Bigorre(o)) {
			if fault := e.fault(o); fault != "" {
				t.Errorf("%s: %s %s: %s", day, e.Prenom, e.Nom, fault)
			}
			if e.Etat == "actif" {
				present++
			}
		}
		if present != 1500 {
			t.Errorf("%s: %d pupils, want 1500", day, present)
		}
	}
}

// fault says which rule a life breaks.
func (e *Eleve) fault(o Options) string {
	for _, i := range e.Inscriptions {
		switch {
		case i.DateDemande.After(o.Aujourdhui) || i.DateInscription.After(o.Aujourdhui):
			return "inscrit in the future"
		case !i.DateInscription.IsZero() && i.DateInscription.Before(i.DateDemande):
			return "inscrit before the demand"
		case (i.Etat == "en_attente") != (i.Ecole == ""):
			return "waits in a school, or is nowhere"
		}
	}
	var left time.Time
	for _, s := range e.Scolarites {
		switch {
		case s.DateAdmission.After(o.Aujourdhui) || s.DateRadiation.After(o.Aujourdhui):
			return "admitted or struck off in the future"
		case !s.DateAdmission.IsZero() && s.DateAdmission.Before(s.DateEffet):
			return "admitted before the date d’effet"
		case s.Etat == "radie" && (s.DateRadiation.Before(s.DateAdmission) || s.Motif == ""):
			return "struck off before the admission, or without a motive"
		case s.Etat == "admis_accepte" && !s.DateEffet.After(o.Aujourdhui):
			return "awaited in the past"
		case s.Etat != "admissible" && !s.Annee.Contient(s.DateEffet):
			return "admitted in another year"
		case s.DateEffet.Before(left) && s.Etat != "admissible":
			return "in two schools at a time"
		case s.Classe != nil && (s.Classe.Annee != s.Annee || s.Classe.Ecole != s.Ecole || !slices.Contains(s.Classe.Niveaux, s.Niveau)):
			return "in the class of another school, year or level"
		}
		left = s.DateRadiation
	}
	return ""
}

// Control: the rules above do find faults.
func TestFaultFindsFaults(t *testing.T) {
	o := options(jours[0])
	d := func(day int) time.Time { return o.Aujourdhui.AddDate(0, 0, day) }
	ok := Scolarite{Annee: 2026, Ecole: "a", Etat: "admis_definitif", Niveau: "CP", DateEffet: d(-9), DateAdmission: d(-9)}
	if e := (&Eleve{Scolarites: []*Scolarite{&ok}}); e.fault(o) != "" {
		t.Fatalf("a right life has a fault: %s", e.fault(o))
	}
	for _, bad := range []func(*Scolarite){
		func(s *Scolarite) { s.DateAdmission = d(1) },
		func(s *Scolarite) { s.DateAdmission = d(-10) },
		func(s *Scolarite) { s.Etat, s.DateRadiation = "radie", d(-1) },
		func(s *Scolarite) { s.Etat = "admis_accepte" },
		func(s *Scolarite) { s.Annee = 2025 },
		func(s *Scolarite) { s.Classe = &Classe{Ecole: "b", Annee: 2026, Niveaux: []ecole.Niveau{"CP"}} },
	} {
		s := ok
		bad(&s)
		if e := (&Eleve{Scolarites: []*Scolarite{&s}}); e.fault(o) == "" {
			t.Errorf("no fault in %+v", s)
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
