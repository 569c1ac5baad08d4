package verifications_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/fixture"
)

// codeOf is the address that the code of a paper holds, less the site's.
func codeOf(t *testing.T, m *fixture.Monde, agent, path string) string {
	t.Helper()
	paper := m.Get(agent, path)
	if paper.Code != 200 {
		t.Fatalf("%s answers %d", path, paper.Code)
	}
	code, ours := strings.CutPrefix(fixture.Code(t, paper.Body), "HTTPS://ECOLES.EXEMPLE.FR")
	if !ours {
		t.Fatalf("the code leads elsewhere: %q", code)
	}
	return code
}

func scolariteOf(e fixture.Enfant) string {
	return "/eleves/" + e.ID.String() + "/certificat-scolarite.pdf"
}

func check(t *testing.T, r fixture.Reponse, status int, shows ...string) {
	t.Helper()
	if r.Code != status {
		t.Errorf("got %d, want %d", r.Code, status)
	}
	_, main, _ := strings.Cut(strings.ReplaceAll(r.Body, "\u00a0", " "), "<main")
	for _, w := range shows {
		if !strings.Contains(main, w) {
			t.Errorf("without %q:\n%s", w, main)
		}
	}
}

// A visitor photographs the code, and reads what the paper says: no more.
func TestAnybodyChecksACertificate(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	paper := m.Get("directeur", scolariteOf(e)).Body
	got := m.Get("", codeOf(t, m, "directeur", scolariteOf(e)))
	check(t, got, 200, "authentique et à jour", "Certificat de scolarité", "0659001F-2026-0001", "ABADIE Lina", "12 avril 2019",
		"Présence en CE1, année scolaire 2026-2027", "Jean-Jaurès")
	onPaper := strings.ToLower(fixture.Papier(t, paper))
	for _, said := range []string{"abadie", "lina", "12 avril 2019", "ce1", "2026-2027", "0659001f-2026-0001", "20 novembre 2026"} {
		if !strings.Contains(onPaper, said) {
			t.Errorf("the page says %q, which the paper does not show", said)
		}
	}
	if strings.Contains(got.Body, "Claire Fabre") || len(got.Header.Values("Set-Cookie")) > 0 {
		t.Error("the page tells who signed, or opens a session")
	}
}

func TestAnAlteredCodeIsRefused(t *testing.T) {
	m := fixture.New(t)
	code := codeOf(t, m, "directeur", scolariteOf(m.Present("Lina")))
	for i := len("/V/"); i < len(code); i += 7 {
		letter := "A"
		if code[i] == 'A' {
			letter = "B"
		}
		got := m.Get("", code[:i]+letter+code[i+1:])
		check(t, got, 422, `role="alert"`, "ne vient pas de Base élèves")
		if strings.Contains(got.Body, "ABADIE") {
			t.Fatal("an altered code shows a name")
		}
	}
	check(t, m.Get("", code), 200, "authentique") // the control
}

// Without a telephone, the address is copied; what leads nowhere stays in the field.
func TestTheAddressIsCopied(t *testing.T) {
	m := fixture.New(t)
	code := codeOf(t, m, "directeur", scolariteOf(m.Present("Lina")))
	for _, typed := range []string{"HTTPS://ECOLES.EXEMPLE.FR" + code, " " + strings.ToLower(code) + " ", code[len("/V/"):]} {
		got := m.Get("", "/verifier?code="+url.QueryEscape(typed))
		if got.Code != 303 || !strings.EqualFold(got.Header.Get("Location"), code) {
			t.Errorf("%q: got %d to %q", typed, got.Code, got.Header.Get("Location"))
		}
	}
	check(t, m.Get("", "/verifier?code=bonjour"), 422, `value="bonjour"`, "Copiez l’adresse entière")
	check(t, m.Get("", "/verifier"), 200, "Photographiez le code")
}

func TestACertificateIsSuperseded(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	old := codeOf(t, m, "directeur", scolariteOf(e))
	m.Heure = m.Heure.Add(24 * time.Hour)
	m.Placer("directeur", e, fixture.CE1)
	m.Heure = m.Heure.Add(-24*time.Hour + 5*time.Minute)
	recent := codeOf(t, m, "directeur", scolariteOf(e))
	check(t, m.Get("", old), 200, "un autre l’a remplacé le 20 novembre 2026")
	check(t, m.Get("", recent), 200, "authentique et à jour")
}

// Once the pupil has gone, the certificat de scolarité no longer holds, without saying why; that of radiation does.
func TestACertificateThatNoLongerHolds(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	scolarite := codeOf(t, m, "directeur", scolariteOf(e))
	if got := m.Post("directeur", "/radiations/"+e.Scolarite.String(), url.Values{
		"date_radiation": {"20/11/2026"}, "motif_radiation": {"demenagement"}, "version": {"2"},
	}); got.Code != 303 {
		t.Fatalf("got %d: %s", got.Code, got.Body)
	}
	got := m.Get("", scolarite)
	check(t, got, 200, "il n’est plus à jour")
	if strings.Contains(got.Body, "Déménagement") || strings.Contains(got.Body, "adiation") {
		t.Error("the page tells why")
	}
	check(t, m.Get("", codeOf(t, m, "directeur", "/eleves/"+e.ID.String()+"/certificat-radiation.pdf")), 200,
		"authentique et à jour", "Radiation à compter du 20 novembre 2026")
}

func TestACertificatDInscription(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Zoé")
	code := codeOf(t, m, "mairie", "/eleves/"+e.ID.String()+"/certificat-inscription.pdf")
	check(t, m.Get("", code), 200, "authentique et à jour", "Certificat d’inscription", "Mairie de Tarbes", "Inscription en")
}

// The key that seals is replaced: the papers that the former one sealed are in homes, and go on being believed. The
// control: where it is no longer admitted, they are not.
func TestTheKeyIsReplaced(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	former := codeOf(t, m, "directeur", scolariteOf(e))
	next, key := sceau.New(m.Site.Coffre.Cle("sceau 2")), m.Site.Sceaux.Publique()
	*m.Site.Sceaux = *sceau.New(m.Site.Coffre.Cle("sceau 2"), key)
	recent := codeOf(t, m, "directeur", scolariteOf(e))
	if recent == former {
		t.Error("the former key still seals")
	}
	for _, code := range []string{former, recent} {
		check(t, m.Get("", code), 200, "authentique et à jour", "0659001F-2026-0001")
	}
	*m.Site.Sceaux = *next
	check(t, m.Get("", former), 422, "ne vient pas de Base élèves")
	check(t, m.Get("", recent), 200, "authentique et à jour")
}

// The keys are enough: with no base to ask, what the paper must say is said.
func TestTheBaseIsNotNeeded(t *testing.T) {
	m, _ := fixture.NewClone(t)
	code := codeOf(t, m, "directeur", scolariteOf(m.Present("Lina")))
	m.DB.Fermer()
	check(t, m.Get("", code), 200, "Ce document est authentique.", "ABADIE Lina", "s’il est encore à jour")
	check(t, m.Get("", "/verifier"), 200, "Photographiez")
	if got := m.Get("", "/aide"); got.Code == 500 {
		t.Error("the control is broken: /aide needs no base either")
	}
}
