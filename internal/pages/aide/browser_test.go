package aide_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

func TestHelpIsAccessible(t *testing.T) {
	m := fixture.New(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	for _, path := range []string{"/aide/admissions", "/accessibilite"} {
		if status := b.Open(server.URL + path); status != 200 {
			t.Errorf("%s answers %d", path, status)
		}
		b.Accessible()
	}
}

// The shortcut is turned off where its declaration is, and stays so.
func TestShortcutIsTurnedOff(t *testing.T) {
	m := fixture.New(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Open(server.URL + "/accessibilite")
	var on bool
	if b.Eval(`document.querySelector("#raccourci").checked`, &on); !on {
		t.Error("the shortcut is off before anybody asked")
	}
	b.Click("La touche")
	b.Open(server.URL + "/accessibilite")
	if b.Eval(`document.querySelector("#raccourci").checked`, &on); on {
		t.Error("the shortcut is on again")
	}
}
