package connexions_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passkey/passkeytest"
)

// hote is the host of httptest's requests.
const hote = "example.com"

// demande is what the key step asks the device of one whose password was given.
func (n *navigateur) demande() string {
	n.Helper()
	body := n.get("/connexion/cle").body
	_, rest, ok := strings.Cut(body, `data-options="`)
	if !ok {
		n.Fatalf("no passkey is asked for:\n%s", body)
	}
	end := strings.Index(rest, `" data-field=`)
	return rest[:end]
}

// appareil registers a device for Claire, as /ma-cle does, and leaves her logged out.
func (m *monde) appareil(alter func(*passkeytest.Appareil)) *passkeytest.Appareil {
	m.Helper()
	a := passkeytest.New(m.T, hote)
	if alter != nil {
		alter(a)
	}
	n := m.navigateur().login()
	body := n.get("/ma-cle/acces").body
	_, rest, _ := strings.Cut(body, `data-options="`)
	asked := rest[:strings.Index(rest, `" data-field=`)]
	n.follows(n.post("/ma-cle/acces", "nom", "Téléphone", "acces", a.Creer(asked)), "/ma-cle")
	n.post("/deconnexion")
	m.now = m.now.Add(time.Minute)
	return a
}

// essai logs in up to the key step, and answers it.
func (m *monde) essai(a *passkeytest.Appareil) (*navigateur, reponse) {
	m.Helper()
	n := m.navigateur()
	n.password("claire.fabre")
	return n, n.post("/connexion/cle", "acces", a.Prouver(n.demande()))
}

// entre checks that the device opens the session.
func (m *monde) entre(a *passkeytest.Appareil) {
	m.Helper()
	n, r := m.essai(a)
	if r.code != http.StatusSeeOther || r.vers() != "/" || !n.inside() {
		m.Fatalf("the passkey does not open the session: %d to %q\n%s", r.code, r.vers(), r.body)
	}
}

// A passkey stands in for the code, as often as one likes; the code goes on opening, and one without a passkey is offered none.
func TestPasskeyOpens(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.password("claire.fabre")
	if body := n.get("/connexion/cle").body; strings.Contains(body, "Utiliser ma clé d’accès") || strings.Contains(body, "acces.") {
		t.Error("a passkey is offered to one who has none")
	}
	a := m.appareil(nil)
	m.entre(a)
	m.entre(a)
	m.navigateur().login()
	if got := valeur[string](m, `select concat_ws(' ', compteur, servie_le is not null) from cle_acces`); got != "3 t" {
		t.Errorf("the base keeps %q", got)
	}
	silent := m.appareil(func(a *passkeytest.Appareil) { a.Muet = true })
	m.entre(silent)
	m.entre(silent)
}

// What proves nothing is refused, counted and written down; the same device then opens.
func TestPasskeyThatProvesNothing(t *testing.T) {
	for name, lie := range map[string]func(a *passkeytest.Appareil){
		"another origin":   func(a *passkeytest.Appareil) { a.Origine = "http://" + hote + ".attaque.example" },
		"another port":     func(a *passkeytest.Appareil) { a.Origine = "http://" + hote + ":8080" },
		"another host":     func(a *passkeytest.Appareil) { a.Hote = "attaque.example" },
		"nobody there":     func(a *passkeytest.Appareil) { a.Drapeaux = 0x04 },
		"an unknown key":   func(a *passkeytest.Appareil) { *a = *passkeytest.New(a.TB, hote) },
		"a copy elsewhere": func(a *passkeytest.Appareil) { a.Drapeaux = 0x0d }, // it said that there could be none
	} {
		t.Run(name, func(t *testing.T) {
			m := newMonde(t)
			a := m.appareil(nil)
			honest := *a
			lie(a)
			n, r := m.essai(a)
			n.refused(r, "Cette clé d’accès n’a pas été reconnue.")
			if n.inside() || valeur[int](m, `select count(*)::int from journal where acte = 'refuser_connexion' and motif = 'acces'`) != 1 {
				t.Error("it opened, or the journal does not say so")
			}
			m.entre(&honest)
		})
	}
}

// A challenge is answered once, by the session that was asked, and in time.
func TestChallengeOfPasskey(t *testing.T) {
	t.Run("again", func(t *testing.T) {
		m := newMonde(t)
		a := m.appareil(func(a *passkeytest.Appareil) { a.Muet = true })
		n := m.navigateur()
		n.password("claire.fabre")
		answer := a.Prouver(n.demande())
		thief := n.clone() // he has copied the cookies, and hears the answer
		if r := n.post("/connexion/cle", "acces", answer); r.code != http.StatusSeeOther {
			t.Fatalf("control: %d", r.code)
		}
		if r := thief.post("/connexion/cle", "acces", answer); thief.inside() {
			t.Errorf("the same answer opens twice: %d", r.code)
		}
		other := m.navigateur()
		other.password("claire.fabre")
		other.demande()
		other.refused(other.post("/connexion/cle", "acces", answer), "Cette clé d’accès n’a pas été reconnue.")
	})
	t.Run("too late", func(t *testing.T) {
		m := newMonde(t)
		a := m.appareil(nil)
		n := m.navigateur()
		n.password("claire.fabre")
		asked := n.demande()
		m.now = m.now.Add(5*time.Minute + time.Second)
		n.refused(n.post("/connexion/cle", "acces", a.Prouver(asked)), "Cette clé d’accès n’a pas été reconnue.")
		if r := n.post("/connexion/cle", "acces", a.Prouver(n.demande())); r.code != http.StatusSeeOther {
			t.Errorf("control: %d", r.code)
		}
	})
	t.Run("of another session, or none", func(t *testing.T) {
		m := newMonde(t)
		a := m.appareil(nil)
		n, other := m.navigateur(), m.navigateur()
		n.password("claire.fabre")
		asked := n.demande()
		other.password("claire.fabre")
		other.demande()
		other.refused(other.post("/connexion/cle", "acces", a.Prouver(asked)), "Cette clé d’accès n’a pas été reconnue.")
		n.refused(n.post("/connexion/cle", "acces", `{"id":"x"}`), "Cette clé d’accès n’a pas été reconnue.")
		forged := strings.Replace(asked, `"challenge":"`, `"challenge":"AAAA`, 1)
		n.refused(n.post("/connexion/cle", "acces", a.Prouver(forged)), "Cette clé d’accès n’a pas été reconnue.")
		if r := n.post("/connexion/cle", "acces", a.Prouver(asked)); r.code != http.StatusSeeOther {
			t.Errorf("control: %d", r.code)
		}
	})
}

// The key of a colleague opens nothing but his own account.
func TestPasskeyOfAnotherAccount(t *testing.T) {
	m := newMonde(t)
	a := m.appareil(nil)
	jean, _ := m.compte("jean.abadie", "Jean", habilitation.Directeur, "0650001A")
	b := passkeytest.New(t, hote)
	n := m.navigateur()
	n.password("jean.abadie")
	if body := n.get("/connexion/cle").body; strings.Contains(body, "Utiliser ma clé d’accès") {
		t.Fatal("Jean is offered Claire's passkey")
	}
	// Even with a key of his own, hers does not answer his challenge.
	m.exec(`insert into cle (id, compte_id, numero_serie, type) values (gen_random_uuid(), $1, 'L-JEAN', 'WEBAUTHN')`, jean)
	m.exec(`insert into cle_acces (cle_id, identifiant, cle_publique, compteur, drapeaux, nom, ajoutee_le)
		select id, '\x01', '\x01', 0, 5, 'Jean', now() from cle where numero_serie = 'L-JEAN'`)
	n.refused(n.post("/connexion/cle", "acces", a.Prouver(n.demande())), "Cette clé d’accès n’a pas été reconnue.")
	n.refused(n.post("/connexion/cle", "acces", b.Prouver(n.demande())), "Cette clé d’accès n’a pas été reconnue.")
	m.entre(a)
}

// A counter that has not grown means that two devices hold the key: it is suspended, the service and its holder are told, and
// it opens nothing more until the service puts it back.
func TestCopiedPasskey(t *testing.T) {
	m := newMonde(t)
	a := m.appareil(nil)
	m.entre(a)
	clone := *a
	m.entre(a)
	n, r := m.essai(&clone)
	n.refused(r, "Cette clé d’accès a peut-être été copiée")
	if got := valeur[string](m, `select concat_ws(' ', etat, motif) from cle where type = 'WEBAUTHN'`); got != "suspendue copie" {
		t.Errorf("the key is %q", got)
	}
	if got := valeur[int](m, `select count(*)::int from avis where nature = 'cle_copiee'`); got != 1 {
		t.Errorf("its holder is told %d times", got)
	}
	if got := valeur[int](m, `select count(*)::int from journal where acte = 'refuser_connexion' and motif = 'copie'`); got != 1 {
		t.Errorf("the journal has %d lines", got)
	}
	n = m.navigateur()
	n.password("claire.fabre")
	if body := n.get("/connexion/cle").body; strings.Contains(body, "Utiliser ma clé d’accès") {
		t.Error("a suspended passkey is asked for")
	}
	m.exec(`update cle set etat = 'remise', motif = '', version = version + 1 where type = 'WEBAUTHN'`)
	m.entre(a)
	if got := valeur[string](m, `select etat from cle where type = 'WEBAUTHN'`); got != "active" {
		t.Errorf("put back, it is %q after it has opened", got)
	}
	if r := m.navigateur().login().get("/ma-cle"); !strings.Contains(r.body, "clé d’accès peut-être copiée") {
		t.Error("her page does not say so")
	}
}

// A passkey suspended or lost while its answer is on its way opens nothing.
func TestSuspendedPasskey(t *testing.T) {
	for etat, motif := range map[string]string{"suspendue": "demande", "perdue": ""} {
		t.Run(etat, func(t *testing.T) {
			m := newMonde(t)
			a := m.appareil(nil)
			n := m.navigateur()
			n.password("claire.fabre")
			asked := n.demande()
			m.exec(`update cle set etat = $1, motif = $2 where type = 'WEBAUTHN'`, etat, motif)
			if r := n.post("/connexion/cle", "acces", a.Prouver(asked)); r.code == http.StatusSeeOther && n.inside() {
				t.Error("it opened")
			}
			m.navigateur().login() // control: her other key opens
		})
	}
}
