package fichiers_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
)

// The files, and one of them, are judged by axe: none, one that waits, one that is ready.
func TestAccessible(t *testing.T) {
	m := monde(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	ia, service := browser.New(t), browser.New(t)
	ia.Carry(server.URL, m.Cookie("ia"))
	service.Carry(server.URL, m.Cookie("service"))
	judge := func(b *browser.Browser, path string) {
		t.Helper()
		if status := b.Open(server.URL + path); status != 200 {
			t.Errorf("%s answers %d", path, status)
		}
		b.Accessible()
	}
	judge(ia, "/fichiers")
	file := demander(m)
	judge(service, "/fichiers")
	judge(ia, file)
	accorder(m, "service", file, "oui")
	m.Fabriquer()
	judge(ia, "/fichiers")
	judge(ia, file)
}
