package cle_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/fixture"
	_ "base-eleves/internal/fixture/graine"
	"base-eleves/internal/territoire"
)

// stocker puts keys in stock by a vendor's file, as the pages do.
func stocker(m *fixture.Monde, agent string, series ...string) []uuid.UUID {
	m.Helper()
	var file strings.Builder
	file.WriteString("serie;secret\n")
	for _, s := range series {
		file.WriteString(s + ";" + enHexa + "\n")
	}
	m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		id, err := cle.Deposer(ctx, tx, a, m.Site.Coffre, "clés.csv", []byte(file.String()))
		if err != nil {
			return err
		}
		_, err = cle.Entrer(ctx, tx, a, m.Site.Coffre, id)
		return err
	})
	ids := make([]uuid.UUID, len(series))
	for i, s := range series {
		ids[i] = fixture.Valeur[uuid.UUID](m, `select id from cle where numero_serie = $1`, s)
	}
	return ids
}

// machine is what a key may go through, written apart from the code: security.md AUT-16.
var machine = map[cle.Etat]map[cle.Geste]cle.Etat{
	cle.Stock:     {cle.Attribuer: cle.Attribuee},
	cle.Attribuee: {cle.Reprendre: cle.Stock, cle.Remettre: cle.Remise, cle.Perdre: cle.Perdue},
	cle.Remise:    {cle.Suspendre: cle.Suspendue, cle.Perdre: cle.Perdue, cle.Restituer: cle.Restituee},
	cle.Active:    {cle.Suspendre: cle.Suspendue, cle.Perdre: cle.Perdue, cle.Restituer: cle.Restituee},
	cle.Suspendue: {cle.Retablir: cle.Remise, cle.Perdre: cle.Perdue, cle.Restituer: cle.Restituee},
	cle.Perdue:    {cle.Restituer: cle.Restituee},
	cle.Restituee: {cle.Ranger: cle.Stock},
}

var gestes = []cle.Geste{
	cle.Attribuer, cle.Reprendre, cle.Remettre, cle.Suspendre, cle.Retablir, cle.Perdre, cle.Restituer, cle.Ranger,
}

// modele is three keys, two people, and what the service has done to them so far.
type modele struct {
	m        *fixture.Monde
	ids      []uuid.UUID
	etats    []cle.Etat
	tiennent []string // identifier of the holder
	etapes   int
}

// attendue tells whether another key already waits for that person.
func (s *modele) attendue(but int, identifiant string) bool {
	for i, e := range s.etats {
		if i != but && s.tiennent[i] == identifiant && (e == cle.Attribuee || e == cle.Remise) {
			return true
		}
	}
	return false
}

// faire tries an act on a key, and compares what comes of it with the machine.
func (s *modele) faire(t *rapid.T) {
	i := rapid.IntRange(0, len(s.ids)-1).Draw(t, "clé")
	g := rapid.SampledFrom(gestes).Draw(t, "geste")
	qui := rapid.SampledFrom([]string{"agent.2", "agent.4"}).Draw(t, "qui")
	vers, ok := machine[s.etats[i]][g]
	tient := s.tiennent[i]
	if g == cle.Attribuer {
		tient = qui
	}
	if (vers == cle.Attribuee || vers == cle.Remise && g == cle.Retablir) && s.attendue(i, tient) {
		ok = false
	}
	a := s.m.Agent("service")
	err := s.m.DB.Ecrire(context.Background(), a.Portee(), func(tx territoire.Tx) error {
		version := fixture.Valeur[int](s.m, `select version from cle where id = $1`, s.ids[i])
		if g == cle.Attribuer {
			return cle.Donner(context.Background(), tx, a, s.ids[i], version, qui)
		}
		_, err := cle.Faire(context.Background(), tx, a, s.ids[i], version, g)
		return err
	})
	if r, refused := refusal.As(err); err != nil && (!refused || r.Kind != refusal.Conflict) || ok != (err == nil) {
		t.Fatalf("%s of a key %s held by %q: %v, want %v", g, s.etats[i], s.tiennent[i], err, ok)
	}
	if !ok {
		return
	}
	s.etapes++
	s.etats[i], s.tiennent[i] = vers, tient
	if vers == cle.Stock {
		s.tiennent[i] = ""
	}
}

// juger compares the base with the model.
func (s *modele) juger(t *rapid.T) {
	for i, id := range s.ids {
		got := fixture.Valeur[string](s.m, `select etat || ' ' || coalesce((select identifiant from compte c where c.id = k.compte_id), '')
			from cle k where id = $1`, id)
		if want := string(s.etats[i]) + " " + s.tiennent[i]; got != want {
			t.Fatalf("key %d is %q, want %q", i, got, want)
		}
	}
	if got := fixture.Valeur[int](s.m, `select count(*) from cle_etape where cle_id = any ($1)`, s.ids); got != s.etapes+len(s.ids) {
		t.Fatalf("%d steps are written, want %d", got, s.etapes+len(s.ids))
	}
}

// Whatever the service tries, in whatever order, a key goes through its life and nowhere else, one at a time waits for a
// person, and each step is written down (security.md AUT-16).
func TestVieDUneCle(t *testing.T) {
	m := fixture.New(t)
	rapid.Check(t, func(t *rapid.T) {
		const serie = "VIE-"
		ids := stocker(m, "service", serie+"A", serie+"B", serie+"C")
		s := &modele{m: m, ids: ids, etats: []cle.Etat{cle.Stock, cle.Stock, cle.Stock}, tiennent: make([]string, 3)}
		for range rapid.IntRange(5, 15).Draw(t, "gestes") {
			s.faire(t)
			s.juger(t)
		}
		if _, err := m.Tx.Exec(context.Background(), `delete from cle where id = any ($1)`, ids); err != nil {
			t.Fatal(err)
		}
	})
}

// The base holds the same machine as the code: it refuses what goes round the acts, whoever asks, and only that.
func TestLaBaseGardeLaMachine(t *testing.T) {
	m := fixture.New(t)
	id := stocker(m, "service", "HP-1")[0]
	ctx := context.Background()
	peut := func(de, vers cle.Etat) bool {
		for g, v := range machine[de] {
			if v == vers && slices.Contains(de.Gestes("TOTP", true), g) {
				return true
			}
		}
		return de == cle.Remise && vers == cle.Active // by the first right code
	}
	for _, de := range cle.Etats {
		for _, vers := range cle.Etats {
			if de == vers {
				continue
			}
			tx, err := m.Tx.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			// To stand in that state without having gone there.
			_, err = tx.Exec(ctx, `alter table cle disable trigger user`)
			if err == nil {
				_, err = tx.Exec(ctx, `update cle set etat = $2, compte_id = $3, motif = $4 where id = $1`, id, de, titulaire(m, de), motif(de))
			}
			if err == nil {
				_, err = tx.Exec(ctx, `alter table cle enable trigger user`)
			}
			if err != nil {
				t.Fatal(err)
			}
			_, err = tx.Exec(ctx, `update cle set etat = $2, compte_id = $3, motif = $4 where id = $1`, id, vers, titulaire(m, vers), motif(vers))
			var pg *pgconn.PgError
			if refused := errors.As(err, &pg) && pg.Code == "23514"; refused == peut(de, vers) {
				t.Errorf("from %s to %s: %v", de, vers, err)
			}
			if err := tx.Rollback(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func motif(e cle.Etat) string {
	if e == cle.Suspendue {
		return "demande"
	}
	return ""
}

func titulaire(m *fixture.Monde, e cle.Etat) *uuid.UUID {
	if e == cle.Stock {
		return nil
	}
	id := m.Agent("directeur").Compte
	return &id
}

// The service reads no secret, and touches no key of another département.
func TestLeServiceNeLitAucunSecret(t *testing.T) {
	m := fixture.New(t)
	stocker(m, "service", "HP-1")
	loin := stocker(m, "service voisin", "HP-2")[0]
	a := m.Agent("service")
	for _, tt := range []struct {
		name, sql string
		refused   bool
		n         int64
	}{
		{"its keys", `select numero_serie from cle where etat = 'stock'`, false, 1},
		{"a secret", `select secret_chiffre from cle`, true, 0},
		{"a whole row", `select * from cle`, true, 0},
		{"a key of another département", `update cle set etat = 'attribuee' where id = '` + loin.String() + `'`, false, 0},
		{"a secret replaced", `update cle set secret_chiffre = ''`, true, 0},
		{"a key deleted", `delete from cle`, true, 0},
		{"the history rewritten", `delete from cle_etape`, true, 0},
	} {
		var n int64
		err := m.DB.Ecrire(t.Context(), a.Portee(), func(tx territoire.Tx) error {
			tag, err := tx.Exec(t.Context(), tt.sql)
			n = tag.RowsAffected()
			return err
		})
		var pg *pgconn.PgError
		if refused := errors.As(err, &pg) && pg.Code == "42501"; refused != tt.refused || n != tt.n || err != nil && !refused {
			t.Errorf("%s: %d rows, %v", tt.name, n, err)
		}
	}
}
