package app_test

import (
	"slices"
	"testing"

	"base-eleves/internal/fixture"
)

// eprouvees are the routes that ask the agent to prove again who he is (security.md SES-5): files of names that leave the
// base; a national number shown whole, or typed; a key or a habilitation that is to open something; what stops everybody. The exports of one's own school's lists do not, which are of
// every day; those of the list builder ask beyond one school, in their page.
var eprouvees = []string{
	"GET /comptes.csv", "GET /comptes.pdf", "GET /comptes.xlsx", "GET /eleves/{id}/ine", "GET /extractions/apercu",
	"GET /ine/{id}/numero",
	"GET /journal/comptes/{id}/eleves.csv", "GET /journal/comptes/{id}/lignes.csv",
	"GET /ma-cle/acces", "GET /ma-cle/application", "GET /ma-cle/mot-de-passe",
	"GET /reprise/onde-eleves.csv", "GET /reprise/onde-responsables.csv",
	"POST /cles/{id}/attribuer", "POST /cles/{id}/recaler", "POST /cles/{id}/remettre", "POST /cles/{id}/retablir",
	"POST /comptes/habilitations", "POST /comptes/import/{depot}", "POST /comptes/lettres", "POST /comptes/nouveau", "POST /comptes/{id}/lettre", "POST /eleves/{id}/ine",
	"POST /extractions/ent/fichier", "POST /extractions/fichier", "POST /fichiers/{fichier}/decision",
	"POST /ine/{id}/numero", "POST /ma-cle/acces", "POST /ma-cle/acces/{id}/retirer", "POST /ma-cle/codes", "POST /urgence",
}

func TestRoutesThatAskForAProof(t *testing.T) {
	var found []string
	for _, r := range fixture.New(t).App.Routes {
		if r.Preuve > 0 {
			found = append(found, r.Method+" "+r.Path)
		}
	}
	slices.Sort(found)
	if !slices.Equal(found, eprouvees) {
		t.Errorf("these ask: %v\nwant %v", found, eprouvees)
	}
}
