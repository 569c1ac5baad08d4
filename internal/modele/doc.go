// Package modele holds the life of a pupil in the register against a small model of it (domain.md §2.3): every
// transition, by every actor, in any order, through the domain and the database roles of the service. What the model
// refuses the application refuses, what it allows is done, and after each step the base says the same as the model.
// Developers come here when they add a transition: it is one function in actes_test.go.
//
//	go test ./internal/modele -rapid.steps=200 -rapid.checks=1000 -duree=30m
//
// runs longer than `make test` does.
package modele
