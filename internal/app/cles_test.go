package app_test

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/formation"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/ouverture"
	"base-eleves/internal/domain/raccordement"
	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// cles are the identifiers of the keys of a département: one in stock, a vendor's file sent.
type cles struct{ cle, depot string }

// armer has the service of the place put keys in stock, and send the file of another.
func armer(m *fixture.Monde, p place) (c cles) {
	m.Helper()
	serie := uuid.NewString()[:8] // a place may be settled twice
	fichier := func(s string) []byte {
		return []byte("serie;secret\n" + s + ";3132333435363738393031323334353637383930\n")
	}
	m.Ecrire(p.service, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		depot, err := cle.Deposer(ctx, tx, a, m.Site.Coffre, "cles.csv", fichier(serie+"A"))
		if err != nil {
			return err
		}
		if _, err := cle.Entrer(ctx, tx, a, m.Site.Coffre, depot); err != nil {
			return err
		}
		if depot, err = cle.Deposer(ctx, tx, a, m.Site.Coffre, "cles.csv", fichier(serie+"B")); err != nil {
			return err
		}
		c.depot = depot.String()
		return tx.QueryRow(ctx, `select id::text from cle where numero_serie = upper($1)`, serie+"A").Scan(&c.cle)
	})
	return c
}

// deposerComptes has the service of the place send a file of people.
func deposerComptes(m *fixture.Monde, p place) (depot string) {
	m.Helper()
	m.Ecrire(p.service, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		id, err := ouverture.Deposer(ctx, tx, a, m.Site.Coffre, "comptes.csv", []byte("nom;prenom;role;territoire\nAbadie;Luc;directeur;"+p.uai+"\n"))
		depot = id.String()
		return err
	})
	return depot
}

// former has the service of the place plan a training, and call its directeur to it; and enter the request of its mayor.
func former(m *fixture.Monde, p place) (id string) {
	m.Helper()
	m.Ecrire(p.service, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		seance, err := formation.Planifier(ctx, tx, a, formation.Seance{Jour: a.Aujourdhui(), Heure: "14h00", Lieu: "Tarbes", Public: formation.Tous, Places: 20})
		if err != nil {
			return err
		}
		id = seance.String()
		return nil
	})
	m.Ecrire(p.service, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		err := raccordement.Demander(ctx, tx, a, raccordement.Requete{Insee: commune(m, p), Le: a.Aujourdhui()})
		if err != nil && !httpx.Stale(err) { // a place may be settled twice
			return err
		}
		return formation.Convoquer(ctx, tx, a, uuid.MustParse(id), []uuid.UUID{m.Agent(p.directeur).Compte})
	})
	return id
}

// accesDe gives an agent a passkey beside another, and returns it.
func accesDe(m *fixture.Monde, agent string) (id string) {
	m.Helper()
	ctx := context.Background()
	err := m.DB.Connexion(ctx, func(tx territoire.Tx) error {
		return tx.QueryRow(ctx, `with deux as (insert into cle (id, compte_id, numero_serie, type)
			select gen_random_uuid(), $1, 'L-' || gen_random_uuid(), 'WEBAUTHN' from generate_series(1, 2) returning id)
			select id::text from deux limit 1`, m.Agent(agent).Compte).Scan(&id)
	})
	if err != nil {
		m.Fatal(err)
	}
	return id
}
