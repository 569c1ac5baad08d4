package app_test

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/reprise"
	"base-eleves/internal/fixture"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
)

// depot is a file that a directeur has sent, and whose preview is ready.
func depot(m *fixture.Monde, directeur string) string {
	m.Helper()
	const file = "Nom;Prénom;Date de naissance;Sexe;Niveau\r\nPujol;Hugo;01/02/2018;M;CE1\r\n"
	var id uuid.UUID
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if id, err = reprise.Deposer(tx, a, "eleves.csv", []byte(file)); err != nil {
			return err
		}
		_, err = reprise.Choisir(ctx, tx, a, id, reprise.Choix{
			Genre: onde.Eleves, Annee: 2026, Correspondance: onde.Correspondance{"nom_famille", "prenom", "date_naissance", "sexe", "niveau"},
		})
		return err
	})
	return id.String()
}

// operation is a take-over that changed nothing, in the directeur's school.
func operation(m *fixture.Monde, directeur string) string {
	m.Helper()
	id := uuid.New()
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := tx.Exec(ctx, `insert into operation (id, ecole_uai, genre, annee, nom, faite_le, compte_id, crees, modifies, inchanges, refuses)
			values ($1, $2, 'eleves', 2026, 'eleves.csv', $3, $4, 0, 0, 1, 0)`, id, a.Ecole, a.Maintenant, a.Compte)
		return err
	})
	return id.String()
}
