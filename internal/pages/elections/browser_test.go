package elections_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
)

// The pages of an election that is over are judged by axe, annulled too; those of one under way are in internal/parcours.
func TestAccessible(t *testing.T) {
	m, to := contestee(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b, ien := browser.New(t), browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	ien.Carry(server.URL, m.Cookie("ien"))
	judge := func(b *browser.Browser, path string) {
		t.Helper()
		if status := b.Open(server.URL + path); status != 200 {
			t.Errorf("%s answers %d", path, status)
		}
		b.Accessible()
	}
	for _, path := range []string{to + "/resultats", to + "/annuler", to + "/proces-verbal", to + "/emargement", to + "/courriers"} {
		judge(b, path)
	}
	post(t, m, to+"/annuler", 303, "", "version", version(m), "annulee_le", "191026", "annulation", "scrutin")
	judge(b, "/elections")
	judge(b, to+"/resultats")
	judge(ien, "/elections")
}
