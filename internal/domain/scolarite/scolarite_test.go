package scolarite_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
)

var (
	inscrit = date.Du(2026, time.May, 4)
	rentree = date.Du(2026, time.September, 1)
	today   = date.Du(2026, time.November, 20)
)

// in is a scolarité of 2026-2027 in a state, with the dates that the state requires.
func in(etat scolarite.Etat) scolarite.Scolarite {
	s := scolarite.Scolarite{Ecole: "0659001F", Annee: 2026, Etat: etat}
	if etat == scolarite.AdmisAccepte || etat == scolarite.AdmisDefinitif || etat == scolarite.Radie {
		s.Niveau, s.DateEffet = "CE1", &rentree
	}
	if etat == scolarite.AdmisDefinitif || etat == scolarite.Radie {
		s.DateAdmission = &rentree
	}
	return s
}

// check compares a refusal with the words that its sentence must hold; "" is an act accepted.
func check(t *testing.T, err error, words string) {
	t.Helper()
	if words == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}
		return
	}
	for _, r := range refusal.All(err) {
		if strings.Contains(r.Motif, words) {
			return
		}
	}
	t.Errorf("got %v, want a refusal with %q", err, words)
}

func TestAccepter(t *testing.T) {
	for _, tt := range []struct {
		name   string
		etat   scolarite.Etat
		niveau ecole.Niveau
		effet  time.Time
		typ    ecole.Type
		want   string
	}{
		{"un inscrit", "", ecole.CE1, rentree, ecole.Primaire, ""},
		{"un admissible", scolarite.Admissible, ecole.CE1, rentree, ecole.Primaire, ""},
		{"sans niveau", "", "", rentree, ecole.Primaire, "Choisissez le niveau"},
		{"sans date d’effet", "", ecole.CE1, time.Time{}, ecole.Primaire, "Indiquez la date d’effet"},
		{"effet avant l’inscription", "", ecole.CE1, inscrit.AddDate(0, 0, -1), ecole.Primaire, "précède l’inscription"},
		{"effet l’année suivante", "", ecole.CE1, rentree.AddDate(1, 0, 0), ecole.Primaire, "n’est pas dans l’année scolaire 2026-2027"},
		{"un CE1 en maternelle", "", ecole.CE1, rentree, ecole.Maternelle, "n’a pas de"},
		{"déjà accepté", scolarite.AdmisAccepte, ecole.CE1, rentree, ecole.Primaire, "déjà acceptée"},
		{"déjà présent", scolarite.AdmisDefinitif, ecole.CE1, rentree, ecole.Primaire, "déjà acceptée"},
		{"radié", scolarite.Radie, ecole.CE1, rentree, ecole.Primaire, "close"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := in(tt.etat)
			check(t, s.Accepter(tt.niveau, tt.effet, tt.typ, inscrit), tt.want)
			if tt.want == "" && (s.Etat != scolarite.AdmisAccepte || s.Niveau != "CE1" || !s.DateEffet.Equal(rentree)) {
				t.Errorf("became %+v", s)
			}
			if tt.want != "" && s.Etat != tt.etat {
				t.Errorf("refused, and yet became %s", s.Etat)
			}
		})
	}
}

func TestAdmettre(t *testing.T) {
	for _, tt := range []struct {
		name string
		etat scolarite.Etat
		le   time.Time
		want string
	}{
		{"le jour de la rentrée", scolarite.AdmisAccepte, rentree, ""},
		{"aujourd’hui", scolarite.AdmisAccepte, today, ""},
		{"demain", scolarite.AdmisAccepte, today.AddDate(0, 0, 1), "dans l’avenir"},
		{"avant la date d’effet", scolarite.AdmisAccepte, rentree.AddDate(0, 0, -1), "précède la date d’effet"},
		{"sans date", scolarite.AdmisAccepte, time.Time{}, "Indiquez la date"},
		{"sans acceptation", "", rentree, "Acceptez d’abord"},
		{"admissible", scolarite.Admissible, rentree, "Acceptez d’abord"},
		{"deux fois", scolarite.AdmisDefinitif, rentree, "déjà présent"},
		{"radié", scolarite.Radie, rentree, "Acceptez d’abord"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := in(tt.etat)
			check(t, s.Admettre(tt.le, today), tt.want)
			if tt.want == "" && s.Etat != scolarite.AdmisDefinitif {
				t.Errorf("became %s", s.Etat)
			}
		})
	}
}

func TestReporter(t *testing.T) {
	for etat, want := range map[scolarite.Etat]string{
		"": "", scolarite.Admissible: "Seul un élève inscrit", scolarite.AdmisAccepte: "Seul un élève inscrit",
		scolarite.AdmisDefinitif: "Seul un élève inscrit", scolarite.Radie: "Seul un élève inscrit",
	} {
		s := in(etat)
		check(t, s.Reporter(), want)
	}
}

func TestRetirerEtAbandonner(t *testing.T) {
	for _, tt := range []struct {
		etat                scolarite.Etat
		retirer, abandonner string
	}{
		{scolarite.Admissible, "", ""},
		{scolarite.AdmisAccepte, "", ""},
		{scolarite.AdmisDefinitif, "radiez-le", "radiez-le"},
		{scolarite.Radie, "radiez-le", "radiez-le"},
	} {
		t.Run(string(tt.etat), func(t *testing.T) {
			s := in(tt.etat)
			check(t, s.Retirer(), tt.retirer)
			s = in(tt.etat)
			check(t, s.Abandonner("jamais_venu"), tt.abandonner)
		})
	}
	s := in(scolarite.Annulee)
	check(t, s.Abandonner("jamais_venu"), "n’est plus attendu")
	s = in(scolarite.AdmisAccepte)
	check(t, s.Abandonner("par caprice"), "Choisissez pourquoi")
}

func TestRadier(t *testing.T) {
	depart := func(le time.Time, motif, vers string) scolarite.Depart {
		return scolarite.Depart{Le: le, Motif: motif, DestinationUAI: vers}
	}
	for _, tt := range []struct {
		name string
		etat scolarite.Etat
		d    scolarite.Depart
		want string
	}{
		{"aujourd’hui", scolarite.AdmisDefinitif, depart(today, "demenagement", ""), ""},
		{"lundi prochain", scolarite.AdmisDefinitif, depart(today.AddDate(0, 0, 3), "demenagement", ""), ""},
		{"vers une autre école", scolarite.AdmisDefinitif, depart(today, "demenagement", "0659002G"), ""},
		{"vers la même école", scolarite.AdmisDefinitif, depart(today, "demenagement", "0659001F"), "choisissez-en une autre"},
		{"sans date", scolarite.AdmisDefinitif, depart(time.Time{}, "demenagement", ""), "Indiquez la date"},
		{"sans motif", scolarite.AdmisDefinitif, depart(today, "", ""), "Choisissez le motif"},
		{"avant l’admission", scolarite.AdmisDefinitif, depart(rentree.AddDate(0, 0, -1), "demenagement", ""), "précède l’admission"},
		{"dans deux mois", scolarite.AdmisDefinitif, depart(today.AddDate(0, 2, 0), "demenagement", ""), ""},
		{"à la fin de l’année", scolarite.AdmisDefinitif, depart(date.Du(2027, time.September, 1), "demenagement", ""), ""},
		{"après la fin de l’année", scolarite.AdmisDefinitif, depart(date.Du(2027, time.September, 2), "demenagement", ""), "au plus tard le 1er\u00a0septembre\u00a02027"},
		{"fin de cycle en CE1", scolarite.AdmisDefinitif, depart(today, scolarite.FinDeCycle, ""), "choisissez un autre motif pour le CE1"},
		{"un élève attendu", scolarite.AdmisAccepte, depart(today, "demenagement", ""), "ne viendra pas"},
		{"deux fois", scolarite.Radie, depart(today, "demenagement", ""), "déjà radié"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := in(tt.etat)
			check(t, s.Radier(tt.d, today), tt.want)
			if tt.want != "" {
				return
			}
			if s.Quittant() != tt.d.Le.After(today) || (s.Etat == scolarite.Radie) == s.Quittant() || !s.DateRadiation.Equal(tt.d.Le) {
				t.Errorf("became %+v", s)
			}
			check(t, s.Retablir(), "")
			if s.Etat != scolarite.AdmisDefinitif || s.DateRadiation != nil || s.Motif != "" {
				t.Errorf("undone, it is %+v", s)
			}
		})
	}
	s := in(scolarite.AdmisDefinitif)
	check(t, s.Retablir(), "n’est pas radié")
}

// The motive of those who end a cycle is named by their niveau.
func TestFinDeCycle(t *testing.T) {
	for niveau, want := range map[string]string{"GS": "passage_autre_ecole", "CM2": "entree_6e", "CE2": ""} {
		if got := (scolarite.Depart{Motif: scolarite.FinDeCycle}).Pour(niveau); got != want {
			t.Errorf("%s: %q, want %q", niveau, got, want)
		}
	}
	if got := (scolarite.Depart{Motif: "deces"}).Pour("GS"); got != "deces" {
		t.Errorf("a chosen motive became %q", got)
	}
}

// Announced, a departure may be changed, and leaves the pupil in his class.
func TestDepartAnnonce(t *testing.T) {
	s := in(scolarite.AdmisDefinitif)
	classe := uuid.New()
	s.ClasseID = &classe
	for _, jours := range []int{13, 20, 0} {
		check(t, s.Radier(scolarite.Depart{Le: today.AddDate(0, 0, jours), Motif: "demenagement"}, today), "")
		if s.ClasseID == nil || s.Quittant() != (jours > 0) {
			t.Errorf("in %d days: %+v", jours, s)
		}
	}
	le := date.Du(2026, time.December, 3)
	for etat, want := range map[scolarite.Etat]string{
		scolarite.AdmisDefinitif: "Présent, quitte l’école le 03/12/2026", scolarite.Radie: "Radié",
	} {
		if got := etat.Situation(&le); got != want {
			t.Errorf("%s: %q", etat, got)
		}
	}
}

func TestAffecter(t *testing.T) {
	class := func(uai string, annee int, niveaux ...string) *scolarite.Classe {
		return &scolarite.Classe{ID: uuid.New(), Ecole: uai, Annee: annee, Libelle: "Les lynx", Niveaux: niveaux}
	}
	for _, tt := range []struct {
		name   string
		etat   scolarite.Etat
		classe *scolarite.Classe
		want   string
	}{
		{"présent", scolarite.AdmisDefinitif, class("0659001F", 2026, "CP", "CE1"), ""},
		{"attendu", scolarite.AdmisAccepte, class("0659001F", 2026, "CE1"), ""},
		{"hors de toute classe", scolarite.AdmisDefinitif, nil, ""},
		{"inscrit", "", class("0659001F", 2026, "CE1"), "dont l’admission est acceptée"},
		{"radié", scolarite.Radie, class("0659001F", 2026, "CE1"), "dont l’admission est acceptée"},
		{"autre niveau", scolarite.AdmisDefinitif, class("0659001F", 2026, "CM2"), "n’accueille pas de CE1"},
		{"autre année", scolarite.AdmisDefinitif, class("0659001F", 2027, "CE1"), "pas de l’école ou de l’année"},
		{"autre école", scolarite.AdmisDefinitif, class("0659002G", 2026, "CE1"), "pas de l’école ou de l’année"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := in(tt.etat)
			check(t, s.Affecter(tt.classe), tt.want)
		})
	}
}
