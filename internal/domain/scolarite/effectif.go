package scolarite

import (
	"strings"
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

// SQLEtatAu is the state of a scolarité on a day of its year: the admission and the radiation count from their date,
// whatever the day on which they were recorded. s is the name that the query gives to scolarite, jour what it calls the
// day. Before his admission a pupil is what he was last: admissible, or expected.
func SQLEtatAu(s, jour string) string {
	return strings.NewReplacer("s.", s+".", "$jour", jour).Replace(`case
		when s.etat = 'annulee' then 'annulee'
		when s.date_radiation <= $jour then 'radie'
		when s.date_admission <= $jour then 'admis_definitif'
		when s.etat = 'admissible' then 'admissible'
		else 'admis_accepte' end`)
}
