package elections_test

import (
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// contestee is an election whose results were proclaimed on the day of the vote, eleven days ago.
func contestee(t *testing.T) (m *fixture.Monde, to string) {
	t.Helper()
	m, to, une, autre := scrutinDepuis(t, 20)
	post(t, m, to+"/annuler", 422, "il n’y a rien à annuler", "version", "1", "annulee_le", "091026", "annulation", "scrutin")
	post(t, m, to+"/resultats", 303, "", "proclamee_le", "091026", "votants", "5", "nuls", "0", "suffrages."+une, "3", "suffrages."+autre, "2")
	return m, to
}

func version(m *fixture.Monde) string {
	return fixture.Valeur[string](m, `select max(version)::text from election`)
}

// The inspection annuls a contested election: it is noted with its day and why, shown wherever the election is, on paper
// too; nothing of it changes any more, and another one follows in the same year.
func TestAnnulation(t *testing.T) {
	m, to := contestee(t)
	post(t, m, to+"/annuler", 422, "ne peut pas précéder le 9\u00a0octobre\u00a02026", "version", version(m), "annulee_le", "081026", "annulation", "scrutin")
	post(t, m, to+"/annuler", 422, "Choisissez le motif de la décision.", "version", version(m), "annulee_le", "191026", "annulation", "")
	post(t, m, to+"/annuler", 409, "relisez-la", "version", "1", "annulee_le", "191026", "annulation", "scrutin")
	post(t, m, to+"/annuler", 303, "", "version", version(m), "annulee_le", "191026", "annulation", "scrutin")
	paper := fixture.Papier(t, m.Get("directeur", to+"/proces-verbal.pdf").Body)
	for where, said := range map[string]string{
		"calendar": m.Get("directeur", to).Body, "results": m.Get("directeur", to+"/resultats").Body, "report": paper,
		"page of the year": m.Get("directeur", "/elections").Body, "inspection": m.Get("ien", to).Body,
	} {
		said = strings.ReplaceAll(said, "\u00a0", " ")
		for _, want := range []string{"Annulée le 19 octobre 2026", "a annulé cette élection le 19 octobre 2026", "Déroulement du vote irrégulier"} {
			if !strings.Contains(said, want) {
				t.Errorf("the %s does not say %q\n%s", where, want, said)
			}
		}
		if strings.Contains(said, "Les résultats se contestent") {
			t.Errorf("the %s still says how to contest", where)
		}
	}
	for _, agent := range []string{"ia", "ien"} {
		if list := m.Get(agent, "/elections?etat=sans").Body; !strings.Contains(list, "09/10/2026, annulé le 19/10/2026") {
			t.Errorf("%s does not see that it is annulled\n%s", agent, list)
		}
	}
	if csv := m.Get("ia", to+"/resultats.csv").Body; !strings.Contains(csv, "FCPE;3;1;1;19/10/2026") {
		t.Errorf("the file of the inspection: %q", csv)
	}
	post(t, m, to+"/annuler", 422, "est annulée", "version", version(m), "annulee_le", "191026", "annulation", "liste")
	post(t, m, to+"/reprendre", 422, "est annulée")
	post(t, m, to+"/dates", 422, "rien ne change plus", "version", version(m), "scrutin_le", "081026", "mode", "urne", "ouvre_a", "8h", "ferme_a", "12h")
	if form := m.Get("directeur", "/elections/nouvelle?annee=2026&report=annulation").Body; !strings.Contains(form, `value="annulation" selected`) {
		t.Error("the form of the next election does not say why it is late")
	}
	if got := m.Post("directeur", "/elections/nouvelle", dates("scrutin_le", "041226", "report", "annulation")); got.Code != 303 {
		t.Fatalf("the next election: %d %s", got.Code, got.Body)
	}
	home := m.Get("directeur", "/elections").Body
	if !strings.Contains(home, "4\u00a0décembre\u00a02026") || !strings.Contains(home, `href="`+to+`"`) || !strings.Contains(home, "09/10/2026, annulé") {
		t.Errorf("the page of the year shows the next election, and leads to the former\n%s", home)
	}
	if list := m.Get("ia", "/elections").Body; !strings.Contains(list, "04/12/2026") || strings.Contains(list, "annulé le") {
		t.Errorf("the inspection sees the election that counts\n%s", list)
	}
	post(t, m, to+"/retablir", 422, "déjà préparée")
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'annuler_election'`); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
}

// Noted by mistake, it is taken back, and the results hold again. Only who runs the election does either.
func TestAnnulationTakenBack(t *testing.T) {
	m, to := contestee(t)
	if got := m.Post("directeur", "/elections/nouvelle", dates("scrutin_le", "041226", "report", "annulation")); got.Code != 422 {
		t.Errorf("control: a second election beside one that holds: %d", got.Code)
	}
	post(t, m, to+"/retablir", 422, "n’est pas annulée")
	for agent, want := range map[string]int{"ia": 403, "ien": 403, "mairie": 403, "directeur du même": 404} {
		if got := m.Get(agent, to+"/annuler"); got.Code != want {
			t.Errorf("%s opens the form: %d, want %d", agent, got.Code, want)
		}
		if got := m.Post(agent, to+"/annuler", dates("version", version(m), "annulee_le", "191026", "annulation", "scrutin")); got.Code != want {
			t.Errorf("%s annuls: %d, want %d", agent, got.Code, want)
		}
	}
	post(t, m, to+"/annuler", 303, "", "version", version(m), "annulee_le", "191026", "annulation", "scrutin")
	post(t, m, to+"/retablir", 303, "")
	if got := m.Get("directeur", to+"/resultats").Body; strings.Contains(got, "Annulée") || !strings.Contains(got, "Enregistrer l’annulation") {
		t.Errorf("the results do not hold again\n%s", got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte in ('annuler_election', 'retablir_election')`); n != 2 {
		t.Errorf("%d lines in the journal", n)
	}
}
