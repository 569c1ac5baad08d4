package urgences_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/arret"
	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
)

func ask(mesure, cible string) url.Values {
	return url.Values{"mesure": {mesure}, "cible": {cible}, "motif": {"intrusion"}}
}

// stop sets a measure as the person on duty does, proof fresh.
func stop(t *testing.T, m *fixture.Monde, mesure, cible string) {
	t.Helper()
	if r := m.Post("service", "/urgence", ask(mesure, cible)); r.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", r.Code, texte(r.Body))
	}
}

// aRenouveler tells whether the password of an account has to be changed, before that instant.
func aRenouveler(t *testing.T, dsn string, compte uuid.UUID, avant time.Time) (yes bool) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	err = conn.QueryRow(t.Context(), `select a_changer and initial_jusqu_au = $2 from compte where id = $1`, compte, avant).Scan(&yes)
	if err != nil {
		t.Fatal(err)
	}
	return yes
}

var balise = regexp.MustCompile(`(?s)<[^>]*>`)

func texte(body string) string {
	return strings.Join(strings.Fields(balise.ReplaceAllString(body, " ")), " ")
}

var leve = regexp.MustCompile(`name="arret" value="([^"]+)"`)

func lift(t *testing.T, m *fixture.Monde, who string) {
	t.Helper()
	id := leve.FindStringSubmatch(m.Get(who, "/urgence").Body)
	if id == nil {
		t.Fatal("no stop to lift")
	}
	m.Post(who, "/urgence/lever", url.Values{"arret": {id[1]}})
}

// state is what an agent meets: "ouvert", "ferme" or "lecture".
func state(m *fixture.Monde, agent string) string {
	if r := m.Get(agent, "/"); r.Code != http.StatusOK {
		return strings.TrimPrefix(r.Header.Get("Location"), "/connexion?raison=")
	}
	if r := m.Post(agent, "/sessions/terminer-autres", nil); r.Code == http.StatusServiceUnavailable {
		return "lecture"
	}
	return "ouvert"
}

// A measure stops those whom it names, and nobody else (security.md AUT-18).
func TestWhoIsStopped(t *testing.T) {
	all := []string{"directeur", "mairie", "ien", "college", "ia", "service", "directeur voisin", "mairie voisine"}
	for _, tt := range []struct {
		mesure, cible string
		stopped       []string
	}{
		{"ferme", "departement:", []string{"directeur", "mairie", "ien", "college", "directeur voisin", "mairie voisine"}},
		{"lecture", "departement:", []string{"directeur", "mairie", "ien", "college", "directeur voisin", "mairie voisine"}},
		{"ferme", "role:directeur", []string{"directeur", "directeur voisin"}},
		{"lecture", "role:mairie", []string{"mairie", "mairie voisine"}},
		{"ferme", "commune:65440", []string{"directeur", "mairie"}},
	} {
		t.Run(tt.mesure+" "+tt.cible, func(t *testing.T) {
			m := fixture.New(t)
			stop(t, m, tt.mesure, tt.cible)
			for _, agent := range all {
				want := "ouvert"
				for _, s := range tt.stopped {
					if s == agent {
						want = map[string]string{"ferme": "arret", "lecture": "lecture"}[tt.mesure]
					}
				}
				if got := state(m, agent); got != want {
					t.Errorf("%s: %s, want %s", agent, got, want)
				}
			}
		})
	}
}

// Lifted, everything opens again; a stop that another still sets stays.
func TestLifted(t *testing.T) {
	m := fixture.New(t)
	stop(t, m, "lecture", "departement:")
	stop(t, m, "ferme", "role:mairie")
	if got := state(m, "mairie"); got != "arret" {
		t.Errorf("under two stops: %s, want the stronger", got)
	}
	for range 2 {
		lift(t, m, "ia") // whoever is on duty lifts it
	}
	for _, agent := range []string{"mairie", "directeur"} {
		if got := state(m.Ailleurs(), agent); got != "ouvert" {
			t.Errorf("%s: %s after the end", agent, got)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*)::int from journal where acte in ('poser_arret', 'lever_arret')`); n != 4 {
		t.Errorf("%d lines in the journal, want 4", n)
	}
}

// suspendu is what each page says where one may only read.
const suspendu = "a suspendu l’enregistrement"

// A stop set through one process is met in the other at its next page; what is being typed there is not lost.
func TestTwoProcesses(t *testing.T) {
	one := fixture.OnBase(t, postgrestest.Clone(t))
	two := one.Ailleurs()
	if got := state(two, "directeur"); got != "ouvert" {
		t.Fatalf("%s before anything: this test proves nothing", got)
	}
	stop(t, one, "lecture", "departement:")
	r := two.Post("directeur", "/classes/nouvelle", url.Values{"libelle_court": {"CP Fabre"}, "niveau": {"CP"}, "annee": {"2026"}})
	if r.Code != http.StatusServiceUnavailable || !strings.Contains(r.Body, "Consultation seule") || !strings.Contains(r.Body, "CP Fabre") {
		t.Errorf("%d: a refused save does not keep what was typed", r.Code)
	}
	if r := two.Get("directeur", "/eleves"); r.Code != http.StatusOK || !strings.Contains(r.Body, suspendu) {
		t.Errorf("%d: one cannot read any more, or the page does not say that one only may", r.Code)
	}
	if r := two.Get("ia", "/eleves"); strings.Contains(r.Body, suspendu) {
		t.Error("it is said to who may write")
	}
	stop(t, one, "ferme", "role:directeur")
	if got := state(two, "directeur"); got != "arret" {
		t.Errorf("the other process is %s", got)
	}
}

// Passwords chosen anew by scope: those of the scope, once; sessions end; the service keeps its own.
func TestPasswordsChosenAnew(t *testing.T) {
	dsn := postgrestest.Clone(t)
	m := fixture.OnBase(t, dsn)
	if got := state(m, "directeur"); got != "ouvert" {
		t.Fatal("not logged in: this test proves nothing")
	}
	state(m, "mairie")
	r := m.Get("service", "/urgence/effet?"+ask("renouveler", "role:directeur").Encode())
	if text := texte(r.Body); !strings.Contains(text, "1 session ouverte") {
		t.Errorf("the page does not say who is touched: %s", text)
	}
	stop(t, m, "renouveler", "role:directeur")
	if got := state(m, "directeur"); got != "service" {
		t.Errorf("the directeur is %s", got)
	}
	if got := state(m, "mairie"); got != "ouvert" {
		t.Errorf("the mairie is %s", got)
	}
	for role, want := range map[string]bool{"directeur": true, "mairie": false, "service": false} {
		if got := aRenouveler(t, dsn, m.Agent(role).Compte, m.Heure.Add(arret.DureeRenouvellement)); got != want {
			t.Errorf("%s has a new password to choose: %t, want %t", role, got, want)
		}
	}
}

// What is not said is refused beside its field, and what was chosen stays.
func TestRefused(t *testing.T) {
	m := fixture.New(t)
	for field, want := range map[string]string{
		"mesure": "Choisissez ce qu’il faut arrêter.", "cible": "Choisissez pour qui.", "motif": "Choisissez un motif.",
	} {
		t.Run(field, func(t *testing.T) {
			for _, bad := range []string{"", "inconnu", "commune:75056"} {
				values := ask("ferme", "role:mairie")
				values.Set(field, bad)
				r := m.Get("service", "/urgence/effet?"+values.Encode())
				if r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, want) {
					t.Errorf("%q: %d, want %q", bad, r.Code, want)
				}
			}
		})
	}
	if r := m.Get("service", "/urgence/effet?"+ask("ferme", "role:mairie").Encode()); r.Code != http.StatusOK {
		t.Errorf("the control answers %d", r.Code)
	}
}

// The owner of the base stops everybody, the service informatique too, which cannot lift it from the page.
func TestTheNation(t *testing.T) {
	m := fixture.New(t)
	if err := arret.National(t.Context(), m.Tx, arret.Lecture, "exercice", m.Heure); err != nil {
		t.Fatal(err)
	}
	for _, agent := range []string{"directeur", "ia", "service", "statistique"} {
		if got := state(m, agent); got != "lecture" {
			t.Errorf("%s: %s", agent, got)
		}
	}
	page := m.Get("service", "/urgence").Body
	if !strings.Contains(page, "Par l’exploitant du serveur") || leve.MatchString(page) {
		t.Error("the page lets a département lift the stop of the nation")
	}
	if n, err := arret.LeverNational(t.Context(), m.Tx, m.Heure); n != 1 || err != nil {
		t.Errorf("%d stops lifted: %v", n, err)
	}
	if got := state(m, "service"); got != "ouvert" {
		t.Errorf("%s after the end", got)
	}
}
