package eleves

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
)

// reuni is a merge of the file with another, undone by nobody yet.
type reuni struct {
	ID         uuid.UUID `json:"id"`
	Autre      uuid.UUID `json:"autre"`
	Ici        bool      `json:"ici"` // the other went into this one
	NomFamille string    `json:"nom_famille"`
	NomUsage   string    `json:"nom_usage"`
	Prenom     string    `json:"prenom"`
	FaiteLe    time.Time `json:"faite_le"`
}

func (r reuni) path() string { return "/eleves/" + r.Autre.String() }

func (r reuni) nom() string { return eleve.NomListe(r.NomFamille, r.NomUsage, r.Prenom) }

// clos tells that the file went into another.
func (v vue) clos() bool { return v.fiche.EtatDossier == eleve.Fusionne }

// sansInscription says why the file has none.
func (v vue) sansInscription() string {
	if v.clos() {
		return "Dossier réuni à un autre."
	}
	if len(v.fiche.Complements.HorsEcole) > 0 {
		return "Instruit hors de l’école."
	}
	return "Dossier sans inscription."
}

// sansResponsable says that there is none; a strict commune and the mairie of elsewhere read none.
func (v vue) sansResponsable() string {
	if v.agent.Role == habilitation.Mairie {
		return "Aucun responsable, ou responsables non communiqués à votre service."
	}
	return "Aucun responsable n’est noté."
}

// titre says which of the two files goes on.
func (r reuni) titre(v vue) string {
	le := date.Court(r.FaiteLe.In(v.agent.Maintenant.Location()))
	if r.Ici {
		return "Un autre dossier de cet enfant a été réuni à celui-ci le " + le + "."
	}
	return "Ce dossier a été réuni à un autre le " + le + "\u00a0: on n’y écrit plus."
}
