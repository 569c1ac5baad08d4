package httpx_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/httpx"
)

// Whatever is sent as a form, reading it does not fall over, and what is read is text: valid, without a control character.
func FuzzReadForm(f *testing.F) {
	f.Add("nom=Abadie&debut=120418&id=x&places=-3", "application/x-www-form-urlencoded")
	f.Add("nom=%ff%00%0d%0a&nom=2&;=&%zz", "application/x-www-form-urlencoded")
	f.Add("--b\r\nContent-Disposition: form-data; name=\"nom\"; filename=\"../x\"\r\n\r\n\x00\r\n--b--\r\n", "multipart/form-data; boundary=b")
	today := date.Du(2026, time.November, 20)
	f.Fuzz(func(t *testing.T, body, kind string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		form, err := httpx.ReadForm(r, today)
		if err != nil {
			return
		}
		for name := range form.Values {
			form.Date(name, "?")
			form.Count(name)
			form.UUIDs(name, "?")
			form.Choice(name, []string{"a"}, "?")
			said := form.Limited(name, 100)
			if !utf8.ValidString(said) || strings.ContainsFunc(said, unicode.IsControl) {
				t.Errorf("%s is read as %q", name, said)
			}
		}
		_, _, _ = httpx.Received(r, "nom")
	})
}
