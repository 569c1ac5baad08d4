package modele

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/fixture"
)

// The model: what the register is, in the words of domain.md §2.1 and nothing of the application's code.

type enfant struct {
	id           uuid.UUID
	prenom       string
	ecole        string // that holds the file, "" for none
	mairie       string
	plume        string // who holds the pen
	inscriptions []*inscrit
	scolarites   []*scolaire
	entrees      []*entree // in 6e
	periodes     []*periode
	avant        string // school that held the file before this step
}

type inscrit struct {
	id      uuid.UUID
	de      *enfant
	annee   int
	commune string
	ecole   string // "" on the waiting list
	etat    string
	le      time.Time // of the inscription, zero on the waiting list
}

type scolaire struct {
	id        uuid.UUID
	de        *enfant
	par       *inscrit // nil when a preparation opened it
	annee     int
	ecole     string
	etat      string
	niveau    string
	classe    uuid.UUID
	effet     time.Time
	admission time.Time
	radiation time.Time
	passage   *passage
	touchee   bool      // somebody has worked on it since it was opened
	depart    bool      // closed by the departure of the year before
	place     uuid.UUID // class before that

	liberations []*liberation // that other schools have asked for
}

type preparation struct {
	id      uuid.UUID
	ecole   string
	faite   time.Time
	annulee bool
	lignes  []ligne
}

// ligne is a pupil of a preparation: his year that ends, and the one that it opened.
type ligne struct{ de, suite *scolaire }

// The places of the world.
var (
	communes   = map[string]string{fixture.Ecole: fixture.Tarbes, fixture.Meme: fixture.Tarbes, fixture.Voisine: fixture.Lourdes, fixture.Lointaine: fixture.Auch}
	mairies    = map[string]string{"mairie": fixture.Tarbes, "mairie voisine": fixture.Lourdes, "mairie lointaine": fixture.Auch}
	directeurs = map[string]string{
		"directeur": fixture.Ecole, "directeur du même": fixture.Meme, "directeur voisin": fixture.Voisine, "directeur lointain": fixture.Lointaine,
	}
)

const premiereAnnee, derniereAnnee = 2025, 2027

func anneeDe(d time.Time) int {
	if d.Month() >= time.September {
		return d.Year()
	}
	return d.Year() - 1
}

func debut(annee int) time.Time { return time.Date(annee, time.September, 1, 0, 0, 0, 0, time.UTC) }

// fin is the last day of a school year.
func fin(annee int) time.Time { return debut(annee+1).AddDate(0, 0, -1) }

// rentree is the first day of September that is not of a week-end.
func rentree(annee int) time.Time {
	d := debut(annee)
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d = d.AddDate(0, 0, 1)
	}
	return d
}

var niveaux = []string{"TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"}

// ouvre tells whether a school may take a level: one of the world is élémentaire, the others take all.
func ouvre(ecole, niveau string) bool {
	i := slices.Index(niveaux, niveau)
	return i >= 0 && (ecole != fixture.Meme || i >= 4)
}

func (s *scolaire) ouverte() bool {
	return s.etat == "admissible" || s.etat == "admis_accepte" || s.etat == "admis_definitif"
}

// presence is when the pupil is in the school, the end not included; false before he is admitted.
func (s *scolaire) presence() (from, to time.Time, ever bool) {
	to = fin(s.annee).AddDate(0, 0, 1)
	if !s.radiation.IsZero() && s.radiation.Before(to) {
		to = s.radiation
	}
	return s.admission, to, !s.admission.IsZero()
}

// chevauche tells whether the pupil would be in two schools on one day, were he here from one day to another.
func (s *scolaire) chevauche(from, to time.Time) bool {
	return slices.ContainsFunc(s.de.scolarites, func(o *scolaire) bool {
		begin, end, ever := o.presence()
		return o != s && ever && begin.Before(end) && from.Before(to) && begin.Before(to) && from.Before(end)
	})
}

// double tells whether the school expects or has the pupil for that year already.
func (e *enfant) double(but *scolaire, ecole string, annee int) bool {
	return slices.ContainsFunc(e.scolarites, func(s *scolaire) bool { return s != but && s.ouverte() && s.ecole == ecole && s.annee == annee })
}

// demande tells whether an inscription waits for an answer that year.
func (e *enfant) demande(but *inscrit, annee int) bool {
	return slices.ContainsFunc(e.inscriptions, func(i *inscrit) bool {
		return i != but && i.annee == annee && (i.etat == "en_attente" || i.etat == "inscrit")
	})
}

// attendu tells whether a school expects the child, in a year that is not over.
func (e *enfant) attendu(today time.Time) bool {
	return slices.ContainsFunc(e.scolarites, func(s *scolaire) bool {
		return (s.etat == "admissible" || s.etat == "admis_accepte") && !fin(s.annee).Before(today)
	})
}

// suites are the lines of later years in the same school.
func (s *scolaire) suites(of func(*scolaire) bool) []*scolaire {
	return slices.DeleteFunc(slices.Clone(s.de.scolarites), func(o *scolaire) bool { return o.ecole != s.ecole || o.annee <= s.annee || !of(o) })
}

// partir sets the day of a departure, which closes the year already prepared (T13, T14).
func (s *scolaire) partir(le, today time.Time) {
	if s.radiation.Equal(le) {
		s.effectuer(today)
		return
	}
	s.radiation, s.touchee = le, true
	s.effectuer(today)
	s.liberer()
	for _, o := range s.suites(func(o *scolaire) bool { return o.etat == "admissible" || o.etat == "admis_accepte" }) {
		o.etat, o.depart, o.place, o.classe, o.touchee = "annulee", true, o.classe, uuid.Nil, true
	}
}

// effectuer strikes off a pupil whose day has come.
func (s *scolaire) effectuer(today time.Time) {
	if s.etat == "admis_definitif" && !s.radiation.IsZero() && !s.radiation.After(today) {
		s.etat = "radie"
	}
}

// fermees are the lines that a departure closed.
func (s *scolaire) fermees() []*scolaire {
	return s.suites(func(o *scolaire) bool { return o.etat == "annulee" && o.depart })
}

// revenirEnClasse takes a departure back, with all that it closed.
func (s *scolaire) revenirEnClasse() {
	s.etat, s.radiation = "admis_definitif", time.Time{}
	for _, o := range s.fermees() {
		o.etat, o.classe, o.depart = "admis_accepte", o.place, false
		if o.niveau == "" {
			o.etat = "admissible"
		}
	}
	s.prendre()
}

// prendre brings the file to the school, unless another one has the pupil since the same year or a later one.
func (s *scolaire) prendre() {
	since := 0
	for _, o := range s.de.scolarites {
		if o.ecole == s.ecole && o.etat == "admis_definitif" {
			since = max(since, o.annee)
		}
	}
	for _, o := range s.de.scolarites {
		if o.ecole != s.ecole && o.etat == "admis_definitif" && o.annee >= since {
			return
		}
	}
	s.de.ecole, s.de.mairie, s.de.plume = s.ecole, communes[s.ecole], "ecole"
}

// suivre brings the file that a mairie holds to the school that it asks for.
func (i *inscrit) suivre(mairie string) {
	if i.de.plume == "mairie" && i.de.mairie == mairie {
		i.de.ecole = i.ecole
	}
}

// lignes writes all that the model says of a child, as the base is asked for it.
func (e *enfant) lignes() []string {
	l := []string{fmt.Sprintf("%s dossier %s %s", e.prenom, e.ecole, e.plume)}
	for _, i := range e.inscriptions {
		l = append(l, fmt.Sprintf("%s inscription %d %s %s %s %s", e.prenom, i.annee, i.commune, i.ecole, i.etat, jour(i.le)))
	}
	for _, s := range e.scolarites {
		classe := ""
		if s.classe != uuid.Nil {
			classe = s.classe.String()
		}
		l = append(l, fmt.Sprintf("%s scolarite %d %s %s %s %s %s %s %s", e.prenom, s.annee, s.ecole, s.etat, s.niveau, classe,
			jour(s.effet), jour(s.admission), jour(s.radiation)))
		if s.passage != nil {
			l = append(l, s.passage.ligne(s))
		}
		for _, r := range s.liberations {
			l = append(l, fmt.Sprintf("%s liberation %s %s %s %s %s", e.prenom, s.ecole, r.vers, r.etat, r.refus, jour(r.depart)))
		}
	}
	for _, p := range e.periodes {
		l = append(l, p.ligne(e))
	}
	return l
}

func jour(d time.Time) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}
