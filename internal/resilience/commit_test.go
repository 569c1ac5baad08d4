package resilience_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
)

// TestCutAtTheWorstMoment loses the connection where nobody can know whether the act was done. The page that says so
// sends the form again: it is done once, and the answer is the first one's.
func TestCutAtTheWorstMoment(t *testing.T) {
	for _, tt := range []struct {
		name, at string
		late     bool
		done     int // pupils after the first sending
	}{
		{"le COMMIT est fait, sa réponse est perdue", "commit\x00", true, 1},
		{"le COMMIT n’arrive pas", "commit\x00", false, 0},
		{"l’acte n’arrive pas", "insert into inscription", false, 0},
		{"l’acte est fait, la session ne s’écrit pas", "insert into sessions", false, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.cutAt(tt.at, tt.late)
			got := w.PostAs("mairie", pathNouvelle, enfant("Zoé", w.Jeton("mairie"), w.Heure))
			unavailable(t, got)
			if got.Header.Get("Location") != "" || strings.Count(got.Body, "<html") != 1 {
				t.Errorf("two answers in one: %v\n%s", got.Header, got.Body)
			}
			if n := count(t, w.dsn, `eleve`); n != tt.done || w.happened() != 1 {
				t.Fatalf("%d pupils after %d cuts, want %d: this is not the moment", n, w.happened(), tt.done)
			}
			if page := w.Get("mairie", "/inscriptions"); strings.Contains(page.Body, "est enregistrée") {
				t.Error("a page says that it is recorded")
			}
			w.sendAgain(t, got)
		})
	}
}

// The control: a form typed again, instead of sent again, makes a second pupil of the one whose answer was lost.
func TestCutAtTheWorstMomentTypedAgain(t *testing.T) {
	w := newWorld(t)
	w.cutAt("commit\x00", true)
	for range 2 {
		w.PostAs("mairie", pathNouvelle, enfant("Zoé", w.Jeton("mairie"), w.Heure))
	}
	if n := count(t, w.dsn, `eleve`); n != 2 {
		t.Errorf("%d pupils, want 2: the key of the form would prove nothing", n)
	}
}

// TestPageWhoseSessionIsNotWritten answers a page once, though it was ready when its session could not be written.
func TestPageWhoseSessionIsNotWritten(t *testing.T) {
	for _, path := range []string{"/inscriptions", "/inscriptions.csv"} {
		t.Run(path, func(t *testing.T) {
			w := newWorld(t)
			w.Heure = w.Heure.Add(2 * time.Minute) // the use of the session is noted each minute
			w.cutAt("insert into sessions", false)
			got := w.Get("mairie", path)
			unavailable(t, got)
			if strings.Count(got.Body, "<html") != 1 || strings.Contains(got.Body, "Nom") || got.Header.Get("Content-Disposition") != "" {
				t.Errorf("two answers in one: %v\n%s", got.Header, got.Body)
			}
			if got := w.Get("mairie", path); got.Code != http.StatusOK {
				t.Errorf("then %d", got.Code)
			}
		})
	}
}

// world is the application behind a passerelle.
type world struct {
	*fixture.Monde
	*passerelle
	dsn string
}

func newWorld(t *testing.T) world {
	t.Helper()
	dsn := postgrestest.Clone(t)
	p, through := newPasserelle(t, dsn)
	w := world{fixture.OnBase(t, through), p, dsn}
	w.Cookie("mairie")
	return w
}

// sendAgain presses the button of the page twice.
func (w world) sendAgain(t *testing.T, page fixture.Reponse) {
	t.Helper()
	kept := fields(t, page.Body, "")
	first := w.PostAs("mairie", pathNouvelle, kept)
	second := w.PostAs("mairie", pathNouvelle, kept)
	place := first.Header.Get("Location")
	if first.Code != http.StatusSeeOther || second.Code != http.StatusSeeOther || second.Header.Get("Location") != place {
		t.Errorf("sent again %d %s, then %d %s", first.Code, place, second.Code, second.Header.Get("Location"))
	}
	if n := count(t, w.dsn, `eleve`); n != 1 {
		t.Errorf("%d pupils, want 1", n)
	}
	if n := count(t, w.dsn, `inscription where id::text = $1`, strings.TrimPrefix(place, "/inscriptions/")); n != 1 {
		t.Errorf("the answer leads to %s, where there is nothing", place)
	}
}
