package ui_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"base-eleves/internal/browser"
)

// In a long form Enter goes to the next field; only its buttons send it.
func TestEnterGoesOn(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("nom_famille", "Abadie")
	for _, next := range []string{"champ-prenom", "champ-naissance_le", "champ-naissance_commune"} {
		b.Press("Enter")
		b.Wait(`document.activeElement.id === "` + next + `"`)
	}
	b.Press("Enter") // a commune left empty holds nobody back, a group of radios is one stop
	b.Wait(`document.activeElement.textContent.includes("Intervertir")`)
	b.Eval(`document.getElementById("champ-sexe").focus()`, nil)
	b.Press("ArrowDown", "Enter")
	b.Wait(`document.activeElement.id === "champ-niveaux"`)
	b.Eval(`document.querySelector(".button.main[name], .form > .buttons .button").focus()`, nil)
	b.PressAndGo("Enter")
	if got := b.Text(); !strings.Contains(got, "nom_famille=Abadie") || !strings.Contains(got, "sexe=M") {
		t.Errorf("posted %q", got)
	}
}

func TestWrittenOnLeavingTheField(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	for _, tt := range []struct{ field, typed, want string }{
		{"naissance_le", "120418", "12/04/2018"},
		{"naissance_le", "12042018", "12/04/2018"},
		{"naissance_le", "1.4.28", "01/04/2028"}, // two years ahead at most: an inscription is made ahead
		{"naissance_le", "010429", "01/04/1929"},
		{"naissance_le", "310218", "310218"}, // no such day: the server says so
		{"naissance_le", "hier", "hier"},
		{"responsable.0.telephone", "0562000001", "05 62 00 00 01"},
		{"responsable.0.telephone", "+33 (0)5.62.00.00.01", "05 62 00 00 01"},
		{"responsable.0.telephone", "+34 612 345 678", "+34 612 345 678"},
		{"responsable.0.telephone", "056200", "056200"},
	} {
		b.Fill(tt.field, tt.typed)
		b.Press("Tab")
		var got string
		if b.Eval(`document.querySelector("[name='`+tt.field+`']").value`, &got); got != tt.want {
			t.Errorf("%s becomes %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestNamesAreSwapped(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("nom_famille", "Lina")
	b.Fill("prenom", "Abadie")
	b.Click("⇄ Intervertir")
	b.PressAndGo("Ctrl+Enter")
	if got := b.Text(); !strings.Contains(got, "nom_famille=Abadie") || !strings.Contains(got, "prenom=Lina") {
		t.Errorf("posted %q", got)
	}
}

// Ctrl+Enter saves and goes on with the next one.
func TestControlEnterAsksForTheNext(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("nom_famille", "Abadie")
	b.PressAndGo("Ctrl+Enter")
	if got := b.Text(); !strings.Contains(got, "suite=oui") {
		t.Errorf("posted %q", got)
	}
}

// slowCommunes is a gallery that answers about communes only when somebody asks for /repondre.
func slowCommunes(t *testing.T) string {
	t.Helper()
	gallery, answer := galleryHandler(t), make(chan struct{}, 9)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/communes":
			select {
			case <-answer:
				gallery.ServeHTTP(w, r)
			case <-r.Context().Done(): // a newer question
			}
		case "/repondre":
			answer <- struct{}{}
		default:
			gallery.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

const release = `fetch("/repondre") && true`

// "tarb", Tab at once: the answer that comes later is still taken.
func TestCommuneIsChosenThoughOneHasLeft(t *testing.T) {
	t.Parallel()
	base, b := slowCommunes(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("naissance_commune", "tarb")
	b.Press("Tab", "Tab")
	b.Eval(release, new(bool))
	b.Wait(`document.querySelector("[name=naissance_commune_code]").value === "65440"`)
	b.Wait(`document.querySelector("[name=naissance_commune]").value === "Tarbes (65000)"`)
}

// A suggestion that answers an older text is not taken.
func TestCommuneIsNotChosenFromAnOlderAnswer(t *testing.T) {
	t.Parallel()
	base, b := slowCommunes(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("naissance_commune", "tar")
	b.Eval(release, new(bool))
	b.Wait(`document.querySelectorAll("[role=option]").length === 2`)
	b.Press("x", "Tab")
	b.Eval(release, new(bool))
	b.Wait(`document.querySelectorAll("[role=option]").length === 2 && document.querySelector("[role=listbox]").hidden`)
	var code string
	if b.Eval(`document.querySelector("[name=naissance_commune_code]").value`, &code); code != "" {
		t.Errorf("tarx has the code %s", code)
	}
}

// A form sent before the answer waits for it.
func TestFormWaitsForTheCommune(t *testing.T) {
	t.Parallel()
	base, b := slowCommunes(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("naissance_commune", "tarb")
	b.Eval(`setTimeout(() => fetch("/repondre"), 300) && true`, new(bool))
	b.PressAndGo("Ctrl+Enter")
	if got := b.Text(); !strings.Contains(got, "naissance_commune_code=65440") {
		t.Errorf("posted %q", got)
	}
}

// What is typed is kept, and the page says so; a session that has ended is said too.
func TestDraftIsKept(t *testing.T) {
	t.Parallel()
	gallery := galleryHandler(t)
	kept, closed := make(chan string, 9), atomic.Bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/brouillons" {
			gallery.ServeHTTP(w, r)
			return
		}
		_ = r.ParseForm()
		kept <- r.Form.Encode()
		if closed.Load() {
			http.Redirect(w, r, "/connexion", http.StatusSeeOther)
		}
	}))
	t.Cleanup(server.Close)
	b := browser.New(t)
	b.Open(server.URL + "/formulaire")
	b.Fill("nom_famille", "Abadie")
	if got := <-kept; !strings.Contains(got, "nom_famille=Abadie") || !strings.Contains(got, "page=%2Fformulaire") {
		t.Errorf("kept %q", got)
	}
	b.Wait(`document.querySelector(".kept").textContent.startsWith("Brouillon gardé à")`)
	closed.Store(true)
	b.Fill("nom_famille", "Pujo")
	<-kept
	b.Wait(`document.querySelector(".kept").textContent.includes("Votre session est fermée.")`)
	b.Accessible()
	closed.Store(false)
	b.Fill("nom_famille", "Sarrat")
	b.Open(server.URL + "/liste") // left at once, like a tab that is closed
	if got := <-kept; !strings.Contains(got, "nom_famille=Sarrat") {
		t.Errorf("kept %q", got)
	}
}
