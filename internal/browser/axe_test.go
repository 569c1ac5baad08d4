package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"base-eleves/internal/browser"
)

// rows is a page of forty rows that look alike, whose dark scheme has colours of its own; each %s is a row more.
const rows = `<!DOCTYPE html><html lang="fr"><title>Essai</title><style>
@media (prefers-color-scheme: dark) { .nuit { color: #111; background: #222 } }
.pale { color: #eee; background: #fff }</style>
<main><h1>Essai</h1><table><thead><tr><th>Nom</th></tr></thead><tbody>%s</tbody></table></main>`

// A row that has a look of its own is judged wherever it stands, in the scheme where it is wrong; so are the names of
// fields, on every row.
func TestAxe(t *testing.T) {
	t.Parallel()
	alike := strings.Repeat(`<tr><td>Ligne</td></tr>`, 40)
	b := browser.New(t)
	for name, tt := range map[string]struct{ body, light, dark string }{
		"nothing wrong":              {alike, "", ""},
		"a pale row, the last":       {alike + `<tr><td class="pale">Ligne</td></tr>`, "color-contrast", "color-contrast"},
		"pale rows, all":             {strings.Repeat(`<tr><td class="pale">Ligne</td></tr>`, 40), "color-contrast", "color-contrast"},
		"a pale label, the last":     {`<tr><td>` + strings.Repeat(`<label>Case</label> `, 40) + `<label class="pale">Case</label></td></tr>`, "color-contrast", "color-contrast"},
		"a row invisible at night":   {alike + `<tr class="nuit"><td>Ligne</td></tr>`, "", "color-contrast"},
		"the last field has no name": {alike + `<tr><td>Ligne <input></td></tr>`, "label", ""},
		"all but the first three are nameless": {strings.Repeat(`<tr><td><input aria-label="Nom"></td></tr>`, 3) +
			strings.Repeat(`<tr><td><input aria-label=""></td></tr>`, 3), "label", ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, rows, tt.body) }))
		b.Open(server.URL)
		for _, dark := range []bool{false, true} {
			var got []string
			for _, v := range b.Axe(1280, dark) {
				got = append(got, v.ID)
			}
			want := tt.light
			if dark {
				want = tt.dark
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s, dark %v: %q, want %q", name, dark, got, want)
			}
		}
		server.Close()
	}
}
