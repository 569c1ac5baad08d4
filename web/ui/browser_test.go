package ui_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/browser"
	"base-eleves/web"
	"base-eleves/web/ui"
)

// go test ./web/ui -run Gallery -screens DIR also writes what the gallery looks like.
var screens = flag.String("screens", "", "folder in which to write screenshots of the gallery")

// policy is the one that httpx sends (tech.md §2).
const policy = "default-src 'none'; script-src 'nonce-%[1]s' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'"

func serveGallery(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(galleryHandler(t))
	t.Cleanup(server.Close)
	return server.URL
}

func galleryHandler(t *testing.T) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/static/", web.Handler())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<title>ici</title>") })
	mux.HandleFunc("GET /communes", func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix("tarbes", r.FormValue("q")) {
			fmt.Fprint(w, "[]")
			return
		}
		fmt.Fprint(w, `[{"code":"65440","nom":"Tarbes","cp":"65000","dep":"65"},{"code":"64540","nom":"Tardets-Sorholus","cp":"64470","dep":"64"}]`)
	})
	mux.HandleFunc("GET /recherche", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `[{"nom":"DUPONT Lina","detail":"CM1 A","href":"/dossier"}]`)
	})
	mux.HandleFunc("POST /{name}", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		fmt.Fprintf(w, "<!DOCTYPE html><html lang=fr><title>reçu</title><body>%s", r.PostForm.Encode())
	})
	mux.HandleFunc("GET /{name}", func(w http.ResponseWriter, r *http.Request) {
		page, ok := gallery[r.PathValue("name")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", fmt.Sprintf(policy, "n0nce"))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		frame := galleryFrame("n0nce")
		if r.FormValue("session") != "" {
			frame.SessionEnds, frame.KeepAlive = frame.Now.Add(4*time.Minute), "/"
		}
		if err := page.Render(ui.WithFrame(r.Context(), frame), w); err != nil {
			t.Error(err)
		}
	})
	return mux
}

func TestGalleryIsAccessible(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	for name := range gallery {
		b.Open(base + "/" + name)
		b.Accessible()
		shoot(b, name)
	}
}

func shoot(b *browser.Browser, name string) {
	if *screens == "" {
		return
	}
	for _, width := range []int{390, 1280} {
		for scheme, dark := range map[string]bool{"light": false, "dark": true} {
			b.Resize(width)
			b.Dark(dark)
			b.Screenshot(filepath.Join(*screens, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)))
		}
	}
	b.Resize(794) // A4 at 96 dots per inch
	b.Paper()
	b.Screenshot(filepath.Join(*screens, name+"-paper.png"))
	b.Dark(false)
}

// The test of accessibility must be able to fail.
func TestAxeFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Eval(`document.querySelector("label[for=champ-nom_famille]").remove()`, nil)
	if found := b.Axe(1280, false); len(found) != 1 || found[0].ID != "label" {
		t.Errorf("axe found %v, want one missing label", found)
	}
}

func TestFirstWrongFieldTakesTheFocus(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire-refuse")
	b.Wait(`document.activeElement.id === "champ-nom_famille"`)
	b.Click("Cette date n’existe pas")
	b.Wait(`document.activeElement.id === "champ-naissance_le"`)
	b.Open(base + "/connexion") // refused as a whole: the summary says why
	b.Wait(`document.activeElement.getAttribute("role") === "alert"`)
}

func TestCommuneIsChosenByPrefixAndTab(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("naissance_commune", "tar")
	b.Wait(`document.querySelectorAll("[role=option]").length === 2`)
	if found := b.Axe(320, true); len(found) > 0 {
		t.Errorf("with suggestions open: %v", found)
	}
	shoot(b, "suggestions")
	b.Press("ArrowDown", "ArrowUp", "Tab")
	code := `document.querySelector("[name=naissance_commune_code]").value`
	b.Wait(code + ` === "65440"`)
	b.Wait(`document.querySelector("[name=naissance_commune]").value === "Tarbes (65000)"`)
	b.Press("Tab") // the focus is back on the field only by the next line
	b.Fill("naissance_commune", "Tarbes-sur-Mer")
	b.Wait(code + ` === ""`)
}

func TestSlashSearches(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/liste")
	b.Press("/")
	b.Wait(`document.activeElement.id === "recherche"`)
	b.Press("dup")
	b.Wait(`document.querySelectorAll("[role=option]").length === 1`)
	b.Press("ArrowDown")
	b.PressAndGo("Enter")
	if !strings.HasSuffix(b.URL(), "/dossier") {
		t.Errorf("the suggestion led to %s", b.URL())
	}
}

func TestSelectionIsCountedAndPosted(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/liste")
	b.Click("Tout sélectionner")
	b.Wait(`document.querySelector("output").textContent === "30 lignes sélectionnées"`)
	b.Click("Tout sélectionner")
	b.Click("Sélectionner NGUYỄN Thị Ánh")
	b.Wait(`document.querySelector("output").textContent === "1 ligne sélectionnée"`)
	b.Choose("classe_id", "2")
	b.Follow("Placer dans la classe")
	if got := b.Text(); got != "classe_id=2&id=id-1&jeton=jeton-de-galerie" {
		t.Errorf("posted %q", got)
	}
}

func TestControlEnterSubmits(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	b.Fill("nom_famille", "Abadie")
	b.PressAndGo("Ctrl+Enter")
	if got := b.Text(); !strings.Contains(got, "nom_famille=Abadie") || !strings.Contains(got, "version=3") {
		t.Errorf("posted %q", got)
	}
}

func TestSecondClickSendsNothing(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire")
	send := `document.querySelector("main .form").dispatchEvent(new Event("submit", {cancelable: true, bubbles: true}))`
	for i, want := range []bool{true, false} {
		var sent bool
		if b.Eval(send, &sent); sent != want {
			t.Errorf("click %d is sent: %v, want %v", i+1, sent, want)
		}
	}
	var again bool // the user has come back by the Back button
	if b.Eval(`dispatchEvent(new Event("pageshow")), `+send, &again); !again {
		t.Error("a form shown again must be sent again")
	}
}

func TestSessionWarning(t *testing.T) {
	t.Parallel()
	base, b := serveGallery(t), browser.New(t)
	b.Open(base + "/formulaire?session=1")
	b.Wait(`document.querySelector("[role=alert]") !== null`)
	b.Accessible()
	shoot(b, "session")
	b.Click("Rester connecté")
	b.Open(base + "/formulaire")
	if strings.Contains(b.Text(), "session se ferme") {
		t.Error("a warning without a session")
	}
}

func TestWithoutScript(t *testing.T) {
	t.Parallel()
	base := serveGallery(t)
	b := browser.New(t).WithoutScript()
	b.Open(base + "/liste")
	if got := b.Focus(); got != "" {
		t.Errorf("the focus is on %q: a script ran", got)
	}
	b.Click("Sélectionner NGUYỄN Thị Ánh")
	b.Follow("Placer dans la classe")
	if got := b.Text(); !strings.Contains(got, "id=id-1") {
		t.Errorf("posted %q", got)
	}
}
