package eleve_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// What makes the same child: the name however it is written, the day, the sexe. A twin has another first name.
func TestIdentiques(t *testing.T) {
	m := fixture.New(t)
	m.Present("Maëlle-Rose")
	m.PresentAilleurs("Inès")
	for _, tt := range []struct {
		name   string
		change func(*eleve.Identite)
		want   int
	}{
		{"le même, écrit autrement", func(i *eleve.Identite) { i.NomFamille, i.Prenom = "ABADIE", "maelle rose" }, 1},
		{"dans un autre territoire aussi", func(i *eleve.Identite) { i.Prenom = "Ines" }, 1},
		{"sa jumelle", func(i *eleve.Identite) { i.Prenom = "Lise" }, 0},
		{"né un autre jour", func(i *eleve.Identite) { i.DateNaissance = i.DateNaissance.AddDate(0, 0, 1) }, 0},
		{"un garçon du même nom", func(i *eleve.Identite) { i.Sexe = eleve.Masculin }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := fixture.Lina("Maëlle-Rose").Identite
			tt.change(&i)
			m.Ecrire("mairie", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
				list, err := eleve.Identiques(ctx, tx, i)
				if len(list) != tt.want {
					t.Errorf("found %v, want %d", list, tt.want)
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
	avril := time.Date(2019, time.April, 12, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name        string
		id          uuid.UUID
		nom, prenom string
		naissance   time.Time
		found       bool
	}{
		{"nom, prénom et date", ailleurs.ID, "Abadie", "Inès", avril, true},
		{"un autre prénom", ailleurs.ID, "Abadie", "Inè", avril, false},
		{"une autre date", ailleurs.ID, "Abadie", "Inès", avril.AddDate(0, 1, 0), false},
		{"rien d’autre que l’identifiant", ailleurs.ID, "", "", time.Time{}, false},
		{"un enfant de son territoire, par son seul identifiant", ici.ID, "", "", time.Time{}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m.Ecrire("mairie voisine", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
				c, err := eleve.FindConnu(ctx, tx, tt.id, tt.nom, tt.prenom, tt.naissance)
				if found := err == nil; found != tt.found {
					t.Errorf("found %v, %v", c, err)
				}
				if err != nil && !territoire.Introuvable(err) {
					return err
				}
				return nil
			})
		})
	}
}
