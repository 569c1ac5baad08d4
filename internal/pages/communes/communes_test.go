package communes_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/fixture"
)

type proposition struct{ Code, Nom, CP, Dep string }

func TestSearch(t *testing.T) {
	m := fixture.New(t)
	for _, tt := range []struct {
		name, q string
		first   proposition
		none    bool
	}{
		{name: "le début du nom", q: "tarb", first: proposition{"65440", "Tarbes", "65000", "65"}},
		{name: "sans accent ni tiret", q: "bagneres de big", first: proposition{"65059", "Bagnères-de-Bigorre", "65200", "65"}},
		{name: "le code postal", q: "65000", first: proposition{"65440", "Tarbes", "65000", "65"}},
		{name: "le code postal tapé, quand elle en a plusieurs", q: "31500", first: proposition{"31555", "Toulouse", "31500", "31"}},
		{name: "rien", q: "", none: true},
		{name: "inconnue", q: "zzzz", none: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := m.Get("mairie", "/communes?q="+url.QueryEscape(tt.q))
			var list []proposition
			if err := json.Unmarshal([]byte(got.Body), &list); err != nil || got.Code != http.StatusOK {
				t.Fatalf("%d %s: %v", got.Code, got.Body, err)
			}
			if tt.none {
				if list == nil || len(list) != 0 {
					t.Errorf("got %v, want an empty list", list)
				}
			} else if len(list) == 0 || list[0] != tt.first {
				t.Errorf("got %v, want %v first", list, tt.first)
			}
		})
	}
}

// What the script writes in the field is read back as the same commune by a server that does not trust the code.
func TestProposedIsReadBack(t *testing.T) {
	m := fixture.New(t)
	for _, q := range []string{"tarb", "lourd", "saint", "paris", "31500", "65100", "ste-marie", "la", "monta", "971"} {
		var list []proposition
		if err := json.Unmarshal([]byte(m.Get("mairie", "/communes?q="+q).Body), &list); err != nil || len(list) == 0 {
			t.Fatalf("%s: %v, %v", q, list, err)
		}
		for _, p := range list {
			if c, err := commune.Parse(p.Nom + " (" + p.CP + ")"); err != nil || c.Insee != p.Code {
				t.Errorf("%s (%s) is read as %s, %v, want %s", p.Nom, p.CP, c.Insee, err, p.Code)
			}
		}
	}
}

func TestWhoMaySearch(t *testing.T) {
	m := fixture.New(t)
	for _, agent := range fixture.Agents() {
		want := http.StatusForbidden
		if strings.HasPrefix(agent, "mairie") || strings.HasPrefix(agent, "directeur") || strings.HasPrefix(agent, "ia") {
			want = http.StatusOK
		}
		if got := m.Get(agent, "/communes?q=tarbes").Code; got != want {
			t.Errorf("%s gets %d, want %d", agent, got, want)
		}
	}
	if got := m.Get("", "/communes?q=tarbes"); got.Code != http.StatusSeeOther {
		t.Errorf("a visitor gets %d", got.Code)
	}
}
