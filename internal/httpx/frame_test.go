package httpx_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"base-eleves/internal/fixture"
)

var bodyTag = regexp.MustCompile(`<body data-session-left="(\d+)" data-keep-alive="([^"]*)"`)

// left is what a page says of the end of the session, in minutes, and how it may be prolonged.
func left(t *testing.T, r fixture.Reponse) (minutes int, keepAlive string) {
	t.Helper()
	found := bodyTag.FindStringSubmatch(r.Body)
	if r.Code != http.StatusOK || found == nil {
		t.Fatalf("answered %d, without the end of the session", r.Code)
	}
	seconds, _ := strconv.Atoi(found[1])
	return seconds / 60, found[2]
}

func TestPageTellsWhenTheSessionEnds(t *testing.T) {
	m := fixture.New(t)
	if minutes, address := left(t, m.Get("directeur", "/")); minutes != 15 || address != "/session/prolonger" {
		t.Errorf("at log-in: %d minutes, prolonged at %q", minutes, address)
	}
	m.Heure = m.Heure.Add(10 * time.Minute)
	r := m.Get("directeur", "/session/prolonger")
	if r.Code != http.StatusNoContent || r.Body != "" || r.Header.Get("Session-Left") != "900" {
		t.Errorf("prolonged: %d, %q seconds left", r.Code, r.Header.Get("Session-Left"))
	}
	m.Heure = m.Heure.Add(14 * time.Minute) // 24 after the log-in: alive because it was prolonged
	if minutes, _ := left(t, m.Get("directeur", "/")); minutes != 15 {
		t.Errorf("after a page: %d minutes", minutes)
	}
	m.Heure = m.Heure.Add(16 * time.Minute)
	if r := m.Get("directeur", "/session/prolonger"); r.Code != http.StatusSeeOther || r.Header.Get("Session-Left") != "" {
		t.Errorf("an idle session is prolonged: %d", r.Code)
	}
}

// Eight hours after the log-in nothing prolongs the session: the page says so by offering nothing.
func TestSessionHasAnAge(t *testing.T) {
	m := fixture.New(t)
	m.Get("directeur", "/")
	for range 47 { // ten minutes each
		m.Heure = m.Heure.Add(10 * time.Minute)
		m.Get("directeur", "/session/prolonger")
	}
	if minutes, address := left(t, m.Get("directeur", "/")); minutes != 10 || address != "" {
		t.Errorf("near its end: %d minutes, prolonged at %q", minutes, address)
	}
	if got := m.Get("directeur", "/session/prolonger").Header.Get("Session-Left"); got != "600" {
		t.Errorf("%q seconds left", got)
	}
	m.Heure = m.Heure.Add(11 * time.Minute)
	if r := m.Get("directeur", "/"); r.Code != http.StatusSeeOther || !strings.Contains(r.Header.Get("Location"), "raison=duree") {
		t.Errorf("after its end: %d to %s", r.Code, r.Header.Get("Location"))
	}
}

func TestFrameOfThePage(t *testing.T) {
	m := fixture.New(t)
	body := m.Get("directeur", "/").Body
	for _, want := range []string{"Édité le 20\u00a0novembre\u00a02026", "Claire Fabre", "École primaire Jean-Jaurès, Tarbes"} {
		if !strings.Contains(body, want) {
			t.Errorf("does not say %q", want)
		}
	}
	if strings.Contains(body, "Changer") {
		t.Error("one who has a single habilitation is offered another")
	}
	if public := m.Get("", "/connexion").Body; strings.Contains(public, "data-session-left") {
		t.Error("a visitor has a session to prolong")
	}
}

// counting counts how often sessions are read.
type counting struct {
	scs.Store
	reads int
}

func (c *counting) Find(token string) ([]byte, bool, error) {
	c.reads++
	return c.Store.Find(token)
}

// A browser asks for the icon by habit; neither a session nor a page answers.
func TestIconReadsNoSession(t *testing.T) {
	m := fixture.New(t)
	m.Get("directeur", "/")
	store := &counting{Store: m.Site.Sessions.Store}
	m.Site.Sessions.Store = store
	if r := m.Get("directeur", "/favicon.ico"); r.Code != http.StatusNotFound || store.reads != 0 {
		t.Errorf("answered %d after %d reads of the session", r.Code, store.reads)
	}
	if m.Get("directeur", "/"); store.reads == 0 { // control
		t.Error("a page reads no session either")
	}
}
