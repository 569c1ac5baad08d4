package eleve_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

var avril = time.Date(2019, time.April, 12, 0, 0, 0, 0, time.UTC)

// Who may be the child that is entered, wherever he is, and why. The rule is internal/domain/rapprochement's; this says
// that the base finds him.
func TestRessemblants(t *testing.T) {
	m := fixture.New(t)
	m.Present("Maëlle-Rose")
	m.PresentAilleurs("Inès")
	for _, tt := range []struct {
		name   string
		change func(*eleve.Identite)
		want   rapprochement.Raison // "": nobody
	}{
		{"la même, écrite autrement", func(i *eleve.Identite) { i.NomFamille, i.Prenom = "ABADIE", "maelle rose" }, rapprochement.PrenomAutrement},
		{"dans un autre territoire", func(i *eleve.Identite) { i.Prenom = "Ines" }, rapprochement.PrenomAutrement},
		{"comme on l’entend", func(i *eleve.Identite) { i.NomFamille = "Habbadi" }, rapprochement.NomMemeSon},
		{"jour et mois inversés", func(i *eleve.Identite) { i.DateNaissance = time.Date(2019, time.December, 4, 0, 0, 0, 0, time.UTC) }, rapprochement.JourMoisInverses},
		{"un autre jour de la même année", func(i *eleve.Identite) { i.DateNaissance = avril.AddDate(0, 0, 1) }, rapprochement.DateProche},
		{"nom et prénom inversés", func(i *eleve.Identite) { i.NomFamille, i.Prenom = "Maelle", "Abadie" }, rapprochement.NomPrenomInverses},
		{"un nom de plus", func(i *eleve.Identite) { i.NomFamille = "Abadie-Pujol" }, rapprochement.NomCompose},
		{"son nom comme nom d’usage", func(i *eleve.Identite) { i.NomFamille, i.NomUsage = "Pujol", "Abadie" }, rapprochement.ParNomUsage},
		{"sa jumelle", func(i *eleve.Identite) { i.Prenom = "Lise" }, ""},
		{"un autre nom", func(i *eleve.Identite) { i.NomFamille = "Pujol" }, ""},
		{"une autre année", func(i *eleve.Identite) { i.DateNaissance = avril.AddDate(-3, 1, 5) }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := fixture.Lina("Maëlle-Rose").Identite
			tt.change(&i)
			m.Ecrire("mairie", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
				list, err := eleve.Ressemblants(ctx, tx, i)
				if len(list) != min(1, len(tt.want)) || len(list) == 1 && !slices.Contains(list[0].Raisons(), tt.want) {
					t.Errorf("found %v, want one for %q", list, tt.want)
				}
				return err
			})
		})
	}
}

// An identifier does not open a child of another territory to one who does not know whose it is.
func TestFindConnu(t *testing.T) {
	m := fixture.New(t)
	ici, ailleurs := m.PresentAilleurs("Maëlle"), m.Present("Inès")
	for _, tt := range []struct {
		name        string
		id          uuid.UUID
		nom, prenom string
		naissance   time.Time
		found       bool
	}{
		{"nom, prénom et date", ailleurs.ID, "Abadie", "Inès", avril, true},
		{"comme on l’entend", ailleurs.ID, "Abadi", "Inesse", avril, true},
		{"un autre prénom", ailleurs.ID, "Abadie", "Irène", avril, false},
		{"une autre date", ailleurs.ID, "Abadie", "Inès", avril.AddDate(0, 1, 3), false},
		{"rien d’autre que l’identifiant", ailleurs.ID, "", "", time.Time{}, false},
		{"un enfant de son territoire, par son seul identifiant", ici.ID, "", "", time.Time{}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m.Ecrire("mairie voisine", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
				c, err := eleve.FindConnu(ctx, tx, tt.id, eleve.Identite{NomFamille: tt.nom, Prenom: tt.prenom, DateNaissance: tt.naissance})
				if found := err == nil; found != tt.found {
					t.Errorf("found %v, %v", c, err)
				}
				if r, ok := refusal.As(err); err != nil && (!ok || r.Kind != refusal.Unknown) {
					return err
				}
				return nil
			})
		})
	}
}

// Thirty children in ten minutes; the same one again is no other child, and ten minutes later one may go on.
func TestTropDeRecherches(t *testing.T) {
	m := fixture.New(t)
	chercher := func(n int) error {
		i := fixture.Lina(fmt.Sprint("Lina", n)).Identite
		_, err := eleve.Chercher(t.Context(), m.DB, m.Agent("mairie"), i, func(*territoire.Lecture) {})
		return err
	}
	for n := range 30 {
		if err := chercher(n); err != nil {
			t.Fatalf("search %d: %v", n, err)
		}
	}
	if err := chercher(7); err != nil {
		t.Errorf("the same child again: %v", err)
	}
	if err := chercher(30); err == nil || !strings.Contains(err.Error(), "trente enfants") {
		t.Errorf("the thirty-first child: %v", err)
	}
	m.Heure = m.Heure.Add(11 * time.Minute)
	if err := chercher(30); err != nil {
		t.Errorf("ten minutes later: %v", err)
	}
}
