package scenario

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Difference is a pupil whom two boards of a year place otherwise.
type Difference struct {
	Eleve Eleve
	A, B  *Classe // nil for none
}

// QueueDeux reads two boards of one year.
func QueueDeux(l *territoire.Lecture, agent habilitation.Agent, a, b *Tableau) {
	a.queueEleves(l, agent)
	b.queueEleves(l, agent)
	a.queueClasses(l)
	a.QueueScenarios(l, a.Cible.Annee)
}

// FinirDeux makes them whole.
func FinirDeux(a, b *Tableau) error {
	b.Classes, b.Scenarios = a.Classes, a.Scenarios
	if err := a.Finir(); err != nil {
		return err
	}
	return b.Finir()
}

// Comparer lists the pupils who differ, in the order of the first board.
func Comparer(a, b *Tableau) (list []Difference) {
	add := func(e Eleve, in, other *uuid.UUID) {
		if d := (Difference{e, a.Classe(in), a.Classe(other)}); d.A != d.B {
			list = append(list, d)
		}
	}
	others, known := b.parDossier(), a.parDossier()
	for _, e := range a.Eleves {
		add(e, e.ClasseID, others[e.ID].ClasseID)
	}
	for _, e := range b.Eleves {
		if _, seen := known[e.ID]; !seen {
			add(e, nil, e.ClasseID)
		}
	}
	return list
}
