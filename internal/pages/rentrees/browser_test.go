package rentrees_test

import (
	"net/http/httptest"
	"net/url"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// What each pupil will be, and what was prepared, at the three widths, light and dark.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	m.Post("directeur", "/rentree", url.Values{})
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	for _, page := range []string{"/rentree", "/rentree?sort=quitte"} {
		if status := b.Open(server.URL + page); status != 200 {
			t.Fatalf("%s answers %d", page, status)
		}
		b.Accessible()
	}
}
