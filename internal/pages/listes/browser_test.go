package listes_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
)

// The page of a list, unfolded, and that of all lists, at the three widths, light and dark.
func TestAccessible(t *testing.T) {
	m := monde(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	for _, path := range []string{"/listes", "/listes/composer?compose=1&c=nom&c=vide.1&vide.1.titre=Visa&par=classe&niveau=CE1", "/editions"} {
		if status := b.Open(server.URL + path); status != 200 {
			t.Fatalf("%s answers %d", path, status)
		}
		b.Eval(`document.querySelectorAll("main details").forEach((d) => { d.open = true })`, nil)
		b.Accessible()
	}
}
