// Package scolarite is the law of the school's register: who is admitted, when he becomes présent, in which class he
// is placed, when he is struck off (domain.md §2.3, T05 to T15). The rules are pure methods of Scolarite; the functions
// of acte.go lock, decide, save and record.
package scolarite

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
)

// Etat is where a scolarité stands.
type Etat string

// The states of domain.md §2.1, in the order in which a pupil meets them.
const (
	Admissible     Etat = "admissible"
	AdmisAccepte   Etat = "admis_accepte"
	AdmisDefinitif Etat = "admis_definitif"
	Radie          Etat = "radie"
	Annulee        Etat = "annulee"
)

// Etats lists the states that users choose among.
var Etats = []Etat{Admissible, AdmisAccepte, AdmisDefinitif, Radie}

// Label is the state as its users name it.
func (e Etat) Label() string {
	switch e {
	case Admissible:
		return "Admissible"
	case AdmisAccepte:
		return "Admission acceptée"
	case AdmisDefinitif:
		return "Présent"
	case Radie:
		return "Radié"
	case Annulee:
		return "N’est pas venu"
	}
	return ""
}

// Scolarite is one line of the register: a pupil in a school for a school year.
type Scolarite struct {
	ID             uuid.UUID
	Version        int
	EleveID        uuid.UUID
	InscriptionID  *uuid.UUID
	Ecole          string
	Annee          int
	Etat           Etat
	Niveau         string
	ClasseID       *uuid.UUID
	DateEffet      *time.Time
	DateAdmission  *time.Time
	DateRadiation  *time.Time
	Motif          string // of the radiation
	DestinationUAI string
	Destination    string
}

// Accepter answers the family favourably: the niveau and the date d'effet are required (T06).
func (s *Scolarite) Accepter(niveau ecole.Niveau, effet time.Time, typ ecole.Type, inscritLe time.Time) error {
	var l refusal.List
	switch s.Etat {
	case AdmisAccepte, AdmisDefinitif:
		return refusal.InConflict("L’admission de cet élève est déjà acceptée.")
	case Radie, Annulee:
		return refusal.InConflict("Cette scolarité est close.")
	}
	_ = l.Take(validerNiveau(niveau, typ))
	annee := ecole.Annee(s.Annee)
	switch {
	case effet.IsZero():
		l.Add("date_effet", dateEffetAbsente)
	case effet.Before(inscritLe):
		l.Add("date_effet", "La date d’effet précède l’inscription.")
	case !annee.Contient(effet):
		l.Add("date_effet", "La date d’effet n’est pas dans l’année scolaire "+annee.Libelle()+".")
	}
	if err := l.Err(); err != nil {
		return err
	}
	s.Etat, s.Niveau, s.DateEffet = AdmisAccepte, string(niveau), &effet
	return nil
}

const dateEffetAbsente = "Indiquez la date d’effet, par exemple le jour de la rentrée."

// validerNiveau refuses a niveau that the school does not open.
func validerNiveau(niveau ecole.Niveau, typ ecole.Type) error {
	switch {
	case !niveau.Connu():
		return refusal.Of("niveau", "Choisissez le niveau.")
	case !typ.Ouvre(niveau):
		return refusal.Of("niveau", "L’école n’a pas de "+niveau.Libelle()+".")
	}
	return nil
}

// Reporter puts the admission off: the pupil is admissible (T05).
func (s *Scolarite) Reporter() error {
	if s.Etat != "" {
		return refusal.InConflict("Seul un élève inscrit et sans réponse de l’école peut être mis en admissibilité.")
	}
	s.Etat = Admissible
	return nil
}

// Admettre is the admission définitive: the child is there (T08). today is the day of the act.
func (s *Scolarite) Admettre(le, today time.Time) error {
	switch {
	case s.Etat == AdmisDefinitif:
		return refusal.InConflict("Cet élève est déjà présent dans l’école.")
	case s.Etat != AdmisAccepte:
		return refusal.InConflict("Acceptez d’abord l’admission\u00a0: le niveau et la date d’effet sont nécessaires.")
	case le.IsZero():
		return refusal.Of("date_admission", "Indiquez la date d’admission.")
	case le.After(today):
		return refusal.Of("date_admission", "On admet un élève présent\u00a0: cette date est dans l’avenir.")
	case le.Before(*s.DateEffet):
		return refusal.Of("date_admission", "La date d’admission précède la date d’effet.")
	case !ecole.Annee(s.Annee).Contient(le):
		return refusal.Of("date_admission", "La date d’admission n’est pas dans l’année scolaire "+ecole.Annee(s.Annee).Libelle()+".")
	}
	s.Etat, s.DateAdmission = AdmisDefinitif, &le
	return nil
}

// Retirer takes an acceptance back: the pupil is only inscrit again.
func (s *Scolarite) Retirer() error {
	if s.Etat != Admissible && s.Etat != AdmisAccepte {
		return refusal.InConflict("Un élève présent ne redevient pas inscrit\u00a0: radiez-le s’il est parti.")
	}
	s.Etat, s.ClasseID = Annulee, nil
	return nil
}

// Abandonner records that an expected child will not come: he was never here, so he is not radié (T15).
func (s *Scolarite) Abandonner(motif string) error {
	if s.Etat == AdmisDefinitif || s.Etat == Radie {
		return refusal.InConflict("Cet élève est venu\u00a0: s’il est parti, radiez-le.")
	}
	if s.Etat == Annulee {
		return errPlusAttendu
	}
	if !inscription.Connu(inscription.MotifsAnnulation, motif) {
		return refusal.Of("motif_annulation", "Choisissez pourquoi l’enfant ne viendra pas.")
	}
	s.Etat, s.ClasseID = Annulee, nil
	return nil
}

// Classe is what placing needs to know of a class.
type Classe struct {
	ID      uuid.UUID
	Ecole   string
	Annee   int
	Libelle string
	Niveaux []string
}

// Affecter places the pupil in a class of his school, of the year and of his niveau (T09); nil takes him out.
func (s *Scolarite) Affecter(c *Classe) error {
	if s.Etat != AdmisAccepte && s.Etat != AdmisDefinitif {
		return refusal.InConflict("Seul un élève dont l’admission est acceptée peut être placé dans une classe.")
	}
	if c == nil {
		s.ClasseID = nil
		return nil
	}
	if c.Ecole != s.Ecole || c.Annee != s.Annee {
		return refusal.Of("classe_id", "Cette classe n’est pas de l’école ou de l’année de l’élève.")
	}
	for _, n := range c.Niveaux {
		if n == s.Niveau {
			s.ClasseID = &c.ID
			return nil
		}
	}
	return refusal.Of("classe_id", "La classe "+c.Libelle+" n’accueille pas de "+s.Niveau+".")
}
