package compte

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"base-eleves/internal/domain/refusal"
)

const incorrect = "Identifiant ou mot de passe incorrect."

func TestMotDePasse(t *testing.T) {
	for _, tt := range []struct{ name, sql, identifiant, motDePasse, motif string }{
		{"le bon", ``, "claire.fabre", bon, ""},
		{"les majuscules de l’identifiant ne comptent pas", ``, " Claire.FABRE ", bon, ""},
		{"un autre", ``, "claire.fabre", "les vaches descendent", incorrect},
		{"les majuscules du mot de passe comptent", ``, "claire.fabre", "Les vaches montent en estive", incorrect},
		{"vide", ``, "claire.fabre", "", incorrect},
		{"un compte inconnu", ``, "claire.dupont", bon, incorrect},
		{"un compte suspendu", `update compte set actif = false`, "claire.fabre", bon, incorrect},
		{"un mot de passe initial", `update compte set a_changer = true, initial_jusqu_au = '2026-09-01 08:00Z'`,
			"claire.fabre", bon, ""},
		{"un mot de passe initial périmé", `update compte set a_changer = true, initial_jusqu_au = '2026-09-01 07:59Z'`,
			"claire.fabre", bon, "Ce mot de passe n’est plus valable\u00a0: il fallait le changer à temps. Demandez une lettre au service informatique."},
		{"périmé, il ne le dit qu’à qui le connaît", `update compte set a_changer = true, initial_jusqu_au = '2026-09-01 07:59Z'`,
			"claire.fabre", "les vaches descendent", incorrect},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMonde(t)
			m.directrice()
			if tt.sql != "" {
				m.exec(tt.sql)
			}
			m.wants(m.motDePasse(tt.identifiant, tt.motDePasse), tt.motif)
		})
	}
}

// The same letter may be one character or two: both are the password.
func TestMotDePasseNFC(t *testing.T) {
	m := newMonde(t)
	m.directrice()
	empreinte, err := Hacher("la ch\u00e8vre de monsieur Seguin")
	if err != nil {
		t.Fatal(err)
	}
	m.exec(`update compte set mot_de_passe = $1`, empreinte)
	m.wants(m.motDePasse("claire.fabre", "la che\u0300vre de monsieur Seguin"), "")
	m.wants(m.motDePasse("claire.fabre", "la chevre de monsieur Seguin"), incorrect)
}

// An account that does not exist costs one comparison with today's parameters, like any other.
func TestUnknownAccountCostsTheSame(t *testing.T) {
	m := newMonde(t)
	m.directrice()
	var done atomic.Int32
	m.gate.hacheur.comparer = func(motDePasse, empreinte string) (bool, *argon2id.Params, error) {
		done.Add(1)
		juste, p, err := argon2id.CheckHash(motDePasse, empreinte)
		if err == nil && *p != parametres {
			t.Errorf("compared with %+v", *p)
		}
		return juste, p, err
	}
	for i, identifiant := range []string{"claire.fabre", "claire.dupont"} {
		m.wants(m.motDePasse(identifiant, "les vaches descendent"), incorrect)
		if got := int(done.Load()); got != i+1 {
			t.Errorf("%s: %d comparisons so far, want %d", identifiant, got, i+1)
		}
	}
}

// A log names an account that exists by its id; what was typed never gets there.
func TestLogNamesNobody(t *testing.T) {
	m := newMonde(t)
	id, _ := m.directrice()
	m.wants(m.motDePasse("claire.fabre", "les vaches descendent"), incorrect)
	m.wants(m.motDePasse("mon mot de passe", "les vaches descendent"), incorrect)
	if log := m.log.String(); !strings.Contains(log, id.String()) {
		t.Errorf("the account is not named: %s", log)
	}
	for _, typed := range []string{"claire", "mon mot", "vaches"} {
		if strings.Contains(m.log.String(), typed) {
			t.Errorf("the log holds %q: %s", typed, m.log)
		}
	}
}

func TestHashIsRenewedWhenParametersRise(t *testing.T) {
	m := newMonde(t)
	m.directrice()
	weak, err := argon2id.CreateHash(bon, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	m.exec(`update compte set mot_de_passe = $1`, weak)
	m.wants(m.motDePasse("claire.fabre", "les vaches descendent"), incorrect)
	if got := lire[string](m, `select mot_de_passe from compte`); got != weak {
		t.Error("a wrong password renewed the hash")
	}
	m.wants(m.motDePasse("claire.fabre", bon), "")
	if got := lire[string](m, `select mot_de_passe from compte`); !strings.HasPrefix(got, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is still %s", got)
	}
	m.wants(m.motDePasse("claire.fabre", bon), "")
}

func TestHacher(t *testing.T) {
	empreinte, err := Hacher(bon)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []string{empreinte, leurre} {
		p, _, _, err := argon2id.DecodeHash(h)
		if err != nil || *p != parametres {
			t.Errorf("%s: %+v, %v", h, p, err)
		}
	}
	if parametres.Memory < 19*1024 || parametres.Iterations < 2 || parametres.Parallelism != 1 {
		t.Errorf("weaker than ASVS 5.0 appendix C: %+v", parametres)
	}
	if again, _ := Hacher(bon); again == empreinte {
		t.Error("two hashes of a password are the same: no salt")
	}
}

// As many passwords at once as there are places; who waits too long is told to come back, and is not counted.
func TestHashingIsBounded(t *testing.T) {
	m := newMonde(t)
	m.directrice()
	h := m.gate.hacheur
	h.patience = time.Millisecond
	for range cap(h.places) {
		h.places <- struct{}{}
	}
	err := m.motDePasse("claire.fabre", bon)
	if r, _ := refusal.As(err); r.Kind != refusal.Overload {
		t.Errorf("got %v, want a refusal to be tried again", err)
	}
	if got := lire[int](m, `select max(echecs) from frein`); got != 0 {
		t.Errorf("a visitor who could not be served counts %d failures", got)
	}
	<-h.places
	m.wants(m.motDePasse("claire.fabre", bon), "") // control: with a place it passes
}

// Two hundred at the same time wait for one another (AUT-5): never more hashes at once than there are cores, 19 MiB each, and
// nobody is refused as long as his turn comes in time.
func TestTwoHundredLoginsAtOnce(t *testing.T) {
	h := newHacheur()
	h.patience = time.Minute
	var now, most, done atomic.Int32
	h.comparer = func(string, string) (bool, *argon2id.Params, error) {
		n := now.Add(1)
		for most.Load() < n && !most.CompareAndSwap(most.Load(), n) {
		}
		time.Sleep(time.Millisecond)
		now.Add(-1)
		done.Add(1)
		return true, &parametres, nil
	}
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() {
			if ok, _, err := h.verifier(t.Context(), bon, leurre); !ok || err != nil {
				t.Errorf("%v, %v", ok, err)
			}
		})
	}
	all.Wait()
	if cores := int32(runtime.GOMAXPROCS(0)); done.Load() != 200 || most.Load() > cores {
		t.Errorf("%d compared, %d at once on %d cores", done.Load(), most.Load(), cores)
	}
}

func TestHashingStopsWhenTheVisitorLeaves(t *testing.T) {
	h := newHacheur()
	for range cap(h.places) {
		h.places <- struct{}{}
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, _, err := h.verifier(ctx, bon, leurre); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestIdentifiant(t *testing.T) {
	const shape = "De 3 à 60 lettres sans accent, chiffres, points ou tirets, par exemple claire.fabre."
	const public = "Un identifiant n’est ni un code UAI ni un code INSEE\u00a0: ces numéros sont publics."
	for _, tt := range []struct{ typed, want, motif string }{
		{"claire.fabre", "claire.fabre", ""},
		{" Claire.Fabre2 ", "claire.fabre2", ""},
		{"jean-paul.le-goff", "jean-paul.le-goff", ""},
		{"0650001A", "", public},
		{"65440", "", public},
		{"2a004", "", public},
		{"ce.0650001a@ac-toulouse.fr", "", shape},
		{"hélène", "", shape},
		{"ab", "", shape},
		{"", "", shape},
		{strings.Repeat("a", 61), "", shape},
		{"claire..fabre", "", shape},
		{"claire fabre", "", shape},
	} {
		got, err := Identifiant(tt.typed)
		if r, _ := refusal.As(err); got != tt.want || r.Motif != tt.motif {
			t.Errorf("%q: got %q, %v; want %q, %q", tt.typed, got, err, tt.want, tt.motif)
		}
	}
}
