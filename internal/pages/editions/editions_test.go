package editions_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

var links = regexp.MustCompile(`<dt><a href="([^"]+)"`)

// Each role finds what it may print, and each address opens to it.
func TestWhoPrintsWhat(t *testing.T) {
	for _, tt := range []struct {
		agent    string
		code     int
		has, not string
	}{
		{"directeur", 200, "Certificats de scolarité", "Certificat d’inscription"},
		{"mairie", 200, "Certificat d’inscription", "Certificats de scolarité"},
		{"ien", 200, "Liste d’une classe", "Registre des élèves"},
		{"ia", 200, "Registre des élèves", "Décisions de passage"},
		{"college", 403, "", "Certificat"},
		{"service", 403, "", "Certificat"},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Get(tt.agent, "/editions")
			if got.Code != tt.code || !strings.Contains(got.Body, tt.has) || strings.Contains(got.Body, tt.not) {
				t.Errorf("got %d\n%s", got.Code, got.Body)
			}
			for _, l := range links.FindAllStringSubmatch(got.Body, -1) {
				if page := m.Get(tt.agent, l[1]); page.Code != http.StatusOK {
					t.Errorf("%s answers %d", l[1], page.Code)
				}
			}
		})
	}
}
