package monde

import (
	"slices"
	"testing"
	"time"

	"base-eleves/internal/domain/ecole"
)

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
