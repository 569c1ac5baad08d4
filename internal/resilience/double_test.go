package resilience_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/fixture"
)

const clicks = 50

// TestFiftyClicks sends one form fifty times at once: one pupil, one answer.
func TestFiftyClicks(t *testing.T) {
	m, dsn := fixture.NewClone(t)
	places := click(t, m)
	if n := count(t, dsn, `eleve`); n != 1 || len(places) != 1 {
		t.Errorf("%d pupils, %d answers %v; want one of each", n, len(places), places)
	}
	if n := count(t, dsn, `journal where acte in ('creer', 'inscrire')`); n != 2 {
		t.Errorf("%d lines of the journal, want 2", n)
	}
}

// The control: without the key that makes a sending unique, the same clicks make as many pupils.
func TestFiftyClicksWithoutTheKey(t *testing.T) {
	m, dsn := fixture.NewClone(t)
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `alter table envoi drop constraint envoi_pkey`); err != nil {
		t.Fatal(err)
	}
	if places := click(t, m); len(places) < 2 {
		t.Errorf("%d answers: the clicks would not make a second pupil anyway", len(places))
	}
}

// click sends one form from fifty places at once and returns where the answers lead, each once.
func click(t *testing.T, m *fixture.Monde) map[string]int {
	t.Helper()
	form := enfant("Zoé", m.Jeton("mairie"), m.Heure)
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		places = map[string]int{}
	)
	for range clicks {
		all.Go(func() {
			got := untilAnswered(func() fixture.Reponse { return m.PostAs("mairie", pathNouvelle, form) })
			if got.Code != http.StatusSeeOther {
				t.Errorf("got %d %s", got.Code, got.Body)
			}
			mu.Lock()
			defer mu.Unlock()
			places[got.Header.Get("Location")]++
		})
	}
	all.Wait()
	return places
}
