// Package liberation is the way out for a pupil who has arrived in a school while the former one has not struck him off:
// the new school asks, the former one answers within three working days, and after that, or when it refuses, the IEN or
// the IA decides (domain.md §2.4).
package liberation

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/fr"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
)

// Etat is where a request stands.
type Etat string

// The states, in the order in which a request meets them.
const (
	Ouverte  Etat = "ouverte"
	Accordee Etat = "accordee"
	Refusee  Etat = "refusee"
	Retiree  Etat = "retiree"
	Liberee  Etat = "liberee"
	Rejetee  Etat = "rejetee"

	// What the IA decided of one of the schools has closed the request (internal/domain/restructuration).
	EcoleFermee   Etat = "ecole_fermee"
	EcolesReunies Etat = "ecoles_reunies"
)

// Etats lists them all, as a list is narrowed by them.
var Etats = []Etat{Ouverte, Refusee, Accordee, Liberee, Rejetee, Retiree, EcoleFermee, EcolesReunies}

// Label is the state as its users name it.
func (e Etat) Label() string {
	return map[Etat]string{
		Ouverte: "En attente de réponse", Accordee: "Accordée par l’école", Refusee: "Refusée par l’école",
		Retiree: "Retirée", Liberee: "Élève libéré par l’inspection", Rejetee: "Rejetée par l’inspection",
		EcoleFermee: "Close\u00a0: une des écoles a fermé", EcolesReunies: "Close\u00a0: les deux écoles sont réunies",
	}[e]
}

// EnCours tells whether something is still to be decided.
func (e Etat) EnCours() bool { return e == Ouverte || e == Refusee }

// Motifs are the reasons for which the pupil has left, as the school where he is knows them.
var Motifs = garder(scolarite.MotifsRadiation, "demenagement", "changement_ecole_commune", "passage_autre_ecole",
	"ecole_publique", "ecole_privee")

func garder(all []inscription.Valeur, codes ...string) []inscription.Valeur {
	return slices.DeleteFunc(slices.Clone(all), func(v inscription.Valeur) bool { return !slices.Contains(codes, v.Code) })
}

// MotifsRefus are the reasons not to let a pupil go.
var MotifsRefus = []inscription.Valeur{
	{Code: "present", Label: "L’élève fréquente toujours l’école"},
	{Code: "opposition", Label: "Un parent s’oppose à la radiation"},
	{Code: "autre_enfant", Label: "Ce n’est pas le même enfant"},
}

// Delai is how many working days the school has to answer.
const Delai = 3

// ouvres knows the week-ends and the public holidays of France (art. L3133-1 of the code du travail).
var ouvres = func() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(fr.Holidays...)
	return c
}()

// Echeance is the last day on which the school may answer a request of that day.
func Echeance(demande time.Time) time.Time {
	d := ouvres.WorkdaysFrom(demande, Delai)
	return date.Du(d.Year(), d.Month(), d.Day())
}

// JoursRestants is how many working days the school still has, the present one included, 0 once the delay is over.
func JoursRestants(echeance, today time.Time) int {
	if today.After(echeance) {
		return 0
	}
	return ouvres.WorkdaysInRange(today, echeance)
}

// Liberation is a request.
type Liberation struct {
	Etat     Etat
	Echeance time.Time
}

// Arbitrable tells whether the IEN or the IA may decide: the delay is over, or the school has refused.
func (l Liberation) Arbitrable(today time.Time) bool {
	return l.Etat == Refusee || l.Etat == Ouverte && today.After(l.Echeance)
}

// Repondre is the answer of the former school. It may come late, as long as nobody has decided for it.
func (l Liberation) Repondre() error {
	switch l.Etat {
	case Ouverte:
		return nil
	case Retiree:
		return refusal.InConflict("L’autre école a retiré sa demande.")
	}
	return refusal.InConflict("Cette demande a déjà sa réponse.")
}

// Refuser is a refusal, which has a reason.
func (l Liberation) Refuser(motif string) error {
	if err := l.Repondre(); err != nil {
		return err
	}
	if !inscription.Connu(MotifsRefus, motif) {
		return refusal.Of("motif_refus", "Choisissez pourquoi l’élève n’est pas libéré.")
	}
	return nil
}

// Retirer takes the request back.
func (l Liberation) Retirer() error {
	if !l.Etat.EnCours() {
		return refusal.InConflict("Cette demande a déjà sa réponse.")
	}
	return nil
}

// Demande is a request as it is typed.
type Demande struct {
	Depart time.Time
	Motif  string
}

// Valider says what is missing.
func (d Demande) Valider(today time.Time) error {
	var l refusal.List
	switch {
	case d.Depart.IsZero():
		l.Add("depart", "Indiquez le premier jour où l’élève n’est plus dans l’autre école.")
	case d.Depart.After(today):
		l.Add("depart", "On demande la libération d’un élève arrivé\u00a0: cette date est dans l’avenir.")
	}
	if !inscription.Connu(Motifs, d.Motif) {
		l.Add("motif_radiation", "Choisissez pourquoi l’élève a changé d’école.")
	}
	return l.Err()
}
