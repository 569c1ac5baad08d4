package elections_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// urne is a world whose list of six voters is fixed, on a day after that; two seats.
func urne(t *testing.T, month time.Month, day int) (*fixture.Monde, string) {
	t.Helper()
	m := septembre(t)
	for i, nom := range []string{"Abadie", "Bordes", "Cazenave", "Dupont", "Estrade", "Fourcade"} {
		nommer(m, m.Present([]string{"Lina", "Noé", "Zoé", "Ugo", "Paul", "Rose"}[i]), nom, "", "Anne")
	}
	id := preparer(m, "directeur")
	arreter(m, "directeur", id)
	m.Heure = time.Date(2026, month, day, 10, 0, 0, 0, time.UTC)
	return m, "/elections/" + id.String()
}

func post(t *testing.T, m *fixture.Monde, path string, want int, shows string, pairs ...string) {
	t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	if got := m.Post("directeur", path, v); got.Code != want || !strings.Contains(got.Body, shows) {
		t.Fatalf("%s: %d %s, want %d with %q", path, got.Code, got.Body, want, shows)
	}
}

func who(m *fixture.Monde, nom string) string {
	return fixture.Valeur[string](m, `select id::text from responsable where nom_famille = $1`, nom)
}

// A parent asks to be taken off, another to be put on: what is asked, why, what the bureau decides, both dates, and the list
// follows.
func TestDemandes(t *testing.T) {
	m, to := urne(t, time.September, 30)
	nommer(m, m.Present("Ida"), "Gaye", "", "Luc")
	exec(m, `update scolarite set date_admission = '2026-09-25' where prenom = 'Ida'`)
	demander := func(nom, motif string, want int, shows string) {
		t.Helper()
		post(t, m, to+"/demandes", want, shows, "responsable_id", who(m, nom), "motif", motif, "recue_le", "290926")
	}
	decider := func(nom, decision, le string, want int, shows string) {
		t.Helper()
		id := fixture.Valeur[string](m, `select id::text from reclamation where nom like $1 || '%'`, strings.ToUpper(nom))
		post(t, m, to+"/demandes/"+id, want, shows, "version", "1", "decision", decision, "decidee_le", le)
	}
	demander("Gaye", "depart", 422, "choisissez un motif d’ajout")
	demander("Abadie", "arrivee", 422, "choisissez un motif de retrait")
	demander("Gaye", "arrivee", 303, "")
	demander("Abadie", "depart", 303, "")
	demander("Bordes", "doublon", 303, "")
	decider("Gaye", "", "300926", 422, "Choisissez ce que le bureau a décidé.")
	decider("Gaye", "acceptee", "280926", 422, "ne peut pas précéder le 29\u00a0septembre\u00a02026")
	decider("Gaye", "acceptee", "300926", 303, "")
	decider("Abadie", "acceptee", "300926", 303, "")
	decider("Bordes", "rejetee", "300926", 303, "")
	shown := m.Get("directeur", to+"/demandes").Body
	for _, want := range []string{"GAYE Luc", "Enfant admis depuis", "Acceptée le 30/09/2026", "Rejetée le 30/09/2026", "29/09/2026"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the requests do not show %q", want)
		}
	}
	list := m.Get("directeur", to+"/liste").Body
	for _, want := range []string{"Ajouté le 30/09/2026", "Retiré le 30/09/2026", "<dd>6</dd>"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list does not show %q\n%s", want, list)
		}
	}
	if csv := m.Get("directeur", to+"/liste.csv").Body; !strings.Contains(csv, "7;GAYE;Luc;;Ajouté le 30/09/2026") || strings.Contains(csv, "ABADIE") {
		t.Errorf("the file: %q", csv)
	}
	if got := m.Post("directeur", to+"/rouvrir", nil); got.Code != 422 || !strings.Contains(got.Body, "ne se rouvre plus") {
		t.Errorf("reopened: %d", got.Code)
	}
}

func TestCandidats(t *testing.T) {
	m, to := urne(t, time.September, 28)
	depose := func(nom, numeros string, want int, shows string) {
		t.Helper()
		post(t, m, to+"/candidats/nouvelle", want, shows, "nom", nom, "deposee_le", "280926", "numeros", numeros)
	}
	exec(m, `update electeur set personnel = true where numero = 6`)
	depose("FCPE", "1", 422, "au moins deux candidats")
	depose("FCPE", "1, 2, 3, 4, 5", 422, "le double des sièges, soit 4")
	depose("FCPE", "1, 6", 422, "FOURCADE Anne est du personnel de l’école")
	depose("FCPE", "1, 9", 422, "Le numéro 9 n’est pas sur la liste électorale.")
	depose("FCPE", "1, Bordes", 422, "n’est pas un numéro de la liste électorale.")
	depose("FCPE", "3, 1", 303, "")
	depose("FCPE", "4, 5", 422, "Une autre liste porte déjà ce nom.")
	depose("Parents indépendants", "2, 3", 422, "CAZENAVE Anne est déjà candidat de la liste FCPE.")
	depose("Parents indépendants", "2, 4", 303, "")
	shown := m.Get("directeur", to+"/candidats").Body
	if first, then := strings.Index(shown, "CAZENAVE Anne"), strings.Index(shown, "ABADIE Anne"); first < 0 || then < first {
		t.Errorf("the order of preference is lost\n%s", shown)
	}
	fcpe := to + "/candidats/" + fixture.Valeur[string](m, `select id::text from liste_candidats where nom = 'FCPE'`)
	if form := m.Get("directeur", fcpe).Body; !strings.Contains(form, `value="3, 1"`) {
		t.Error("the form does not show the numbers")
	}
	post(t, m, fcpe, 303, "", "version", "1", "nom", "FCPE", "deposee_le", "280926", "numeros", "1, 5, 3")
	post(t, m, fcpe, 409, "Les deux versions", "version", "1", "nom", "FCPE", "deposee_le", "280926", "numeros", "1, 5")
	post(t, m, to+"/personnel", 422, "est candidate", "id", fixture.Valeur[string](m, `select id::text from electeur where numero = 5`))
	post(t, m, fcpe+"/retirer", 303, "", "version", "2")
	if n := fixture.Valeur[int](m, `select count(*) from candidat`); n != 2 {
		t.Errorf("%d candidates left", n)
	}
	if got := m.Get("directeur du même", fcpe); got.Code != 404 {
		t.Errorf("the school next door: %d", got.Code)
	}
}

// Nine days before the vote nobody new comes on a list: the ballots are being printed. One who withdraws is taken off all
// the same; the day before, he is replaced.
func TestReplacementInTime(t *testing.T) {
	for day, want := range map[int]int{30: 303, 31: 422} { // 30 September, 1 October
		t.Run(strconv.Itoa(want), func(t *testing.T) {
			m, to := urne(t, time.September, day)
			post(t, m, to+"/candidats/nouvelle", 303, "", "nom", "FCPE", "deposee_le", "280926", "numeros", "1, 2, 3")
			fcpe := to + "/candidats/" + fixture.Valeur[string](m, `select id::text from liste_candidats`)
			shows := map[int]string{422: "au plus tard le 30\u00a0septembre\u00a02026"}[want]
			post(t, m, fcpe, want, shows, "version", "1", "nom", "FCPE", "deposee_le", "280926", "numeros", "1, 2, 4")
			if want == 422 {
				post(t, m, fcpe, 303, "", "version", "1", "nom", "FCPE", "deposee_le", "280926", "numeros", "3, 1")
			}
		})
	}
}

// scrutinClos is a world where two lists stood, on the day of the vote.
func scrutinClos(t *testing.T) (m *fixture.Monde, to, une, autre string) {
	t.Helper()
	return scrutinDepuis(t, 9)
}

// scrutinDepuis is the same on a day of October.
func scrutinDepuis(t *testing.T, day int) (m *fixture.Monde, to, une, autre string) {
	t.Helper()
	m, to = urne(t, time.October, day)
	post(t, m, to+"/candidats/nouvelle", 303, "", "nom", "FCPE", "deposee_le", "280926", "numeros", "1, 2, 3")
	post(t, m, to+"/candidats/nouvelle", 303, "", "nom", "PEEP", "deposee_le", "280926", "numeros", "4, 5")
	id := func(nom string) string {
		return fixture.Valeur[string](m, `select id::text from liste_candidats where nom = $1`, nom)
	}
	return m, to, id("FCPE"), id("PEEP")
}

func TestResultats(t *testing.T) {
	m, to, une, autre := scrutinClos(t)
	version := func() string { return fixture.Valeur[string](m, `select version::text from election`) }
	proclame := func(votants, nuls, a, b string, want int, shows string, more ...string) {
		t.Helper()
		post(t, m, to+"/resultats", want, shows, append([]string{
			"version", version(), "proclamee_le", "091026", "votants", votants, "nuls", nuls, "suffrages." + une, a, "suffrages." + autre, b,
		}, more...)...)
	}
	proclame("7", "0", "4", "3", 422, "plus de votants que d’électeurs inscrits")
	proclame("5", "1", "3", "2", 422, "recomptez")
	proclame("5", "1", "3", "", 422, "Indiquez le nombre de suffrages")
	proclame("4", "0", "2", "2", 303, "") // two seats, one each
	post(t, m, to+"/reprendre", 303, "")
	// Five votes, two seats: the quotient is 2.5; one each by quotient and by remainder.
	proclame("6", "1", "3", "2", 303, "")
	shown := m.Get("directeur", to+"/resultats").Body
	for _, want := range []string{"6 (100,0\u00a0%)", "2,50 (5\u00a0suffrages pour 2\u00a0sièges)", "60,0\u00a0%", "2 sur 2"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the results do not show %q\n%s", want, shown)
		}
	}
	if csv := m.Get("ia", to+"/resultats.csv").Body; !strings.Contains(csv, fixture.Ecole+";09/10/2026;6;6;1;2;FCPE;3;1;1") || strings.Contains(csv, "ABADIE") {
		t.Errorf("the file of the inspection: %q", csv)
	}
	if got := m.Get("ien", to+"/resultats"); got.Code != 200 || strings.Contains(got.Body, "ABADIE") || strings.Contains(got.Body, "reprendre") {
		t.Errorf("ien: %d", got.Code)
	}
	post(t, m, to+"/dates", 422, "rien ne change plus", "version", version(), "scrutin_le", "081026", "mode", "urne", "ouvre_a", "8h", "ferme_a", "12h")
}

// What the votes do not decide, the age does: the directeur says whose.
func TestDepartage(t *testing.T) {
	m, to, une, autre := scrutinClos(t)
	exec(m, `update election set sieges = 1`)
	form := []string{"proclamee_le", "091026", "votants", "4", "nuls", "0", "suffrages." + une, "2", "suffrages." + autre, "2"}
	post(t, m, to+"/resultats", 422, "Listes dont le candidat est le plus âgé", form...)
	post(t, m, to+"/resultats", 303, "", append(form, "departage", autre)...)
	if n := fixture.Valeur[int](m, `select titulaires from liste_candidats where nom = 'PEEP'`); n != 1 {
		t.Errorf("the list of the oldest has %d seats", n)
	}
}

// The report says the same on paper and on the screen; what remains of the names is only who was elected.
func TestProcesVerbal(t *testing.T) {
	m, to, une, autre := scrutinClos(t)
	if got := m.Get("directeur", to+"/proces-verbal.pdf"); got.Code != 422 {
		t.Errorf("before the results: %d", got.Code)
	}
	post(t, m, to+"/resultats", 303, "", "proclamee_le", "091026", "votants", "5", "nuls", "0", "suffrages."+une, "5", "suffrages."+autre, "0")
	paper, screen, shown := fixture.Papier(t, m.Get("directeur", to+"/proces-verbal.pdf").Body), m.Get("directeur", to+"/resultats").Body, m.Get("directeur", to+"/proces-verbal").Body
	for _, want := range []string{
		"FCPE", "ABADIE Anne", "BORDES Anne", "Titulaire", "Suppléant", "Suffrages exprimés", "14 octobre 2026", "École primaire Jean-Jaurès",
	} {
		for where, said := range map[string]string{"paper": paper, "screen": screen, "page of the paper": shown} {
			if !strings.Contains(strings.ReplaceAll(said, "\u00a0", " "), want) {
				t.Errorf("the %s does not say %q\n%s", where, want, said)
			}
		}
	}
	if strings.Contains(paper, "DUPONT") {
		t.Error("the report names one who is not elected")
	}
	exec(m, `select oublier_elections('2027-01-10')`)
	if paper := fixture.Papier(t, m.Get("directeur", to+"/proces-verbal.pdf").Body); !strings.Contains(paper, "ABADIE Anne") {
		t.Error("once the voters are erased the report no longer names those elected")
	}
	if n := fixture.Valeur[int](m, `select count(*) from candidat`); n != 3 {
		t.Errorf("%d candidates kept, want the three elected", n)
	}
}
