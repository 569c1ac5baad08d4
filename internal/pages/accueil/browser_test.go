package accueil_test

import (
	"context"
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// enter makes the browser's session that of an agent, as the end of the log-in does.
func enter(m *fixture.Monde, b *browser.Browser, base, agent string) {
	m.Helper()
	ctx, err := m.Site.Sessions.Load(context.Background(), "")
	if err == nil {
		err = m.Site.Open(ctx, m.Agent(agent))
	}
	if err != nil {
		m.Fatal(err)
	}
	token, _, err := m.Site.Sessions.Commit(ctx)
	if err != nil {
		m.Fatal(err)
	}
	b.Open(base + "/aide")
	var set string
	b.Eval(`document.cookie = "session=`+token+`; path=/"`, &set)
}

func TestHomeIsAccessible(t *testing.T) {
	m := fixture.New(t)
	busy(m)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	for _, agent := range []string{"directeur", "ien"} {
		visit := b.Apart()
		enter(m, visit, server.URL, agent)
		if status := visit.Open(server.URL + "/"); status != 200 || visit.Title() != "Accueil – Base élèves" {
			t.Fatalf("%s is answered %d, %s", agent, status, visit.Title())
		}
		visit.Accessible()
	}
	enter(m, b, server.URL, "directeur")
	b.Open(server.URL + "/qualite/sans-classe")
	b.Accessible()
}
