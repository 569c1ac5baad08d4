package app_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"base-eleves/internal/fixture"
)

// hostiles would forge a line of a log, colour a terminal, or turn what is read from right to left (CWE-117).
var hostiles = []string{
	"x\r\ntime=2026-01-01T00:00:00Z level=ERROR msg=forge", "x\nmsg=forge", "\x1b[31mforge\x1b[0m", "\u202eforge\u202c", "\u2066forge\u2069",
	"x\x00forge", "x\u2028msg=forge", "x\u0085forge",
}

// forged tells the first thing that a log must not hold: a line that the server did not begin, or a character that is not
// shown as it is.
func forged(log string) string {
	for line := range strings.SplitSeq(strings.TrimSuffix(log, "\n"), "\n") {
		if line != "" && !strings.HasPrefix(line, "time=") {
			return "a line of its own: " + line
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 {
			return fmt.Sprintf("%q", line[i:])
		}
	}
	return ""
}

// AUD-7: whatever is typed in an address, a field, or the name of a browser, each line of the log is the server's own.
// The controls write the same values as a careless server would.
func TestNobodyForgesTheLog(t *testing.T) {
	m := fixture.New(t)
	var log bytes.Buffer
	m.Site.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	for _, bad := range hostiles {
		m.Get("directeur", "/eleves?q="+url.QueryEscape(bad))
		m.Get("directeur", "/eleves/"+url.PathEscape(bad))
		m.Post("directeur", "/deconnexion/"+url.PathEscape(bad), url.Values{"motif": {bad}})
		r := httptest.NewRequest(http.MethodPost, "/connexion", strings.NewReader(url.Values{"identifiant": {bad}, "mot_de_passe": {bad}}.Encode()))
		r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "User-Agent": {bad}, "Referer": {bad}, "X-Forwarded-For": {bad}}
		m.App.ServeHTTP(httptest.NewRecorder(), r)
		m.Site.Log.InfoContext(t.Context(), "refused", "value", bad, "err", fmt.Errorf("cannot read %s", bad))
		if found := forged(log.String()); found != "" {
			t.Errorf("%q: %s", bad, found)
		}
		if careless := "time=now level=INFO msg=refused value=" + bad; forged(careless) == "" { // the control
			t.Errorf("%q would not be seen", bad)
		}
	}
	if n := strings.Count(log.String(), "\n"); n < 4*len(hostiles) {
		t.Errorf("only %d lines", n)
	}
	if n := fixture.Valeur[int](m, `select count(*)::int from journal j where j::text ~ '[\x01-\x1f\u0085\u2028\u202a-\u202e\u2066-\u2069]|forge'`); n > 0 {
		t.Errorf("%d lines of the journal hold what was typed", n)
	}
}
