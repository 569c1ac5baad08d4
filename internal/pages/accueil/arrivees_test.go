package accueil_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// Who is to come in is on the home page of those who let him: the service makes the letter and notes who came, the IA grants
// and accepts; nobody is asked to decide what he asked for.
func TestWhoIsToComeIn(t *testing.T) {
	m := fixture.New(t)
	home := func(agent, says string, want bool) {
		t.Helper()
		if got := strings.Contains(text(t, m.Get(agent, "/")), says); got != want {
			t.Errorf("%s: %q on the page: %t", agent, says, got)
		}
	}
	home("ia", "à accorder", false)
	home("service", "activation à faire", false)
	for path, form := range map[string]url.Values{
		"/comptes/nouveau":                 {"nom": {"Le Goff"}, "prenom": {"Maïté"}, "role": {"directeur"}, "territoire": {fixture.Ecole}, "debut": {"20112026"}},
		"/raccordements/" + fixture.Tarbes: {"demande_le": {"02/11/2026"}},
		"/formations/nouvelle":             {"jour": {"20/11/2026"}, "heure": {"14h"}, "lieu": {"Tarbes"}, "public": {"tous"}, "places": {"20"}},
	} {
		if got := m.Post("service", path, form); got.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", path, got.Code)
		}
	}
	home("ia", "1 habilitation à accorder", true)
	home("ia", "1 commune demande à rejoindre Base élèves", true)
	home("ia voisine", "à accorder", false)
	home("service", "lettre d’activation à faire", false)
	behind(m, `update compte set initial_jusqu_au = cree_le where nom = 'Le Goff'`)
	behind(m, `insert into formation_inscrit (formation_id, compte_id) select f.id, c.id from formation f, compte c where c.nom = 'Le Goff'`)
	home("service", "1 lettre d’activation à faire", true)
	home("service", "formation passée", false)
	behind(m, `update formation set jour = '2026-11-19'`)
	home("service", "1 formation passée sans présences", true)
	if got := m.Post("ia", "/comptes/"+m.Agent("directeur").Compte.String()+"/habilitation", url.Values{"role": {"ien"}, "territoire": {"0651044G"}, "debut": {"20112026"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("the IA asks: %d", got.Code)
	}
	home("ia", "1 habilitation à accorder", true)
	home("ia adjointe", "2 habilitations à accorder", true)
}
