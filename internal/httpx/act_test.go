package httpx_test

import (
	"net/url"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// The answer of a form is remembered for a week, then forgotten.
func TestEnvoisOublies(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	if got := m.Post("mairie", "/eleves/"+lina.ID.String()+"/periscolaire", url.Values{"restaurant": {"true"}}); got.Code != 303 {
		t.Fatalf("the act: %d", got.Code)
	}
	const envois = `select count(*) from envoi`
	if n := fixture.Valeur[int](m, envois); n != 1 { // control
		t.Fatalf("%d answers are remembered, want 1", n)
	}
	for i, left := range []int{1, 0} { // a week later, then a minute more
		m.Heure = m.Heure.Add([]time.Duration{7 * 24 * time.Hour, time.Minute}[i])
		if err := m.Site.OublierEnvois(t.Context()); err != nil || fixture.Valeur[int](m, envois) != left {
			t.Errorf("on %s: want %d (%v)", m.Heure, left, err)
		}
	}
}
