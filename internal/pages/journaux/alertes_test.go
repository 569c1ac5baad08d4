package journaux_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/alerte"
	"base-eleves/internal/fixture"
)

// sonder has an agent try n addresses of files that he may not open.
func sonder(m *fixture.Monde, agent string, n int) {
	m.Helper()
	for range n {
		e := m.PresentAilleurs("Lina")
		if r := m.Get(agent, "/eleves/"+e.ID.String()); r.Code != http.StatusNotFound {
			m.Fatalf("%d", r.Code)
		}
	}
	if err := m.Site.EcrireSondes(m.TB.Context()); err != nil {
		m.Fatal(err)
	}
}

// AUD-8, end to end: five foreign addresses are told to the IA and to the service on their first page, who say what came of
// it; the one who tried learns nothing.
func TestAlerteDeSonde(t *testing.T) {
	m := fixture.New(t)
	sonder(m, "directeur", 4)
	releve := func() int {
		n, err := alerte.Relever(t.Context(), m.DB, m.Heure)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := releve(); n != 0 || strings.Contains(m.Get("ia", "/").Body, "alerte d’accès") {
		t.Fatalf("%d alerts after four tries", n)
	}
	sonder(m, "directeur", 1)
	if n := releve(); n != 1 {
		t.Fatalf("%d alerts after five tries", n)
	}
	for _, agent := range []string{"ia", "service"} {
		fixture.Shows(t, texte(m.Get(agent, "/").Body), []string{"1 alerte d’accès à examiner"}, nil)
		fixture.Shows(t, texte(m.Get(agent, "/journal/alertes").Body), []string{"À examiner", "Adresses hors du territoire", m.Agent("directeur").Nom}, nil)
	}
	if page := m.Get("directeur", "/").Body; strings.Contains(page, "alerte") {
		t.Error("the directeur is told")
	}
	path := "/journal/alertes/" + fixture.Valeur[string](m, `select id::text from alerte`)
	for agent, want := range map[string]string{"ia": "Ce que ce compte a vu ces jours-là", "service": "Le journal technique de ces jours-là"} {
		fixture.Shows(t, texte(m.Get(agent, path).Body), []string{want, "au moins 5 dossiers"}, nil)
	}
	if r := m.Post("service", path, url.Values{"suite": {"bof"}}); r.Code != 422 || !strings.Contains(r.Body, "Dites ce que vous avez constaté.") {
		t.Errorf("no answer chosen: %d", r.Code)
	}
	if r := m.Post("service", path, url.Values{"suite": {"explique"}}); r.Code != 303 {
		t.Fatalf("%d\n%s", r.Code, r.Body)
	}
	if r := m.Post("ia", path, url.Values{"suite": {"normal"}}); r.Code != 422 || !strings.Contains(r.Body, "déjà traitée") {
		t.Errorf("answered twice: %d", r.Code)
	}
	fixture.Shows(t, texte(m.Get("ia", "/journal/alertes").Body), []string{"Expliqué par la personne"}, []string{"À examiner"})
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'traiter_alerte' and motif = 'explique'`); n != 1 {
		t.Errorf("%d lines say it", n)
	}
}

// Nobody answers for his own account.
func TestAlerteSurSoi(t *testing.T) {
	m := fixture.New(t)
	_, err := m.Tx.Exec(t.Context(), `insert into alerte (genre, compte_id, departement_code, nombre, seuil, premiere, derniere)
		select 'sonde', id, departement_code, 5, 5, now(), now() from compte where id = $1`, m.Agent("ia").Compte)
	if err != nil {
		t.Fatal(err)
	}
	path := "/journal/alertes/" + fixture.Valeur[string](m, `select id::text from alerte`)
	if page := m.Get("ia", path).Body; strings.Contains(page, `name="suite"`) || !strings.Contains(page, "une autre personne la traite") {
		t.Error("the form is offered")
	}
	if r := m.Post("ia", path, url.Values{"suite": {"normal"}}); r.Code != 422 {
		t.Errorf("%d", r.Code)
	}
	if r := m.Post("service", path, url.Values{"suite": {"normal"}}); r.Code != 303 { // control
		t.Errorf("another one: %d", r.Code)
	}
}
