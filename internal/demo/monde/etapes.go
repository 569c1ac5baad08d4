package monde

import (
	"time"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

// etape is a moment of a life in which somebody has something to do.
type etape func(*peuplement, *assis)

// quotas says how many pupils of a school are at each moment: so many in a thousand, and at least so many in a school
// of more than thirty, or in a smaller one.
var quotas = []struct {
	etape    etape
	parMille int
	moins    int
	petite   int
	prive    bool // happens in a private school too
}{
	{(*peuplement).inscrireSeulement, 24, 2, 1, false},
	{(*peuplement).accepter, 15, 2, 1, true},
	{(*peuplement).attendre, 6, 1, 0, false},
	{(*peuplement).annuler, 3, 1, 0, false},
	{(*peuplement).reporter, 4, 1, 0, true},
	{(*peuplement).sansClasse, 8, 1, 0, true},
	{(*peuplement).partir, 8, 1, 0, true},
	{(*peuplement).changerDEcole, 5, 1, 0, false},
	{(*peuplement).arriverHier, 5, 1, 0, true},
}

// etapes chooses the pupils of each school who are at such a moment, by their place in s.assis. Seats were filled in
// disorder, so the first of each school will do.
func (s *peuplement) etapes() map[int]etape {
	chosen := map[int]etape{}
	next := make([][]etape, len(s.secteur.Ecoles))
	for i, e := range s.secteur.Ecoles {
		next[i] = etapesDe(e)
	}
	for i, a := range s.assis {
		if list := next[a.place.ecole]; len(list) > 0 && a.rang != sorti {
			chosen[i], next[a.place.ecole] = list[0], list[1:]
		}
	}
	return chosen
}

func etapesDe(e Ecole) (list []etape) {
	for _, q := range quotas {
		if e.Secteur.Prive() && !q.prive {
			continue
		}
		n := q.petite
		if e.Effectif > 30 {
			n = max(q.moins, e.Effectif*q.parMille/1000)
		}
		for range n {
			list = append(list, q.etape)
		}
	}
	return list
}

// demander makes an inscription of these last weeks.
func (s *peuplement) demander(a *assis) *Inscription {
	e := s.ecole(a)
	demande := s.ago(s.Between(2, 40))
	insc := &Inscription{
		ID: s.UUID(), Annee: s.attendus, Commune: e.Commune.Insee, Ecole: e.UAI, Etat: "inscrit", Niveau: niveau(a.rang),
		DateDemande: demande, DateInscription: s.Day(demande, s.today), Derogation: s.derogation(a),
		SaisiParLEcole: e.Secteur.Prive(),
	}
	a.Inscriptions = append(a.Inscriptions, insc)
	a.CreeLe = s.aHeureOuvrable(demande)
	return insc
}

// attendre: the family has asked the mairie for a place and has none yet.
func (s *peuplement) attendre(a *assis) {
	insc := s.demander(a)
	insc.Etat, insc.Ecole, insc.DateInscription = "en_attente", "", time.Time{}
	a.TenuParLaMairie = true
}

// inscrireSeulement: inscrit by the mairie, the directeur has not answered.
func (s *peuplement) inscrireSeulement(a *assis) {
	s.demander(a)
	a.TenuParLaMairie, a.Ecole = true, s.ecole(a).UAI
}

// annuler: inscrit a first time, the family changed its mind, then asked again.
func (s *peuplement) annuler(a *assis) {
	former := s.demander(a)
	former.Etat, former.MotifAnnulation = "annulee", "famille_renonce"
	former.DateDemande, former.DateInscription = former.DateDemande.AddDate(0, 0, -30), former.DateDemande.AddDate(0, 0, -20)
	s.inscrireSeulement(a)
	a.CreeLe = s.aHeureOuvrable(former.DateDemande)
}

// accepter: the directeur awaits the pupil on the day of effect.
func (s *peuplement) accepter(a *assis) {
	sc := &Scolarite{
		ID: s.UUID(), Ecole: s.ecole(a).UAI, Annee: s.attendus, Etat: "admis_accepte", Niveau: niveau(a.rang),
		DateEffet: s.arrivee, sansClasse: s.Chance(60) || s.attendus != s.annee,
	}
	insc := s.demander(a)
	insc.Etat, sc.Inscription = "transformee", insc.ID
	a.Ecole = s.ecole(a).UAI
	a.Scolarites = append(a.Scolarites, sc)
}

// reporter: the directeur will answer later; the niveau is not decided.
func (s *peuplement) reporter(a *assis) {
	insc := s.demander(a)
	insc.Etat = "transformee"
	a.TenuParLaMairie, a.Ecole = !insc.SaisiParLEcole, s.ecole(a).UAI
	a.Scolarites = append(a.Scolarites, &Scolarite{
		ID: s.UUID(), Ecole: a.Ecole, Annee: s.attendus, Inscription: insc.ID, Etat: "admissible", sansClasse: true,
	})
}

// sansClasse: present, still to be placed.
func (s *peuplement) sansClasse(a *assis) { s.frequenter(a).sansClasse = true }

// arriverHier: admitted these last days; the number is on its way, or somebody has to look at the demand.
func (s *peuplement) arriverHier(a *assis) {
	le := latest(s.rentree, s.ago(s.Between(0, 4)))
	s.admettre(a, s.inscrire(a, le), le)
	a.Ecole = s.ecole(a).UAI
	// Whether somebody looks like him is for the register to say, which the program asks as soon as it serves.
	a.Immatriculation = &Immatriculation{
		Etat: invention.Pick(s.Source, []string{"en_attente", "en_attente", "en_attente", "en_erreur"}), DemandeLe: s.aHeureOuvrable(le),
	}
	if a.Immatriculation.Etat == "en_erreur" {
		a.Immatriculation.Raison = "commune_naissance"
	}
	a.CreeLe = s.creation(a, nil)
}

// partir: struck off this year, gone out of the secteur.
func (s *peuplement) partir(a *assis) {
	sc := s.frequenter(a)
	s.radier(sc, s.Day(sc.DateAdmission, s.today), "demenagement")
	switch {
	case s.Chance(10):
		sc.Motif, sc.Destination = "depart_etranger", "Étranger"
	case s.Chance(10):
		sc.Motif = "instruction_famille"
	default:
		sc.Destination = s.ville()
	}
}

// ville is a town to move to.
func (s *peuplement) ville() string {
	c, _ := commune.Find([...]string{"31555", "64445", "33063", "40192", "34172", "44109", "69123", "09122"}[s.IntN(8)])
	return c.Libelle()
}

// changerDEcole: struck off this year and admitted in another school of the secteur; gone if there is none.
func (s *peuplement) changerDEcole(a *assis) {
	to, ok := s.autreEcole(a)
	if !ok {
		s.partir(a)
		return
	}
	left := s.frequenter(a)
	s.radier(left, s.Day(left.DateAdmission, s.today), "changement_ecole_commune")
	left.DestinationUAI = s.secteur.Ecoles[to].UAI
	a.place.ecole = to
	le := s.Day(left.DateRadiation, s.today)
	s.admettre(a, s.inscrire(a, le), le)
	a.Ecole, a.Mairie = s.ecole(a).UAI, s.ecole(a).Commune.Insee
}

// autreEcole is another public school of the secteur that teaches the pupil's level.
func (s *peuplement) autreEcole(a *assis) (int, bool) {
	for i, e := range s.secteur.Ecoles {
		if i != a.place.ecole && e.Secteur == ecole.Public && e.ouvre(a.rang) {
			return i, true
		}
	}
	return 0, false
}
