package connexions_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/browser"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
)

// ecran is Chromium in front of the application.
type ecran struct {
	*browser.Browser
	m    *monde
	base string
}

func newEcran(m *monde) ecran {
	m.Helper()
	server := httptest.NewServer(m.app)
	m.Cleanup(server.Close)
	return ecran{browser.New(m.T), m, server.URL}
}

// entrer logs in from the log-in page that is shown, by a key.
func (e ecran) entrer(identifiant string, k otp.Cle) {
	e.m.Helper()
	e.Fill("identifiant", identifiant)
	e.Fill("mot_de_passe", bon)
	e.Follow("Continuer")
	e.m.now = e.m.now.Add(30 * time.Second)
	code, err := k.Code(e.m.now)
	if err != nil {
		e.m.Fatal(err)
	}
	e.Fill("code", code)
	e.Follow("Se connecter")
}

// back presses the Back button, and lets the page come.
func (e ecran) back() {
	e.m.Helper()
	e.Eval(`void setTimeout(() => history.back(), 50)`, nil)
	time.Sleep(time.Second) // the page is another: nothing of this one can be waited for
}

// After the log-out the Back button shows nothing of what was on the screen (security.md SES-8); before it, it does.
func TestBackAfterLogOut(t *testing.T) {
	m := newMonde(t)
	e := newEcran(m)
	e.Open(e.base + "/connexion")
	e.entrer("claire.fabre", m.cle)
	e.Open(e.base + "/sessions")
	e.Open(e.base + "/ma-cle")
	e.back()
	if text := e.Text(); !strings.HasSuffix(e.URL(), "/sessions") || !strings.Contains(text, "Claire Fabre") {
		t.Fatalf("control: before the log-out the Back button shows %s:\n%s", e.URL(), text)
	}
	e.Open(e.base + "/ma-cle")
	e.Follow("Se déconnecter")
	for range 2 {
		e.back()
		if text := e.Text(); strings.Contains(text, "Claire Fabre") || strings.Contains(text, "clé sécurisée") || !strings.Contains(text, "Mot de passe") {
			t.Errorf("the Back button shows %s:\n%s", e.URL(), text)
		}
	}
}

// A form that comes after the session has ended is given back whole after the log-in (security.md SES-4), typed in a browser
// with or without a script.
func TestNothingTypedIsLost(t *testing.T) {
	for name, script := range map[string]bool{"with a script": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			m := newMonde(t)
			_, k := m.compte("luc.abadie", "Luc", habilitation.Mairie, "65440")
			e := newEcran(m)
			if !script {
				e.Browser = e.WithoutScript()
			}
			e.Open(e.base + "/connexion")
			e.entrer("luc.abadie", k)
			e.Open(e.base + "/inscriptions/nouvelle")
			e.Fill("nom_famille", "Pujo")
			e.Fill("prenom", "Léa")
			e.Fill("date_naissance", "12/04/2020")
			e.PressAndGo("Enter")
			typed := map[string]string{"voie": "3 rue du Pic", "commune_naissance": "Tarbes"}
			for name, value := range typed {
				e.Fill(name, value)
			}
			if script { // what it has to send is sent before the session ends
				e.Wait(`document.querySelector(".kept")?.textContent.startsWith("Brouillon gardé")`)
			}
			m.now = m.now.Add(16 * time.Minute)
			e.Follow("Inscrire l’enfant")
			u, err := url.Parse(e.URL())
			if err != nil || u.Path != "/connexion" || !strings.Contains(e.Text(), "après 15 minutes sans activité") {
				t.Fatalf("sent to %s\n%s", e.URL(), e.Text())
			}
			e.entrer("luc.abadie", k)
			if !strings.Contains(e.Text(), "Vous aviez commencé cette saisie") {
				t.Fatalf("nothing is offered at %s\n%s", e.URL(), e.Text())
			}
			e.Follow("Reprendre la saisie")
			for name, want := range typed {
				var got string
				if e.Eval(`document.querySelector("main [name=`+name+`]").value`, &got); !strings.HasPrefix(got, want) { // the script has completed the commune
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}
