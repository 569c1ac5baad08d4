package classes_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// change is the form of the CE1 opened on its first version; pairs change it.
func change(pairs ...string) url.Values {
	v := url.Values{"version": {"1"}, "libelle_court": {"CE1 A"}, "libelle_long": {"Les lynx"}, "niveau": {"CE1"}, "enseignant": {"Mme Cazaux"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestModifierClasse(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		form        url.Values
		code        int
		shows       string
		libelle     string
	}{
		{"le directeur la renomme", "directeur", change("libelle_court", "CE1 B"), 303, "", "CE1 B v2"},
		{"pas sans nom", "directeur", change("libelle_court", ""), 422, "Donnez un nom court", "CE1 A v1"},
		{"pas du nom d’une autre", "directeur", change("libelle_court", "CE2-CM1"), 422, "Une autre classe porte déjà ce nom", "CE1 A v1"},
		{"pas en perdant un niveau qui a ses élèves", "directeur", change("niveau", "CE2"), 422, "Des élèves de ce niveau sont placés dans la classe", "CE1 A v1"},
		{"le directeur d’à côté ne la voit pas", "directeur du même", change("libelle_court", "X"), 404, "", "CE1 A v1"},
		{"ni le voisin", "directeur voisin", change("libelle_court", "X"), 404, "", "CE1 A v1"},
		{"l’IEN lit", "ien", change("libelle_court", "X"), 403, "", "CE1 A v1"},
		{"la mairie non plus n’écrit pas", "mairie", change("libelle_court", "X"), 403, "", "CE1 A v1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			places(m)
			got := m.Post(tt.agent, ce1+"/modifier", tt.form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if unknown := m.Post(tt.agent, inconnu+"/modifier", tt.form); tt.code == 404 && unknown.Body != got.Body {
				t.Error("a foreign class and an unknown one do not get the same bytes")
			}
			if l := libelle(m, fixture.CE1); l != tt.libelle {
				t.Errorf("the register holds %s, want %s", l, tt.libelle)
			}
		})
	}
}

func TestWhoOpensTheForm(t *testing.T) {
	m := fixture.New(t)
	for agent, code := range map[string]int{"directeur": 200, "directeur du même": 404, "ien": 403, "ia": 403, "mairie": 403} {
		if got := m.Get(agent, ce1+"/modifier"); got.Code != code {
			t.Errorf("%s gets %d, want %d", agent, got.Code, code)
		}
	}
	fixture.Shows(t, m.Get("directeur", ce1+"/modifier").Body, []string{`value="CE1 A"`, `value="CE1" checked`, `name="version" value="1"`, "Supprimer la classe"}, nil)
}

// Two people change the same class: the second sees both versions, keeps what he typed, and may then overwrite.
func TestConflictOnAClass(t *testing.T) {
	m := fixture.New(t)
	if got := m.Post("directeur", ce1+"/modifier", change("enseignant", "M. Rey")); got.Code != 303 {
		t.Fatalf("the first gets %d", got.Code)
	}
	got := m.Post("directeur", ce1+"/modifier", change("enseignant", "Mme Soulé", "salle", "7"))
	if got.Code != 409 {
		t.Fatalf("the second gets %d, want 409", got.Code)
	}
	fixture.Shows(t, got.Body, []string{"Les deux versions", "<td>M. Rey</td>", "<ins>Mme Soulé</ins>", `value="Mme Soulé"`, `value="7"`, `name="version" value="2"`}, nil)
	if got := m.Post("directeur", ce1+"/modifier", change("enseignant", "Mme Soulé", "version", "2")); got.Code != 303 {
		t.Errorf("sent again knowingly it gets %d", got.Code)
	}
	if l := libelle(m, fixture.CE1); l != "CE1 A v3" {
		t.Errorf("the register holds %s", l)
	}
}

func TestSameTypingIsNoConflict(t *testing.T) {
	m := fixture.New(t)
	m.Post("directeur", ce1+"/modifier", change("enseignant", "M. Rey"))
	if got := m.Post("directeur", ce1+"/modifier", change("enseignant", "M. Rey")); got.Code != 303 || got.Header.Get("Location") != ce1 {
		t.Errorf("got %d to %s", got.Code, got.Header.Get("Location"))
	}
}

func TestSupprimerClasse(t *testing.T) {
	for _, tt := range []struct {
		name, agent, version string
		occupee              bool
		code                 int
		shows                string
		left                 bool
	}{
		{"une classe vide disparaît", "directeur", "1", false, 303, "", false},
		{"pas une classe qui a eu des élèves", "directeur", "1", true, 422, "elle ne peut plus être supprimée", true},
		{"pas une classe qui a changé", "directeur", "7", false, 409, "Quelqu’un a modifié cette classe entre-temps", true},
		{"pas celle d’un autre", "directeur voisin", "1", false, 404, "", true},
		{"pas par l’IEN", "ien", "1", false, 403, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			if tt.occupee {
				places(m)
			}
			got := m.Post(tt.agent, ce1+"/supprimer", url.Values{"version": {tt.version}})
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if left := libelle(m, fixture.CE1) != "aucune"; left != tt.left {
				t.Errorf("the class is there: %v", left)
			}
		})
	}
}

// The form does not offer what will be refused.
func TestOccupiedClassStays(t *testing.T) {
	m := fixture.New(t)
	places(m)
	fixture.Shows(t, m.Get("directeur", ce1+"/modifier").Body, []string{"elle reste au registre"}, []string{ce1 + "/supprimer"})
}
