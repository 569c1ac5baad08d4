package comptes_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// Whoever asks does not decide, and nobody decides for himself (ACL-11): the service asks, one of the IA grants what another
// has asked for.
func TestFourEyes(t *testing.T) {
	m := fixture.New(t)
	adresse, _ := creer(m, nouvelle())
	h := habilitation(m, adresse)
	m.Heure = m.Heure.Add(time.Minute)
	if body := m.Get("ia", "/comptes/habilitations").Body; !strings.Contains(body, h) || !strings.Contains(body, "LE GOFF") {
		t.Error("the IA does not see the demand")
	}
	if got := m.Post("service", "/comptes/habilitations", url.Values{"id": {h}}); got.Code != http.StatusForbidden {
		t.Errorf("the service grants: %d", got.Code)
	}
	if got := m.Post("ia voisine", "/comptes/habilitations", url.Values{"id": {h}}); got.Code != http.StatusNotFound {
		t.Errorf("the IA of another département: %d", got.Code)
	}
	if got := m.Post("ia", "/comptes/habilitations", url.Values{"id": {h}}); got.Code != http.StatusSeeOther {
		t.Errorf("the IA: %d %s", got.Code, alert(got.Body))
	}
	if n := fixture.Valeur[int](m, `select count(*) from habilitation where id = $1 and etat = 'accordee' and decidee_par <> demandee_par`, h); n != 1 {
		t.Error("it is not granted")
	}
	if got := m.Post("ia", adresse+"/habilitation", url.Values{"role": {"ien"}, "territoire": {"0651044G"}, "debut": {"20112026"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("the IA asks: %d %s", got.Code, alert(got.Body))
	}
	asked := fixture.Valeur[string](m, `select id::text from habilitation where role = 'ien' and etat = 'demandee'`)
	got := m.Post("ia", "/comptes/habilitations", url.Values{"id": {asked}})
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "Une autre personne de l’inspection académique décide") {
		t.Errorf("he grants what he asked for: %d", got.Code)
	}
	if got := m.Post("ia adjointe", "/comptes/habilitations/refuser", url.Values{"id": {asked}, "motif": {"personne"}}); got.Code != http.StatusSeeOther {
		t.Errorf("his colleague refuses: %d %s", got.Code, alert(got.Body))
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte in ('creer_compte', 'demander_habilitation', 'accorder_habilitation', 'refuser_habilitation')`); n != 5 {
		t.Errorf("%d lines in the journal", n)
	}
}

// What is granted opens at once, what is withdrawn closes at once (ACL-8).
func TestWithdrawnAtOnce(t *testing.T) {
	m := fixture.New(t)
	h, c := m.Agent("directeur").Habilitation.String(), m.Agent("directeur").Compte.String()
	if got := m.Get("directeur", "/classes"); got.Code != http.StatusOK {
		t.Fatal(got.Code)
	}
	if got := m.Post("service", "/comptes/"+c+"/habilitations/"+h+"/retirer", url.Values{}); got.Code != http.StatusConflict && got.Code != http.StatusUnprocessableEntity {
		t.Errorf("the service withdraws what the IA granted: %d", got.Code)
	}
	if got := m.Post("ia", "/comptes/"+c+"/habilitations/"+h+"/retirer", url.Values{}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	if got := m.Get("directeur", "/classes"); got.Code != http.StatusSeeOther {
		t.Errorf("it still opens: %d", got.Code)
	}
}

// A director changes school on the first of September: the old habilitation ends the day before, once the new is granted.
func TestChangeOfSchoolWithoutAGap(t *testing.T) {
	m := fixture.New(t)
	c, h := m.Agent("directeur").Compte.String(), m.Agent("directeur").Habilitation.String()
	form := url.Values{"role": {"directeur"}, "territoire": {fixture.Voisine}, "debut": {"01092027"}, "remplace_id": {h}}
	if got := m.Post("service", "/comptes/"+c+"/habilitation", form); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	asked := fixture.Valeur[string](m, `select id::text from habilitation where compte_id = $1 and etat = 'demandee'`, c)
	if fin := fixture.Valeur[*time.Time](m, `select fin from habilitation where id = $1`, h); fin != nil {
		t.Error("a demand ends what is open")
	}
	if got := m.Post("ia", "/comptes/habilitations", url.Values{"id": {asked}}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	for day, want := range map[string]string{"2027-08-31": fixture.Ecole, "2027-09-01": fixture.Voisine} {
		if got := fixture.Valeur[string](m, `select string_agg(ecole_uai, ' ') from habilitation where compte_id = $1 and etat = 'accordee'
			and debut <= $2::date and (fin is null or $2::date <= fin)`, c, day); got != want {
			t.Errorf("on %s: %s", day, got)
		}
	}
}

// Who administers accounts, keys and their journal does not use the data, and the reverse (AUD-10): no account is the
// service's and another's in the same days, unless the one ends as the other begins.
func TestServiceIsApartFromTheData(t *testing.T) {
	const apart = "Qui administre les comptes ne lit pas les dossiers."
	m := fixture.New(t)
	ask := func(agent, role, territoire string, more url.Values) fixture.Reponse {
		form := url.Values{"role": {role}, "territoire": {territoire}, "debut": {"01092027"}}
		for name, v := range more {
			form[name] = v
		}
		return m.Post("ia", "/comptes/"+m.Agent(agent).Compte.String()+"/habilitation", form)
	}
	if r := ask("directeur", "service", "", nil); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, apart) {
		t.Errorf("a directeur in the service: %d", r.Code)
	}
	if r := ask("service", "directeur", fixture.Voisine, nil); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, apart) {
		t.Errorf("one of the service who directs a school: %d", r.Code)
	}
	if r := ask("directeur", "ien", "0651044G", nil); r.Code != http.StatusSeeOther {
		t.Errorf("a directeur who is also IEN: %d %s", r.Code, alert(r.Body))
	}
	h := m.Agent("directeur voisin").Habilitation.String()
	if r := ask("directeur voisin", "service", "", url.Values{"remplace_id": {h}}); r.Code != http.StatusSeeOther {
		t.Errorf("a directeur who leaves for the service: %d %s", r.Code, alert(r.Body))
	}
}
