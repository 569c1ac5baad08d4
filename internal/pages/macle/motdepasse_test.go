package macle_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
)

const neuf = "un gypaète barbu plane au loin"

func twice(motDePasse string) url.Values {
	return url.Values{"mot_de_passe": {motDePasse}, "mot_de_passe_confirmation": {motDePasse}}
}

// Each agent changes his own password after a fresh proof, which asks for the present one (ASVS 6.2.2, 6.2.3): the former
// opens nothing any more, the journal says so, and he is told of it.
func TestOneChangesOnesPassword(t *testing.T) {
	m := fixture.New(t)
	code := m.Armer("directeur")
	if page := m.Get("directeur", "/ma-cle").Body; !strings.Contains(page, `href="/ma-cle/mot-de-passe"`) {
		t.Error("the page does not lead to it")
	}
	if r := m.Post("directeur", "/ma-cle/mot-de-passe", twice("court")); r.Code != http.StatusUnprocessableEntity || strings.Contains(r.Body, "court\"") {
		t.Errorf("too short: %d", r.Code)
	}
	if r := m.Post("directeur", "/ma-cle/mot-de-passe", twice(fixture.MotDePasse)); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("the same: %d", r.Code)
	}
	if r := m.Post("directeur", "/ma-cle/mot-de-passe", twice(neuf)); r.Code != http.StatusSeeOther || r.Header.Get("Location") != "/ma-cle" {
		t.Fatalf("%d\n%s", r.Code, r.Body)
	}
	if page := m.Get("directeur", "/ma-cle").Body; !strings.Contains(page, "mot de passe changé") {
		t.Error("he is not told")
	}
	if n := fixture.Valeur[int](m, `select count(*)::int from journal where acte = 'changer_mot_de_passe' and compte_id = $1`, m.Agent("directeur").Compte); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
	m.Attendre(11 * time.Minute)
	prove := func(motDePasse string) int {
		return m.Post("directeur", "/session/preuve", url.Values{"preuve_mot_de_passe": {motDePasse}, "preuve_code": {code()}, "preuve_suite": {"/ma-cle"}}).Code
	}
	if got := prove(fixture.MotDePasse); got != http.StatusUnprocessableEntity {
		t.Errorf("the former proves: %d", got)
	}
	if got := prove(neuf); got != http.StatusSeeOther {
		t.Errorf("the new one: %d", got)
	}
}

// Whoever sits down at a screen left open changes nothing, and what was typed too late goes through no other page.
func TestPasswordIsNotChangedWithoutAProof(t *testing.T) {
	m := fixture.New(t)
	former := fixture.Valeur[string](m, `select mot_de_passe from compte where id = $1`, m.Agent("directeur").Compte)
	m.Get("directeur", "/ma-cle")
	m.Attendre(6 * time.Minute)
	if page := m.Get("directeur", "/ma-cle/mot-de-passe").Body; !strings.Contains(page, "Confirmez que c’est vous") {
		t.Error("the page asks for no proof")
	}
	m.Attendre(6 * time.Minute)
	r := m.Post("directeur", "/ma-cle/mot-de-passe", twice(neuf))
	if r.Code != http.StatusSeeOther || r.Header.Get("Location") != "/ma-cle/mot-de-passe" || strings.Contains(r.Body, "gypa") {
		t.Errorf("%d to %q", r.Code, r.Header.Get("Location"))
	}
	if got := fixture.Valeur[string](m, `select mot_de_passe from compte where id = $1`, m.Agent("directeur").Compte); got != former {
		t.Error("the password is changed")
	}
}

// give gives an account of a base of its own a password.
func give(t *testing.T, dsn string, id uuid.UUID) {
	t.Helper()
	owner, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(context.Background())
	empreinte, err := compte.Hacher(fixture.MotDePasse)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := owner.Exec(t.Context(), `update compte set mot_de_passe = $2 where id = $1`, id, empreinte); err != nil {
		t.Fatal(err)
	}
}

// What the former password has opened elsewhere is closed; where it is changed one stays.
func TestPasswordChangedEndsOtherSessions(t *testing.T) {
	dsn := postgrestest.Clone(t)
	m := fixture.OnBase(t, dsn)
	give(t, dsn, m.Agent("directeur").Compte)
	m.Get("directeur", "/")
	here := m.Cookie("directeur").Value
	m.Oublier("directeur")
	m.Get("directeur", "/")
	there := m.Cookie("directeur").Value
	if here == there {
		t.Fatal("one session: this test proves nothing")
	}
	if r := m.Post("directeur", "/ma-cle/mot-de-passe", twice(neuf)); r.Code != http.StatusSeeOther {
		t.Fatalf("%d\n%s", r.Code, r.Body)
	}
	if got := m.Get("directeur", "/").Code; got != http.StatusOK {
		t.Errorf("where it was changed: %d", got)
	}
	m.Reprendre("directeur", here)
	if r := m.Get("directeur", "/"); r.Header.Get("Location") != "/connexion?raison=titulaire" {
		t.Errorf("elsewhere: %d %s", r.Code, r.Header.Get("Location"))
	}
}
