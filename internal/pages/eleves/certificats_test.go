package eleves_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// The certificates of a class are read on a page before they are printed: reading issues nothing, and the page then bears
// the numbers of the file.
func TestCertificatsDUneClasse(t *testing.T) {
	m := fixture.New(t)
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	m.Placer("directeur", m.Present("Noé"), fixture.CE1)
	m.Present("Zoé") // of no class
	to := "/eleves/certificats-scolarite"
	if got := m.Get("directeur", to); got.Code != 200 || strings.Contains(got.Body, "Lina") || !strings.Contains(got.Body, "Choisissez une classe") {
		t.Errorf("before a choice: %d", got.Code)
	}
	page := m.Get("directeur", to+"?classe="+fixture.CE1.String())
	if n := strings.Count(page.Body, `<article class="papier">`); n != 2 || strings.Contains(page.Body, "0659001F-2026") {
		t.Errorf("%d certificates on the page, or they have numbers already", n)
	}
	if n := fixture.Valeur[int](m, `select count(*) from document`); n != 0 {
		t.Errorf("reading has issued %d papers", n)
	}
	file := m.Get("directeur", to+".pdf?classe="+fixture.CE1.String())
	if said := fixture.Papier(t, file.Body); !strings.Contains(said, "Lina") || !strings.Contains(said, "Noé") || strings.Contains(said, "Zoé") {
		t.Errorf("the file says %s", said)
	}
	if page := m.Get("directeur", to+"?classe="+fixture.CE1.String()); !strings.Contains(page.Body, "0659001F-2026-0002") {
		t.Error("the page does not bear the numbers of the file")
	}
	if got := m.Get("directeur voisin", to+"?classe="+fixture.CE1.String()); strings.Contains(got.Body, "Lina") {
		t.Error("another school reads them")
	}
}

// The lines ticked in the list lead to the page of their certificates; a pupil who is not there is named.
func TestCertificatsCoches(t *testing.T) {
	m := fixture.New(t)
	lina, ugo := fratrie(m, false)
	f := url.Values{"id": {lina.ID.String(), ugo.ID.String()}}
	got := m.Post("directeur", "/eleves/certificats-scolarite", f)
	to := got.Header.Get("Location")
	if got.Code != 303 || strings.Count(m.Get("directeur", to).Body, `<article class="papier">`) != 2 {
		t.Errorf("%d, to %s", got.Code, to)
	}
	if got := m.Post("directeur", "/eleves/certificats-scolarite", nil); got.Code != 422 || !strings.Contains(got.Body, "Choisissez au moins un élève") {
		t.Errorf("nobody ticked: %d", got.Code)
	}
	if got := m.Get("directeur", "/eleves/certificats-radiation?"+f.Encode()); got.Code != 422 || !strings.Contains(got.Body, "ABADIE Lina") {
		t.Errorf("the radiation of pupils who are there: %d", got.Code)
	}
	if got := m.Get("directeur", "/eleves/"+lina.ID.String()+"/certificats-fratrie"); strings.Count(got.Body, `<article class="papier">`) != 2 {
		t.Errorf("brothers and sisters on a page: %d", got.Code)
	}
	if got := m.Get("directeur voisin", "/eleves/"+lina.ID.String()+"/certificats-fratrie"); got.Code != 404 {
		t.Errorf("those of another school: %d", got.Code)
	}
}
