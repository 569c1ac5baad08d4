package compte

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

func TestDelai(t *testing.T) {
	for _, tt := range []struct {
		echecs int
		want   time.Duration
	}{
		{0, 0}, {4, 0}, {5, time.Second}, {6, 2 * time.Second}, {7, 4 * time.Second}, {14, 512 * time.Second},
		{15, 15 * time.Minute}, {16, 15 * time.Minute}, {1_000_000, 15 * time.Minute},
	} {
		if got := parCompte.delai(tt.echecs); got != tt.want {
			t.Errorf("after %d failures: %v, want %v", tt.echecs, got, tt.want)
		}
	}
	if parAdresse.delai(49) != 0 || parAdresse.delai(50) != time.Second || parAdresse.delai(99) != 5*time.Minute {
		t.Error("an address is slowed down like an account")
	}
}

func TestDuree(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "1 seconde", time.Millisecond: "1 seconde", time.Second: "1 seconde", 1001 * time.Millisecond: "2 secondes",
		119 * time.Second: "119 secondes", 2 * time.Minute: "2 minutes", 15 * time.Minute: "15 minutes",
		121 * time.Second: "3 minutes",
	} {
		if got := duree(d); got != strings.ReplaceAll(want, " ", "\u00a0") {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

// Five failures cost nothing, the next ones wait, for an account that exists as for one that does not.
func TestBrakeOnAnAccount(t *testing.T) {
	for _, identifiant := range []string{"claire.fabre", "claire.dupont"} {
		t.Run(identifiant, func(t *testing.T) {
			m := newMonde(t)
			m.withoutHashing()
			m.directrice()
			for range 5 {
				m.wants(m.motDePasse(identifiant, "les vaches descendent"), incorrect)
			}
			m.wants(m.motDePasse(identifiant, bon), "Trop d’essais. Réessayez dans 1\u00a0seconde.")
			m.now = m.now.Add(time.Second)
			m.wants(m.motDePasse(identifiant, "les vaches descendent"), incorrect)
			m.wants(m.motDePasse(identifiant, bon), "Trop d’essais. Réessayez dans 2\u00a0secondes.")
		})
	}
}

// It never locks out: whatever the number of failures, the owner waits a quarter of an hour at most.
func TestBrakeNeverLocksOut(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	m.directrice()
	for range 30 {
		m.wants(m.motDePasse("claire.fabre", "les vaches descendent"), incorrect)
		m.now = m.now.Add(15 * time.Minute)
	}
	m.wants(m.motDePasse("claire.fabre", bon), "")
}

func TestFailuresAreForgotten(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	m.directrice()
	for range 5 {
		m.wants(m.motDePasse("claire.fabre", "les vaches descendent"), incorrect)
	}
	m.now = m.now.Add(parCompte.oubli + time.Second)
	for range 4 {
		m.wants(m.motDePasse("claire.fabre", "les vaches descendent"), incorrect)
	}
	m.wants(m.motDePasse("claire.fabre", bon), "")
}

// Knowing the password does not start the count again: the codes tried behind it add up (security.md AUT-11).
func TestCodesCountToo(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	id, cle := m.directrice()
	wrong := "000000"
	if m.present(cle) == wrong {
		wrong = "000001"
	}
	for range 5 {
		m.wants(m.motDePasse("claire.fabre", bon), "")
		m.wants(m.code(id, wrong), errCode.Motif)
	}
	const brake = "Trop d’essais. Réessayez dans 1\u00a0seconde."
	m.wants(m.motDePasse("claire.fabre", bon), brake)
	m.wants(m.code(id, m.present(cle)), brake)

	m.now = m.now.Add(time.Second)
	m.wants(m.code(id, m.present(cle)), "")
	if got := lire[int](m, `select count(*)::int from frein where cle like 'compte:%'`); got != 0 {
		t.Error("a whole log-in does not end the count")
	}
}

// The agents of a mairie share one address: fifty failures there before anybody waits, and log-ins do not reset it.
func TestBrakeOnAnAddress(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	id, cle := m.directrice()
	names := "abcdefghijklmnopqrstuvwxyz"
	for i := range 50 {
		m.wants(m.motDePasse("agent."+names[i%26:i%26+1]+names[i/26:i/26+1], "les vaches descendent"), incorrect)
		if i == 40 {
			m.wants(m.motDePasse("claire.fabre", bon), "")
			m.wants(m.code(id, m.present(cle)), "")
		}
	}
	m.wants(m.motDePasse("claire.fabre", bon), "Trop d’essais. Réessayez dans 1\u00a0seconde.")

	elsewhere := m.visite()
	elsewhere.Adresse = "192.0.2.2"
	_, err := m.gate.MotDePasse(t.Context(), elsewhere, "claire.fabre", bon)
	m.wants(err, "")
}

// Two people who share an address log in at the same moment: the one whose clock was read first may reach the base last.
func TestBrakeLetsNeighboursThrough(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	m.directrice()
	m.wants(m.motDePasse("jean.dupont", "les vaches descendent"), incorrect)
	m.now = m.now.Add(-time.Millisecond)
	m.wants(m.motDePasse("claire.fabre", bon), "")
}

// Whoever hammers on an account does not keep its owner out of a browser that she has used before.
func TestKnownBrowserHasItsOwnCount(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	id, cle := m.directrice()
	known := m.visite()
	known.Appareil = m.gate.Appareil("claire.fabre", m.now)
	for range 12 {
		m.wants(m.motDePasse("claire.fabre", "les vaches descendent"), incorrect)
		m.now = m.now.Add(time.Minute + 5*time.Second)
	}
	known.Maintenant = m.now
	if err := m.motDePasse("claire.fabre", bon); err == nil { // control: elsewhere she would wait
		t.Fatal("the account is not slowed down")
	}
	_, err := m.gate.MotDePasse(t.Context(), known, "claire.fabre", bon)
	m.wants(err, "")
	_, err = m.gate.Code(t.Context(), known, id, "claire.fabre", m.present(cle))
	m.wants(err, "")
	if err := m.motDePasse("claire.fabre", bon); err == nil {
		t.Error("her log-in ends the count of who hammers")
	}
	for range 5 {
		_, err := m.gate.MotDePasse(t.Context(), known, "claire.fabre", "les vaches descendent")
		m.wants(err, incorrect)
	}
	_, err = m.gate.MotDePasse(t.Context(), known, "claire.fabre", bon)
	m.wants(err, "Trop d’essais. Réessayez dans 1\u00a0seconde.")
}

func TestAppareil(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	given := m.gate.Appareil("claire.fabre", m.now)
	altered := "A" + given[1:]
	if altered == given {
		altered = "B" + given[1:]
	}
	for _, tt := range []struct {
		name, appareil, identifiant string
		after                       time.Duration
		known                       bool
	}{
		{"the browser of this account", given, "claire.fabre", 0, true},
		{"the day before it ends", given, "claire.fabre", AppareilDuree - 24*time.Hour, true},
		{"too old", given, "claire.fabre", AppareilDuree + time.Second, false},
		{"the browser of another account", given, "jean.abadie", 0, false},
		{"altered", altered, "claire.fabre", 0, false},
		{"cut short", given[:20], "claire.fabre", 0, false},
		{"none", "", "claire.fabre", 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := Visite{Appareil: tt.appareil, Maintenant: m.now.Add(tt.after)}
			if _, known := m.gate.appareilConnu(v, tt.identifiant); known != tt.known {
				t.Errorf("known: %v", known)
			}
		})
	}
}

func TestAdresse(t *testing.T) {
	for said, want := range map[string]string{
		"192.0.2.1:5678": "192.0.2.1", "192.0.2.1": "192.0.2.1", "[::ffff:192.0.2.1]:80": "192.0.2.1",
		"[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64", "2001:db8:1:2::9%eth0": "2001:db8:1:2::/64",
		"": "inconnue", "192.0.2.1, 10.0.0.1": "inconnue",
	} {
		if got := Adresse(said); got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}

// Fifty attempts at the same time: the five first are let through, as if they had come one by one.
func TestBrakeHoldsInParallel(t *testing.T) {
	m := newMondeReel(t)
	freins := m.gate.freins(m.visite(), "claire.fabre")
	got := atParallel(50, func() bool {
		return m.gate.DB.Connexion(t.Context(), func(tx territoire.Tx) error {
			_, err := prendre(t.Context(), tx, freins, m.now)
			if r, ok := refusal.As(err); ok && !strings.HasPrefix(r.Motif, "Trop d’essais.") || !ok && err != nil {
				t.Error(err)
			}
			return err
		}) == nil
	})
	if got != 5 {
		t.Errorf("%d attempts passed, want 5", got)
	}
}

// A late success does not shorten the wait that a failure has set meanwhile.
func TestGivingBackKeepsTheWaitOfOthers(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	freins := m.gate.freins(m.visite(), "claire.fabre")
	take := func() (e essai) {
		err := m.gate.DB.Connexion(t.Context(), func(tx territoire.Tx) (err error) {
			e, err = prendre(t.Context(), tx, freins, m.now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	slow := take()
	for range 4 {
		take()
	}
	m.now = m.now.Add(time.Second)
	take() // the sixth: two seconds
	if err := m.gate.rendre(t.Context(), slow); err != nil {
		t.Fatal(err)
	}
	m.wants(m.motDePasse("claire.fabre", bon), "Trop d’essais. Réessayez dans 2\u00a0secondes.")
}

func TestOldFailuresAreDeleted(t *testing.T) {
	m := newMonde(t)
	m.withoutHashing()
	id, cle := m.directrice()
	m.wants(m.motDePasse("nobody", "les vaches descendent"), incorrect)
	m.now = m.now.Add(parCompte.oubli + time.Minute)
	m.wants(m.motDePasse("somebody", "les vaches descendent"), incorrect)
	m.wants(m.code(id, m.present(cle)), "")
	if got := lire[int](m, `select count(*)::int from frein where cle like 'compte:%'`); got != 1 {
		t.Errorf("%d counts of accounts are kept, want the one of today", got)
	}
}

// atParallel runs f n times at once and counts those that succeed.
func atParallel(n int, f func() bool) int {
	var start, end sync.WaitGroup
	var passed atomic.Int32
	start.Add(1)
	for range n {
		end.Go(func() {
			start.Wait()
			if f() {
				passed.Add(1)
			}
		})
	}
	start.Done()
	end.Wait()
	return int(passed.Load())
}
