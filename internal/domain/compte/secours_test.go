package compte

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// agentDe is who acts for an account, as a page would have him.
func (m *monde) agentDe(id uuid.UUID) habilitation.Agent {
	m.Helper()
	agents, err := m.gate.Agents(m.Context(), id, m.now)
	if err != nil || len(agents) == 0 {
		m.Fatalf("%d agents, %v", len(agents), err)
	}
	agents[0].Maintenant = m.now
	return agents[0]
}

func (m *monde) refaire(id uuid.UUID) (codes []string) {
	m.Helper()
	agent := m.agentDe(id)
	err := m.gate.DB.Ecrire(m.Context(), agent.Portee(), func(tx territoire.Tx) error {
		codes = RefaireSecours(tx, agent)
		return nil
	})
	if err != nil {
		m.Fatal(err)
	}
	return codes
}

func (m *monde) secours(id uuid.UUID, identifiant, code string) error {
	_, err := m.gate.Secours(m.Context(), m.visite(), id, identifiant, code)
	return err
}

// Ten recovery codes: each opens once, for its own account, however it is typed; new ones kill those before them, and a
// closed account has none that serves (security.md AUT-14).
func TestCodesSecours(t *testing.T) {
	m := newMonde(t)
	id, _ := m.directrice()
	autre, _ := m.compte("paul.dupont", Mandat{Role: habilitation.Directeur, Territoire: "0650001A", Debut: m.now})
	premiers := m.refaire(id)
	if len(premiers) != 10 || len(strings.ReplaceAll(premiers[0], "-", "")) != 24 {
		t.Fatalf("%d codes, the first %q", len(premiers), premiers[0])
	}
	m.wants(m.secours(autre, "paul.dupont", premiers[0]), errSecours.Motif)
	m.wants(m.secours(id, "claire.fabre", strings.ToLower(strings.ReplaceAll(premiers[0], "-", " "))), "")
	m.wants(m.secours(id, "claire.fabre", premiers[0]), errSecours.Motif)
	m.wants(m.secours(id, "claire.fabre", ""), errSecours.Motif)

	seconds := m.refaire(id)
	m.wants(m.secours(id, "claire.fabre", premiers[1]), errSecours.Motif)
	m.wants(m.secours(id, "claire.fabre", seconds[1]), "")
	if got := lire[int](m, `select count(*)::int from journal where acte = 'servir_secours' and objet_id = $1`, id); got != 2 {
		t.Errorf("%d lines in the journal, want 2", got)
	}
	if got := lire[int](m, `select count(*)::int from avis where nature = 'secours' and compte_id = $1`, id); got != 2 {
		t.Errorf("the holder is told %d times, want 2", got)
	}
	m.exec(`update cle set etat = 'suspendue', motif = 'demande' where compte_id = $1`, id)
	m.wants(m.secours(id, "claire.fabre", seconds[2]), errSecours.Motif) // the service has suspended the key
	m.exec(`update cle set motif = 'essais' where compte_id = $1`, id)
	m.wants(m.secours(id, "claire.fabre", seconds[2]), "") // the control: wrong codes have
	m.exec(`update compte set actif = false where id = $1`, id)
	m.wants(m.secours(id, "claire.fabre", seconds[3]), errSecours.Motif)
}

// Wrong recovery codes are counted with the wrong passwords.
func TestCodesSecoursCountToo(t *testing.T) {
	m := newMonde(t)
	id, _ := m.directrice()
	for range 5 {
		m.wants(m.secours(id, "claire.fabre", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"), errSecours.Motif)
	}
	m.wants(m.motDePasse("claire.fabre", bon), "Trop d’essais. Réessayez dans 1\u00a0seconde.")
}

// Fifty submissions of one code: the base lets one through. The control spends it without the guard. Nothing that the base
// keeps reads as a code.
func TestOneRecoveryCodeFiftyTimes(t *testing.T) {
	m := newMondeReel(t)
	id, _ := m.directrice()
	codes := m.refaire(id)
	spend := func(sql, code string) int {
		return atParallel(50, func() (passed bool) {
			err := m.gate.DB.Connexion(context.Background(), func(tx territoire.Tx) error {
				tag, err := tx.Exec(t.Context(), sql, id, empreinteSecours(id, nuDeSecours(code)), m.now)
				passed = err == nil && tag.RowsAffected() == 1
				return err
			})
			if err != nil {
				t.Error(err)
			}
			return passed
		})
	}
	if got := spend(servirSecoursSQL, codes[0]); got != 1 {
		t.Errorf("%d of 50 passed, want 1", got)
	}
	guard := " and s.servi_le is null"
	if !strings.Contains(servirSecoursSQL, guard) {
		t.Fatal("the control removes a guard that is not there")
	}
	if got := spend(strings.Replace(servirSecoursSQL, guard, "", 1), codes[1]); got != 50 {
		t.Errorf("control: without the guard %d of 50 passed, want all", got)
	}
	kept := strings.ToUpper(lire[string](m, `select string_agg(s::text || encode(empreinte, 'escape'), '') from code_secours s`))
	for _, code := range codes {
		if strings.Contains(kept, code) || strings.Contains(kept, nuDeSecours(code)) {
			t.Error("the base keeps a recovery code")
		}
	}
}

// What has happened to an account is told once, at its next log-in, and to nobody who has never been in: a key that comes
// into service, a password replaced, a browser never seen, a recovery code (security.md AUT-20).
func TestAvis(t *testing.T) {
	m := newMonde(t)
	id, _ := m.directrice()
	arrive := func(navigateur string) string {
		m.now = m.now.Add(time.Hour)
		list, err := m.gate.Arriver(t.Context(), Arrivee{Compte: id, Navigateur: navigateur, Adresse: "192.0.2.1", Debut: m.now.Add(-time.Minute), Le: m.now})
		if err != nil {
			t.Fatal(err)
		}
		return DireAvis(list)
	}
	lettre := func() {
		m.exec(`update compte set mot_de_passe = gen_random_uuid()::text, a_changer = true,
			initial_jusqu_au = coalesce(initial_jusqu_au, $2) + interval '1 hour' where id = $1`, id, m.now)
		m.exec(`update avis set le = $1 where nature = 'mot_de_passe'`, m.now) // the base's own clock is not the test's
	}
	lettre()
	for _, want := range []string{"", ""} { // the first log-in of all, and one after which nothing happened
		if got := arrive(""); got != want {
			t.Errorf("told %q", got)
		}
	}
	lettre()
	m.exec(`update cle set etat = 'suspendue', motif = 'demande' where compte_id = $1`, id)
	m.exec(`update cle set etat = 'remise', motif = '' where compte_id = $1`, id)
	m.exec(`update cle set etat = 'active', etat_le = $2 where compte_id = $1`, id, m.now)
	if got := arrive("Firefox sur Windows"); !strings.Contains(got, "lettre d’activation") || !strings.Contains(got, "nouvelle clé") ||
		strings.Contains(got, "Firefox") || !strings.Contains(got, "prévenez le service informatique") {
		t.Errorf("told %q", got)
	}
	if got := arrive(""); !strings.Contains(got, "nouveau navigateur, Firefox sur Windows") {
		t.Errorf("told %q", got)
	}
	if got := arrive(""); got != "" {
		t.Errorf("told twice: %q", got)
	}
	if got := lire[int](m, `select count(*)::int from journal where acte = $1`, string(journal.LireAvis)); got != 2 {
		t.Errorf("%d lines in the journal, want 2", got)
	}
}

// A hundred wrong passwords in a row close the account, and the journal says so; a log-in starts the count again, so that
// ninety-nine close nothing (security.md AUT-7).
func TestHundredWrongPasswordsCloseAnAccount(t *testing.T) {
	for _, tt := range []struct {
		name    string
		echecs  int
		arrives bool
		open    bool
	}{
		{"quatre-vingt-dix-neuf", 98, false, true}, {"cent", 99, false, false}, {"cent, une connexion entre-temps", 99, true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMonde(t)
			m.withoutHashing()
			id, _ := m.directrice()
			m.exec(`update compte set echecs = $1 where id = $2`, tt.echecs, id)
			if tt.arrives {
				if _, err := m.gate.Arriver(t.Context(), Arrivee{Compte: id, Le: m.now}); err != nil {
					t.Fatal(err)
				}
			}
			m.wants(m.motDePasse("claire.fabre", "les vaches descendent"), incorrect)
			if got := lire[bool](m, `select actif from compte where id = $1`, id); got != tt.open {
				t.Errorf("open: %v, want %v", got, tt.open)
			}
			lines := lire[int](m, `select count(*)::int from journal where acte = 'suspendre_compte' and objet_id = $1`, id)
			if (lines == 1) == tt.open {
				t.Errorf("%d lines in the journal", lines)
			}
			motif := lire[string](m, `select suspension_motif from compte where id = $1`, id)
			if (LibelleSuspension(motif) == "Cent mots de passe faux de suite") == tt.open {
				t.Errorf("closed for %q", motif)
			}
		})
	}
}
