package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"base-eleves/web"
)

func get(t *testing.T, path, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	web.Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestPathNamesTheContent(t *testing.T) {
	t.Parallel()
	if p := web.Path("app.css"); !regexp.MustCompile(`^/static/app\.[0-9a-f]{10}\.css$`).MatchString(p) {
		t.Errorf("Path gives %q", p)
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown file must panic")
		}
	}()
	web.Path("inconnu.css")
}

func TestHandler(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, path, accept string
		code               int
		encoding, mime     string
	}{
		{"compressed", web.Path("app.css"), "br, gzip", 200, "gzip", "text/css; charset=utf-8"},
		{"compressed script", web.Path("app.js"), "gzip;q=1.0", 200, "gzip", "text/javascript; charset=utf-8"},
		{"plain for who cannot read gzip", web.Path("app.css"), "br", 200, "", "text/css; charset=utf-8"},
		{"plain for who refuses gzip", web.Path("app.css"), "gzip;q=0", 200, "", "text/css; charset=utf-8"},
		{"a small file is not worth it", web.Path("favicon.svg"), "gzip", 200, "", "image/svg+xml"},
		{"another version", "/static/app.0000000000.css", "gzip", 404, "", "text/plain; charset=utf-8"},
		{"the name without its hash", "/static/app.css", "gzip", 404, "", "text/plain; charset=utf-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			answer := get(t, tt.path, tt.accept)
			h := answer.Header
			if answer.StatusCode != tt.code || h.Get("Content-Encoding") != tt.encoding || h.Get("Content-Type") != tt.mime {
				t.Errorf("got %d %q %q", answer.StatusCode, h.Get("Content-Encoding"), h.Get("Content-Type"))
			}
			if kept := h.Get("Cache-Control") != ""; kept != (tt.code == 200) {
				t.Errorf("Cache-Control %q", h.Get("Cache-Control"))
			}
		})
	}
}

// The budgets of the interface: the stylesheet and the script of a first visit, in bytes.
func TestWeight(t *testing.T) {
	t.Parallel()
	for name, budget := range map[string]int64{"app.css": 8 << 10, "app.js": 7 << 10, "repartition.css": 2 << 10, "repartition.js": 7 << 9,
		"suivi.css": 1 << 10, "suivi.js": 1 << 10} {
		answer := get(t, web.Path(name), "gzip")
		size, err := io.Copy(io.Discard, answer.Body)
		if err != nil || size > budget {
			t.Errorf("%s weighs %d bytes compressed, more than %d (%v)", name, size, budget, err)
		}
		t.Logf("%s: %d bytes compressed", name, size)
	}
}

func TestGzipIsTheFile(t *testing.T) {
	t.Parallel()
	plain, err := io.ReadAll(get(t, web.Path("app.js"), "").Body)
	if err != nil {
		t.Fatal(err)
	}
	unzip, err := gzip.NewReader(get(t, web.Path("app.js"), "gzip").Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(unzip); err != nil || string(got) != string(plain) {
		t.Errorf("the compressed script differs from the plain one (%v)", err)
	}
}
