package inscriptions_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// « Inscrire et saisir le suivant » comes back to the search, which says what was done; the draft is forgotten.
func TestInscrireEtSaisirLeSuivant(t *testing.T) {
	m := fixture.New(t)
	const id = "0b000000-0000-4000-8000-000000000001"
	form := nouvelle(url.Values{"brouillon": {id}, "suite": {"oui"}})
	if got := m.Post("mairie", "/brouillons?page=/inscriptions/nouvelle", form); got.Code != 204 || count(m, "brouillon") != 1 {
		t.Fatalf("the draft is not kept: %d", got.Code)
	}
	if to := inscrire(t, m, form); to != "/inscriptions/nouvelle" || count(m, "inscription") != 1 {
		t.Errorf("leads to %s", to)
	}
	shows(t, m.Get("mairie", "/inscriptions/nouvelle").Body, "L’inscription de Zoé Duprat est enregistrée. Saisissez l’enfant suivant.")
	if n := count(m, "brouillon"); n != 0 {
		t.Errorf("%d drafts outlive the act", n)
	}
}

// A form refused keeps its draft under the same name.
func TestInscrireRefuseGardeLeBrouillon(t *testing.T) {
	m := fixture.New(t)
	const id = "0b000000-0000-4000-8000-000000000001"
	form := nouvelle(url.Values{"brouillon": {id}, "prenom": {""}})
	m.Post("mairie", "/brouillons?page=/inscriptions/nouvelle", form)
	got := m.Post("mairie", "/inscriptions/nouvelle", form)
	shows(t, got.Body, `name="brouillon" value="`+id+`"`)
	if n := count(m, "brouillon"); got.Code != 422 || n != 1 {
		t.Errorf("answered %d, %d drafts", got.Code, n)
	}
}
