package monde

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
)

// vivre gives each pupil his lines of the register. Some of each school are at a moment that asks something of
// somebody (etapes.go); the others are there, some since last year or before.
func (s *peuplement) vivre() {
	etapes := s.etapes()
	for i, a := range s.assis {
		a.Mairie = s.ecole(a).Commune.Insee
		switch etape, ok := etapes[i]; {
		case a.rang == sorti:
			s.sortir(a)
		case ok:
			etape(s, a)
		default:
			s.frequenter(a)
		}
	}
}

func (s *peuplement) ecole(a *assis) Ecole { return s.secteur.Ecoles[a.place.ecole] }

// frequenter makes a present pupil: there since last year, come from the school before, or a newcomer.
func (s *peuplement) frequenter(a *assis) *Scolarite {
	admission := s.rentree
	avant := s.anneePassee(a)
	var insc *Inscription
	switch {
	case avant == nil:
		if a.rang > ecole.PS.Rang() && s.Chance(15) {
			admission = s.Day(s.rentree, s.today)
		}
		insc = s.inscrire(a, admission)
	case avant.Ecole != s.ecole(a).UAI:
		insc = s.inscrire(a, admission)
	}
	sc := s.admettre(a, insc, admission)
	if avant != nil && s.plan.AnneePrecedente {
		a.Scolarites = append([]*Scolarite{avant}, a.Scolarites...)
	}
	s.immatriculer(a, avant)
	a.Ecole, a.CreeLe = s.ecole(a).UAI, s.creation(a, avant)
	return sc
}

// anneePassee is the line of last year, nil for one who was in no school of the secteur. It is invented even when the plan
// does not ask for it: whether a pupil is new must not depend on that.
func (s *peuplement) anneePassee(a *assis) *Scolarite {
	from, ok := s.origine(a)
	if !ok {
		return nil
	}
	debut := (s.annee - 1).Rentree()
	sc := &Scolarite{
		ID: s.UUID(), Ecole: s.secteur.Ecoles[from].UAI, Annee: s.annee - 1, Etat: "admis_definitif",
		Niveau: niveau(a.rang - 1), DateEffet: debut, DateAdmission: debut,
	}
	if from != a.place.ecole {
		s.radier(sc, s.annee.Debut(), "passage_autre_ecole")
		sc.DestinationUAI = s.ecole(a).UAI
	}
	return sc
}

// origine is the school of last year.
func (s *peuplement) origine(a *assis) (ecoleIndex int, ok bool) {
	e := s.ecole(a)
	known := 94.0
	if a.rang <= ecole.PS.Rang() {
		known = 14 // those who were there at two years old
	}
	switch {
	case !s.Chance(known):
		return 0, false
	case e.ouvre(a.rang - 1):
		return a.place.ecole, true
	case e.Amont >= 0 && s.secteur.Ecoles[e.Amont].ouvre(a.rang-1):
		return e.Amont, true
	}
	return 0, false
}

func niveau(rang int) ecole.Niveau {
	if rang < 0 || rang >= nombreDeNiveaux {
		return ""
	}
	return niveaux[rang]
}

var niveaux = ecole.Niveaux()

// inscrire makes the inscription of one who is admitted that day. A private school admits by itself: both are its own.
func (s *peuplement) inscrire(a *assis, admission time.Time) *Inscription {
	e := s.ecole(a)
	spring := time.Date(int(s.annee), time.March, 1, 0, 0, 0, 0, time.UTC)
	if admission.After(s.rentree) {
		spring = admission.AddDate(0, 0, -20)
	}
	demande := s.Day(spring, admission.AddDate(0, 0, -3))
	insc := &Inscription{
		ID: s.UUID(), Annee: s.annee, Commune: e.Commune.Insee, Ecole: e.UAI, Etat: "transformee",
		Niveau: niveau(a.rang), DateDemande: demande,
		DateInscription: s.Day(demande, earliest(demande.AddDate(0, 0, 15), admission)),
		SaisiParLEcole:  s.Chance(8) || e.Secteur.Prive(), Derogation: s.derogation(a),
	}
	a.Inscriptions = append(a.Inscriptions, insc)
	return insc
}

// derogation is the motive of most families who live in another commune than the school's.
func (s *peuplement) derogation(a *assis) string {
	e := s.ecole(a)
	if a.famille.Famille.Foyers[0].Insee == e.Commune.Insee || e.RPI != "" || e.Secteur.Prive() || !s.Chance(80) {
		return ""
	}
	return [...]string{"fratrie", "garde", "travail", "proximite", "fratrie", "autre"}[s.IntN(6)]
}

// admettre writes the line of the present year.
func (s *peuplement) admettre(a *assis, insc *Inscription, le time.Time) *Scolarite {
	sc := &Scolarite{
		ID: s.UUID(), Ecole: s.ecole(a).UAI, Annee: s.annee, Etat: "admis_definitif", Niveau: niveau(a.rang),
		DateEffet: le, DateAdmission: le, Inscription: inscriptionID(insc),
	}
	a.Scolarites = append(a.Scolarites, sc)
	return sc
}

func inscriptionID(insc *Inscription) uuid.UUID {
	if insc == nil {
		return uuid.Nil
	}
	return insc.ID
}

// radier ends a line.
func (s *peuplement) radier(sc *Scolarite, le time.Time, motif string) {
	sc.Etat, sc.DateRadiation, sc.Motif = "radie", latest(le, sc.DateAdmission), motif
}

// sortir makes one who left CM2 for the collège last summer.
func (s *peuplement) sortir(a *assis) {
	debut := (s.annee - 1).Rentree()
	sc := &Scolarite{
		ID: s.UUID(), Ecole: s.ecole(a).UAI, Annee: s.annee - 1, Niveau: ecole.CM2, DateEffet: debut, DateAdmission: debut,
		Destination: "Collège",
	}
	s.radier(sc, s.annee.Debut(), "entree_6e")
	a.Scolarites = append(a.Scolarites, sc)
	a.Etat, a.Ecole = "sorti_1d", s.ecole(a).UAI
	s.immatriculer(a, sc)
	a.CreeLe = s.creation(a, sc)
}

// immatriculer asks for the number on the day of the first admission. It comes within days.
func (s *peuplement) immatriculer(a *assis, avant *Scolarite) {
	asked := a.Scolarites[len(a.Scolarites)-1].DateAdmission
	if avant != nil {
		years := s.Between(1, max(1, a.rang))
		asked = earliest((s.annee - ecole.Annee(years)).Rentree(), avant.DateAdmission)
	}
	i := &Immatriculation{Etat: "en_attente", DemandeLe: s.aHeureOuvrable(asked)}
	if given := s.aHeureOuvrable(asked.AddDate(0, 0, s.Between(1, 6))); given.Before(s.today) {
		i.Etat, i.AttribueLe = "attribue", given
	}
	a.Immatriculation = i
}

// creation is when the file was opened.
func (s *peuplement) creation(a *assis, avant *Scolarite) time.Time {
	day := a.Immatriculation.DemandeLe
	if avant == nil && len(a.Inscriptions) > 0 {
		day = s.aHeureOuvrable(a.Inscriptions[0].DateDemande)
	}
	return earliest(day, a.Immatriculation.DemandeLe)
}
