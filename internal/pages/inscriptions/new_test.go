package inscriptions_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

func TestInscrire(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, nil)
	got := m.Get("mairie", page)
	shows(t, got.Body, "L’inscription est enregistrée.", "Duprat", "Zoé", "Née le", "École primaire Jean-Jaurès, Tarbes",
		"Cours élémentaire 2e année", "3 rue des Fossés, 65000 Tarbes", "Père, autorité parentale", "Duprat Jean",
		"Demande le 15/11/2026, inscription le 15/11/2026.")
}

var _ = url.Values{}
