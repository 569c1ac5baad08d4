package cles_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
)

// The service declares a key lost in one process: whoever it lets in is out of the other within a second (security.md AUT-16,
// SES-6), a key that shows codes and a passkey alike. A colleague there works on.
func TestLostKeyIsHeardByTheOtherProcess(t *testing.T) {
	for kind, sql := range map[string]string{
		"TOTP":     `insert into cle (id, compte_id, numero_serie, secret_chiffre) values ($1, $2, 'T-1', '\x01')`,
		"WEBAUTHN": `insert into cle (id, compte_id, numero_serie, type) values ($1, $2, 'L-1', 'WEBAUTHN')`,
	} {
		t.Run(kind, func(t *testing.T) {
			dsn := postgrestest.Clone(t)
			one := fixture.OnBase(t, dsn)
			two := one.Processus(dsn)
			conn, err := pgx.Connect(t.Context(), dsn)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close(context.Background()) }()
			id := uuid.New()
			if _, err := conn.Exec(t.Context(), sql, id, one.Agent("directeur").Compte); err != nil {
				t.Fatal(err)
			}
			inside := func(agent string) fixture.Reponse { return two.Get(agent, "/session/prolonger") }
			for start := time.Now(); time.Since(start) < 300*time.Millisecond; { // until it remembers them
				if r := inside("directeur"); r.Code != http.StatusNoContent || inside("mairie").Code != http.StatusNoContent {
					t.Fatalf("control: %d before anything", r.Code)
				}
			}
			if r := one.Post("service", "/cles/"+id.String()+"/perdue", url.Values{"version": {"1"}}); r.Code != http.StatusSeeOther {
				t.Fatalf("%d\n%s", r.Code, r.Body)
			}
			start := time.Now()
			r := inside("directeur")
			for r.Code == http.StatusNoContent && time.Since(start) < 10*time.Second {
				r = inside("directeur")
			}
			took := time.Since(start)
			if took > time.Second || !strings.Contains(r.Header.Get("Location"), "raison=cle") {
				t.Errorf("out after %v, answered %d to %q", took, r.Code, r.Header.Get("Location"))
			}
			t.Logf("out after %v", took)
			if r := inside("mairie"); r.Code != http.StatusNoContent {
				t.Errorf("a colleague is put out: %d", r.Code)
			}
		})
	}
}

// The service sees a passkey as a kind of key: it lists, suspends, loses and puts it back, and neither hands it over, nor takes
// it back in stock, nor sets its clock. Nobody is shown anything of it.
func TestPasskeyAtTheDesk(t *testing.T) {
	m := fixture.New(t)
	id := uuid.NewString()
	for _, sql := range []string{
		`insert into cle (id, compte_id, numero_serie, type, etat_le) values ('` + id + `', $1, 'L-PASSKEY', 'WEBAUTHN', '2026-11-01')`,
		`insert into cle_acces (cle_id, identifiant, cle_publique, compteur, drapeaux, nom, ajoutee_le)
			select '` + id + `', '\xabcdef', '\x123456', 0, 5, 'Tablette de Claire', now() from compte where id = $1`,
	} {
		if _, err := m.Tx.Exec(t.Context(), sql, m.Agent("directeur").Compte); err != nil {
			t.Fatal(err)
		}
	}
	list := m.Get("service", "/cles?genre=acces").Body
	if !strings.Contains(list, "L-PASSKEY") || !strings.Contains(list, "Clé d’accès") || strings.Contains(m.Get("service", "/cles?genre=application").Body, "L-PASSKEY") {
		t.Error("the list does not tell the kind")
	}
	page := m.Get("service", "/cles/"+id).Body
	for _, wrong := range []string{"Tablette", "abcdef", "123456", "Recaler", "Noter qu’elle est rendue", "Reçu à signer", "chiffres"} {
		if strings.Contains(page, wrong) {
			t.Errorf("its page says %q", wrong)
		}
	}
	do := func(geste string) string {
		version := fixture.Valeur[string](m, `select version::text from cle where id = $1`, id)
		m.Post("service", "/cles/"+id+"/"+geste, url.Values{"version": {version}, "code": {"123456"}, "code_suivant": {"123457"}})
		return fixture.Valeur[string](m, `select trim(etat || ' ' || motif) from cle where id = $1`, id)
	}
	for _, step := range [][2]string{
		{"restituer", "active"}, {"recaler", "active"}, {"suspendre", "suspendue demande"}, {"restituer", "suspendue demande"}, {"retablir", "remise"},
		{"restituer", "remise"}, {"perdue", "perdue"}, {"restituer", "perdue"}, {"ranger", "perdue"},
	} {
		if got := do(step[0]); got != step[1] {
			t.Errorf("%s: the key is %q, want %q", step[0], got, step[1])
		}
	}
	if r := m.Get("service", "/cles/"+id+"/recu"); r.Code == http.StatusOK {
		t.Error("a receipt is printed")
	}
	if _, err := m.Tx.Exec(t.Context(), `insert into cle (id, compte_id, numero_serie, type, etat, motif) values (gen_random_uuid(), $1, 'L-2', 'WEBAUTHN', 'suspendue', 'copie')`,
		m.Agent("directeur").Compte); err != nil {
		t.Fatal(err)
	}
	if home := m.Get("service", "/").Body; !strings.Contains(home, "clé d’accès peut-être copiée") {
		t.Error("the home page does not tell of a copy")
	}
}
