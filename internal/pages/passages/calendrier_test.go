package passages_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

func jours(version string, le ...string) url.Values {
	v := url.Values{"version": {version}}
	for i, champ := range []string{"propositions_le", "reponses_le", "decisions_le", "recours_le", "dossiers_le", "commission_le"} {
		v.Set(champ, le[i])
	}
	return v
}

// The IA sets the days of its département, over those of every year; its schools see them, the others keep theirs.
func TestCalendrier(t *testing.T) {
	m := fixture.New(t)
	fixture.Shows(t, m.Get("directeur", "/passages").Body, []string{"Propositions, jusqu’au 12\u00a0mars\u00a02027", "24/05/2027"}, nil) // control
	mien := jours("0", "05/03/2027", "20/03/2027", "09/04/2027", "24/04/2027", "30/04/2027", "02/06/2027")
	if got := m.Post("ia", "/passages/calendrier", mien); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	for _, agent := range []string{"directeur", "ien", "ia"} {
		fixture.Shows(t, m.Get(agent, "/passages").Body, []string{"5\u00a0mars\u00a02027", "02/06/2027"}, []string{"12\u00a0mars\u00a02027"})
	}
	fixture.Shows(t, m.Get("directeur lointain", "/passages").Body, []string{"12\u00a0mars\u00a02027"}, []string{"02/06/2027"})
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'regler_campagne'`); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}

	got := m.Post("ia", "/passages/calendrier", jours("0", "06/03/2027", "20/03/2027", "09/04/2027", "24/04/2027", "30/04/2027", "02/06/2027"))
	if got.Code != 409 {
		t.Errorf("by an old page: %d", got.Code)
	}
	fixture.Shows(t, got.Body, []string{"05/03/2027", "06/03/2027"}, nil)
	got = m.Post("ia", "/passages/calendrier", jours("1", "06/03/2027", "", "01/03/2027", "24/04/2028", "30/04/2027", "02/06/2027"))
	if got.Code != 422 {
		t.Errorf("wrong days: %d", got.Code)
	}
	fixture.Shows(t, got.Body, []string{"Indiquez la date.", "n’est pas de l’année scolaire 2026-2027"}, nil)
	for _, agent := range []string{"directeur", "ien", "mairie"} {
		if got := m.Post(agent, "/passages/calendrier", mien); got.Code != 403 {
			t.Errorf("%s sets it: %d", agent, got.Code)
		}
	}
}
