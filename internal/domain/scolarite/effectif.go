package scolarite

import (
	"time"

	"base-eleves/internal/domain/ecole"
)

// Compte is the state that the effectif of a year counts (domain.md §2.2): the pupils who are there; before the year
// begins, those who are expected.
func Compte(annee ecole.Annee, jour time.Time) Etat {
	if jour.Before(annee.Debut()) {
		return AdmisAccepte
	}
	return AdmisDefinitif
}
