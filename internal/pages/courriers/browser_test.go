package courriers_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// A click puts a field where the caret stands; the pages of a letter are judged by axe.
func TestInsererUnChamp(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	to := ecrire(m, "Bonjour,")
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	for _, path := range []string{"/courriers", to + "/envoyer", "/courriers/nouveau"} {
		if status := b.Open(server.URL + path); status != 200 {
			t.Fatalf("%s answers %d", path, status)
		}
		b.Accessible()
	}
	b.Fill("corps", "Bonjour ,")
	b.Eval(`document.querySelector("[name=corps]").setSelectionRange(8, 8)`, nil)
	b.Click("{prenom}")
	var said string
	if b.Eval(`document.querySelector("[name=corps]").value`, &said); said != "Bonjour {prenom}," {
		t.Errorf("the text is %q", said)
	}
}
