package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"base-eleves/internal/browser"
)

const page = `<!DOCTYPE html><html lang="fr"><title>Essai</title><main><h1 id="t">Bonjour %s</h1>
<form method="post"><label>Nom <input name="nom" value="ancien"></label>
<label><input type="radio" name="sexe" value="F"> Fille</label><button>Envoyer</button></form>
<a href="/refuse">Refus</a> <a href="/refuse">Refus bis</a></main><script>t.append(" script")</script>`

func serve(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		name := "inconnu"
		if c, err := r.Cookie("nom"); err == nil {
			name = c.Value
		}
		fmt.Fprintf(w, page, name)
	})
	mux.HandleFunc("POST /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "nom", Value: r.FormValue("nom") + r.FormValue("sexe")})
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /refuse", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprint(w, "<title>Non</title>non")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestStory(t *testing.T) {
	t.Parallel()
	base, lina := serve(t), browser.New(t)
	if status := lina.Open(base); status != http.StatusOK {
		t.Errorf("opened with %d", status)
	}
	lina.Fill("nom", "lina")
	lina.Choose("sexe", "F")
	if status := lina.Follow("Envoyer"); status != http.StatusOK {
		t.Errorf("the redirection ends with %d", status)
	}
	if got := lina.Text(); !strings.HasPrefix(got, "Bonjour linaF script") {
		t.Errorf("lina reads %q", got)
	}
	if status := lina.Follow("Refus"); status != http.StatusUnprocessableEntity || lina.Title() != "Non" {
		t.Errorf("refused with %d, %q", status, lina.Title())
	}
	if lines := lina.Console(); len(lines) > 0 {
		t.Errorf("a refusal is no mistake of the page: %q", lines)
	}

	other := lina.Apart()
	other.Open(base)
	if got := other.Text(); !strings.HasPrefix(got, "Bonjour inconnu script") {
		t.Errorf("another person reads %q", got)
	}

	plain := lina.WithoutScript()
	plain.Open(base)
	plain.Fill("nom", "sans")
	plain.PressAndGo("Enter")
	if got := plain.Text(); !strings.HasPrefix(got, "Bonjour sans\n") {
		t.Errorf("without a script one reads %q", got)
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	b := browser.New(t)
	b.Open(serve(t))
	if wide := b.Overflow(); wide != "" {
		t.Errorf("overflows: %s", wide)
	}
	b.Eval(`document.querySelector("h1").style.width = "2000px"`, nil)
	if wide := b.Overflow(); !strings.HasPrefix(wide, "H1") {
		t.Errorf("the wide element is %q", wide)
	}
	b.Eval(`setTimeout(() => { throw new Error("raté") })`, nil)
	b.Wait("document.readyState === 'complete'")
	path := filepath.Join(t.TempDir(), "a", "b.png")
	b.Screenshot(path)
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("no screenshot: %v", err)
	}
	if lines := b.Console(); len(lines) != 1 || !strings.Contains(lines[0], "raté") {
		t.Errorf("the console says %q", lines)
	}
}
