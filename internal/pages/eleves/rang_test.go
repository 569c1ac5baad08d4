package eleves_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// The directeur says whom the school calls first; the other follows, and nobody else moves anybody.
func TestOrdreDAppel(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	shows(t, m.Post("directeur", file+"/responsables/nouveau", url.Values{"nature": {"personne"}, "lien": {"pere"}, "civilite": {"M."},
		"nom_famille": {"Pujo"}, "prenom": {"Luc"}, "autorite_parentale": {"true"}, "meme_adresse": {"true"}}), 303)
	order := func() string {
		return fixture.Valeur[string](m, `select string_agg(r.prenom, ' ' order by l.rang) from lien_responsable l
			join responsable r on r.id = l.responsable_id where l.eleve_id = $1`, e.ID)
	}
	person := func(prenom string) string {
		return file + "/responsables/" + fixture.Valeur[string](m, `select id::text from responsable where prenom = $1`, prenom)
	}
	shows(t, m.Get("directeur", file), 200, "Ordre d’appel", "En premier", person("Luc")+"/avancer")
	if got := order(); got != "Anne Luc" {
		t.Fatalf("before: %s", got)
	}
	for _, tt := range []struct {
		agent, path string
		code        int
	}{
		{"mairie", person("Luc"), 422}, {"ien", person("Luc"), 403}, {"directeur voisin", person("Luc"), 404},
		{"directeur", file + "/responsables/" + fixture.Inconnu.String(), 404}, {"directeur", person("Anne"), 422},
	} {
		if got := m.Post(tt.agent, tt.path+"/avancer", nil); got.Code != tt.code || order() != "Anne Luc" {
			t.Errorf("%s: got %d, want %d, %s", tt.agent, got.Code, tt.code, order())
		}
	}
	shows(t, m.Post("directeur", person("Luc")+"/avancer", nil), 303)
	if got := order(); got != "Luc Anne" {
		t.Errorf("after: %s", got)
	}
	shows(t, m.Get("directeur", file+"/historique"), 200, "Ordre")
}
