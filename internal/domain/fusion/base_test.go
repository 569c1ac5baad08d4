package fusion_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/fusion"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// toutSQL is all that two files are made of, but how often and when they were written.
const toutSQL = `
	select coalesce(string_agg(l, chr(10) order by l), '') from (
		select 'eleve ' || (to_jsonb(t) - 'version')::text as l from eleve t where id = any ($1)
		union all select 'scolarite ' || (to_jsonb(t) - 'version')::text from scolarite t where eleve_id = any ($1)
		union all select 'affectation ' || to_jsonb(t)::text from affectation t join scolarite s on s.id = t.scolarite_id where s.eleve_id = any ($1)
		union all select 'inscription ' || (to_jsonb(t) - 'version')::text from inscription t where eleve_id = any ($1)
		union all select 'lien ' || (to_jsonb(t) - 'version')::text from lien_responsable t where eleve_id = any ($1)
		union all select 'contact ' || (to_jsonb(t) - 'version')::text from personne_autorisee t where eleve_id = any ($1)
		union all select 'periscolaire ' || (to_jsonb(t) - 'version')::text from periscolaire t where eleve_id = any ($1)
		union all select 'autorisation ' || (to_jsonb(t) - 'version')::text from autorisation t where eleve_id = any ($1)
		union all select 'hors école ' || (to_jsonb(t) - 'version')::text from rattachement t where eleve_id = any ($1)
		union all select 'dispositif ' || (to_jsonb(t) - 'version')::text from beneficiaire t where eleve_id = any ($1)
		union all select 'ine ' || (to_jsonb(t) - '{version,depuis}'::text[])::text from immatriculation t where eleve_id = any ($1)) t`

// meublesSQL is what a file may hold besides; $1 is the pupil, $2 a digit that is no other file's.
var meublesSQL = []string{
	`insert into personne_autorisee (id, eleve_id, nom_famille, prenom, lien, tel_portable, urgence, autorisee, rang)
		select gen_random_uuid(), $1, 'Contact', 'Numéro ' || $2::int, 'autre', '06 00 00 00 0' || $2::int, true, true, 1`,
	`insert into periscolaire (eleve_id, annee, garderie_matin, garderie_soir, etude, restaurant, transport)
		select $1, 2026, $2::int = 1, true, false, true, false`,
	`insert into autorisation (eleve_id, annee, assureur, num_contrat, responsabilite_civile, individuelle_accident,
		attestation_fournie, photo, rentre_seul) select $1, 2026, 'Assureur ' || $2::int, '', true, false, true, true, false`,
	`update eleve set prenom2 = 'Deux' || $2::int, nom_usage = 'Usage' || $2::int where id = $1`,
	// The periods of both files have a day in common when each has one.
	`insert into rattachement (id, eleve_id, ecole_uai, modalite, debut, fin)
		select gen_random_uuid(), $1, '` + fixture.Ecole + `', 'hopital', date '2026-09-01' + $2::int * 10, case when $2::int = 1 then date '2026-09-20' end`,
	`insert into beneficiaire (id, eleve_id, ecole_uai, dispositif, debut)
		select gen_random_uuid(), $1, '` + fixture.Ecole + `', 'ulis', date '2026-09-01' + $2::int`,
	`update responsable set prenom = 'Parent' || $2::int where id in (select responsable_id from lien_responsable where eleve_id = $1)`,
}

// In the base itself, where keys, exclusions and triggers have their say: merge then unmerge is identity, whole rows
// compared, and what was typed in between stays.
func TestMergeThenUnmergeInTheBase(t *testing.T) {
	m := fixture.New(t)
	taken, typed := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		garde := m.Present("Lina")
		autre := m.Inscrire("mairie", fixture.Ecole, "Lyna")
		if rapid.Bool().Draw(rt, "accepté") {
			autre = m.Accepter("directeur", autre)
			if rapid.Bool().Draw(rt, "présent") {
				autre = m.Admettre("directeur", autre)
			}
		}
		for i, e := range []fixture.Enfant{garde, autre} {
			for n, sql := range meublesSQL {
				if rapid.Bool().Draw(rt, fmt.Sprint("meuble", n)) {
					execute(rt, m, sql, e.ID, i+1)
				}
			}
		}
		files := []string{garde.ID.String(), autre.ID.String()}
		before := fixture.Valeur[string](m, toutSQL, files)
		pris := slices.DeleteFunc(slices.Clone(fusion.Champs), func(string) bool { return rapid.Bool().Draw(rt, "garder") })
		taken += len(pris)

		var id uuid.UUID
		act(rt, m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
			id, err = fusion.Fusionner(ctx, tx, a, fusion.Choix{Garde: garde.ID, Absorbe: autre.ID, Pris: pris})
			return err
		})
		if during := fixture.Valeur[string](m, toutSQL, files); during == before {
			rt.Fatal("the merge has changed nothing")
		}
		if rapid.Bool().Draw(rt, "corriger") { // then back, so that the whole can be compared
			typed++
			execute(rt, m, `update eleve set prenom3 = 'Corrigé' where id = $1 and $2::int > 0`, garde.ID, 1)
		}
		act(rt, m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			_, err := fusion.Defaire(ctx, tx, a, id)
			return err
		})
		if third := fixture.Valeur[string](m, `select prenom3 from eleve where id = $1`, garde.ID); third != "" {
			if third != "Corrigé" {
				rt.Fatalf("the third first name is %q", third)
			}
			execute(rt, m, `update eleve set prenom3 = '' where id = $1 and $2::int > 0`, garde.ID, 1)
		}
		if after := fixture.Valeur[string](m, toutSQL, files); after != before {
			rt.Fatalf("taken %v\nbefore:\n%s\nafter:\n%s", pris, before, after)
		}
	})
	if taken == 0 || typed == 0 {
		t.Errorf("%d columns taken, %d corrections: this test proves nothing", taken, typed)
	}
}

func execute(t *rapid.T, m *fixture.Monde, sql string, id uuid.UUID, n int) {
	if _, err := m.Tx.Exec(context.Background(), sql, id, n); err != nil {
		t.Fatal(sql, err)
	}
}

func act(t *rapid.T, m *fixture.Monde, do func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error) {
	ctx, a := context.Background(), m.Agent("directeur")
	if err := m.DB.Ecrire(ctx, a.Portee(), func(tx territoire.Tx) error { return do(ctx, tx, a) }); err != nil {
		t.Fatal(err)
	}
}
