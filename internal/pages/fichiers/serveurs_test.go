package fichiers_test

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/app"
	"base-eleves/internal/fixture"
)

// A server that died leaves its work to another, a third that dies too leaves it failed; one whose access was closed
// meanwhile is told why.
func TestServerThatDies(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "oui")
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := m.Tx.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	begun := `update travail set etat = 'en_cours', prise = 1, battement = $1`
	exec(begun, m.Heure.Add(-time.Minute))
	if m.Fabriquer(); etat(m) != "en_cours" {
		t.Errorf("a living server loses its work: %s", etat(m))
	}
	exec(begun, m.Heure.Add(-3*time.Minute))
	m.Essayer(func() {
		if m.Fabriquer(); etat(m) != "pret" {
			t.Errorf("nobody takes over: %s", etat(m))
		}
	})
	m.Essayer(func() {
		exec(`update habilitation set fin = $1::date - 1 where role = 'ia'`, m.Heure)
		if m.Fabriquer(); etat(m) != "echec" || !strings.Contains(fixture.Valeur[string](m, `select raison from travail`), "Votre accès était fermé") {
			t.Errorf("the access was closed: %s", etat(m))
		}
	})
	for prise, want := range map[int]string{1: "attente", 2: "echec"} { // the next is the second, then the third
		m.Essayer(func() {
			exec(`update travail set prise = $1`, prise)
			broken := app.Atelier(m.Site)
			broken.Metiers = nil
			if _, err := broken.Suivant(t.Context()); err == nil || etat(m) != want {
				t.Errorf("begun %d times, broken again: %s, want %s (%v)", prise, etat(m), want, err)
			}
		})
	}
}

// Two servers do not make the same file: each skips what the other has taken.
func TestTwoServers(t *testing.T) {
	m, dsn := fixture.NewClone(t)
	m.Present("Lina")
	const asked = 4
	for range asked {
		m.Post("directeur", "/editions/preparer", url.Values{"document": {"/editions/fiches-urgence"}, "requete": {"classe=toute"}})
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for fait := true; fait; {
				var err error
				if fait, err = app.Atelier(m.Site).Suivant(context.Background()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	var ready, takes int
	if err := conn.QueryRow(t.Context(), `select count(*) filter (where etat = 'pret'), sum(prise) from travail`).Scan(&ready, &takes); err != nil {
		t.Fatal(err)
	}
	if ready != asked || takes != asked {
		t.Errorf("%d files ready of %d, begun %d times", ready, asked, takes)
	}
}
