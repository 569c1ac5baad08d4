package app

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Encoders serve again and again: nothing of one answer is left in the next.
func TestCompressed(t *testing.T) {
	h := compressed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		_, _ = io.WriteString(w, strings.Repeat(r.URL.Query().Get("nom"), 500))
	}))
	for _, tt := range []struct {
		name, nom, typ, accept string
		gzipped                bool
	}{
		{"une page", "abadie", "text/html; charset=utf-8", "gzip, deflate, br", true},
		{"une autre, par le même compresseur", "zoé", "text/html; charset=utf-8", "gzip", true},
		{"un export", "a;b", "text/csv", "gzip", true},
		{"un navigateur qui ne le demande pas", "abadie", "text/html; charset=utf-8", "", false},
		{"un PDF, déjà compressé", "abadie", "application/pdf", "gzip", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := url.Values{"nom": {tt.nom}, "type": {tt.typ}}
			r := httptest.NewRequest(http.MethodGet, "/?"+q.Encode(), nil)
			r.Header.Set("Accept-Encoding", tt.accept)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if gzipped := w.Header().Get("Content-Encoding") == "gzip"; gzipped != tt.gzipped {
				t.Fatalf("gzip: %t, want %t", gzipped, tt.gzipped)
			}
			var body io.Reader = w.Body
			if tt.gzipped {
				z, err := gzip.NewReader(w.Body)
				if err != nil {
					t.Fatal(err)
				}
				body = z
			}
			if b, err := io.ReadAll(body); err != nil || string(b) != strings.Repeat(tt.nom, 500) {
				t.Errorf("got %.40q…, %v", b, err)
			}
		})
	}
}
