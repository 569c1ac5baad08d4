// Package modele holds the life of a pupil in the register against a small model of it (domain.md §2.3): every
// transition, by every actor, in any order, through the domain and the database roles of the service. What the model
// refuses the application refuses, what it allows is done, and after each step the base says the same as the model.
// Developers come here when they add a transition: it is one line of the list in actes_test.go, and its
// rule beside it.
// `make test` draws the same sequences each time, `make explore` others for as long as one likes.
package modele
