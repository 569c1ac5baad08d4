package monde

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/ecole"
)

// Vie is all that a secteur holds: the classes of its schools and the families with their children.
type Vie struct {
	Classes  []*Classe
	Familles []*Famille
}

// Classe is a class of one year.
type Classe struct {
	ID          uuid.UUID
	Ecole       string
	Annee       ecole.Annee
	Libelle     string
	LibelleLong string
	Enseignant  string
	Salle       string
	Niveaux     []ecole.Niveau
}

// Famille is an invented family whose homes and people bear the identifiers of the register.
type Famille struct {
	invention.Famille
	Foyers       []uuid.UUID // of Famille.Foyers
	Responsables []uuid.UUID // of Famille.Responsables
	Eleves       []*Eleve
	Alternee     bool // the children live in the second home too
}

// Eleve is a pupil with all his lines of the register.
type Eleve struct {
	ID uuid.UUID
	invention.Enfant
	Ecole           string // "" while there is none
	Mairie          string
	TenuParLaMairie bool
	Etat            string
	CreeLe          time.Time
	Inscriptions    []*Inscription
	Scolarites      []*Scolarite
	Immatriculation *Immatriculation
	Contacts        []Contact
	Annee           ecole.Annee   // of what follows
	Periscolaire    *Periscolaire // nil while the family has not said
	Autorisation    *Autorisation // likewise
}

// Inscription is an act of a mairie, or of a school in its place.
type Inscription struct {
	ID              uuid.UUID
	Annee           ecole.Annee
	Commune, Ecole  string
	Etat            string
	Niveau          ecole.Niveau
	DateDemande     time.Time
	DateInscription time.Time // zero when there is none
	Derogation      string
	MotifAnnulation string
	SaisiParLEcole  bool
}

// Scolarite is a year of a pupil in a school.
type Scolarite struct {
	ID             uuid.UUID
	Ecole          string
	Annee          ecole.Annee
	Inscription    uuid.UUID // zero when there is none
	Etat           string
	Niveau         ecole.Niveau
	Classe         *Classe
	DateEffet      time.Time
	DateAdmission  time.Time
	DateRadiation  time.Time
	Motif          string
	DestinationUAI string
	Destination    string

	sansClasse bool
}

// Affectation is the period that a scolarité spent in its class; fin is zero while it lasts.
func (s *Scolarite) Affectation() (debut, fin time.Time) {
	debut = s.DateAdmission
	if debut.IsZero() {
		debut = s.DateEffet
	}
	return debut, s.DateRadiation
}

// Immatriculation is the request of a number; AttribueLe is zero until it is attributed, Raison is what it waits for.
type Immatriculation struct {
	Etat, Raison          string
	DemandeLe, AttribueLe time.Time
}
