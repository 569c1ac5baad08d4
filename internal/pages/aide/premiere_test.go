package aide_test

import (
	"net/http"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/pdf/pdftest"
)

// The sheet of a first log-in is open to whoever cannot log in yet, holds on one page, and says on paper what it says on
// the screen.
func TestFirstLogInIsOnePage(t *testing.T) {
	m := fixture.New(t)
	page, file := m.Get("", "/aide/premiere-connexion"), m.Get("", "/aide/premiere-connexion.pdf")
	if page.Code != http.StatusOK || file.Code != http.StatusOK {
		t.Fatalf("%d %d", page.Code, file.Code)
	}
	if got := pdftest.Poppler(t, []byte(file.Body), "pdfinfo", "FILE"); !strings.Contains(got, "Pages:           1") {
		t.Errorf("not one page:\n%s", got)
	}
	text := strings.Join(strings.Fields(pdftest.Text(t, []byte(file.Body))), " ")
	for _, says := range []string{"Première connexion", "au moins 15 caractères", "délégation", "Service informatique de votre département"} {
		if !strings.Contains(page.Body, says) || !strings.Contains(text, says) {
			t.Errorf("%q is not on both", says)
		}
	}
	pdftest.Golden(t, "premiere-connexion", []byte(file.Body))
}
