package eleve

import (
	"time"

	"base-eleves/internal/domain/ecole"
)

// Visite is an examination that the law gives to every child, before he reaches an age. A school names the children, it
// records nothing of what is found.
type Visite struct{ Ans int }

// The visits of the premier degré.
var (
	// BilanPMI is that of children of three to four years, in écoles maternelles (code de la santé publique, art. L. 2112-2, 2°).
	BilanPMI = Visite{4}
	// SixiemeAnnee is the medical visit that every child has in the course of his sixth year (code de l'éducation, art. L. 541-1).
	SixiemeAnnee = Visite{6}
)

// AvantLe is the birthday by which the visit must have taken place.
func (v Visite) AvantLe(naissance time.Time) time.Time { return naissance.AddDate(v.Ans, 0, 0) }

// Concerne tells whether the time of the visit ends within the school year: each child is on the list of one year, whatever
// his class.
func (v Visite) Concerne(naissance time.Time, annee ecole.Annee) bool {
	return annee.Contient(v.AvantLe(naissance))
}

// Bornes are the first and the last birth of a year.
func (v Visite) Bornes(annee ecole.Annee) (du, au time.Time) {
	return annee.Debut().AddDate(-v.Ans, 0, 0), annee.Fin().AddDate(-v.Ans, 0, 0)
}
