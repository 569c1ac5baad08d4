package load_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"base-eleves/internal/bench/load"
)

// server answers short bodies with their length and long ones in chunks, as net/http does.
func server(t *testing.T, asked *atomic.Int64) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/long":
			_, _ = io.WriteString(w, strings.Repeat("0123456789", 5000))
		case "/echo":
			_ = r.ParseForm()
			c, _ := r.Cookie("session")
			_, _ = io.WriteString(w, r.Method+" "+r.PostForm.Get("nom")+" "+c.Value+" "+r.Header.Get("Accept-Encoding"))
		case "/absent":
			http.Error(w, "nothing here", http.StatusNotFound)
		default:
			_, _ = io.WriteString(w, "short")
		}
	}))
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func TestRunCountsEachAnswer(t *testing.T) {
	var asked atomic.Int64
	address := server(t, &asked)
	paths := []string{"/short", "/long"}
	got, err := load.Run(t.Context(), address, 4, 50*time.Millisecond, func(_, n int) load.Request {
		return load.Request{Path: paths[n%2]}
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n == 0 || n != int64(len(got.Times)) {
		t.Errorf("the server answered %d times, %d were counted", n, len(got.Times))
	}
	if got.Bytes < 5 || got.Quantile(0.5) > got.Quantile(0.99) || got.Rate() <= 0 {
		t.Errorf("bytes %d, p50 %s, p99 %s, rate %f", got.Bytes, got.Quantile(0.5), got.Quantile(0.99), got.Rate())
	}
}

func TestOneSendsFormAndCookie(t *testing.T) {
	var asked atomic.Int64
	body, err := load.One(context.Background(), server(t, &asked), load.Request{
		Method: "POST", Path: "/echo", Cookie: "session=abc", Form: "nom=No%C3%A9", Gzip: true,
	})
	if err != nil || string(body) != "POST Noé abc gzip" {
		t.Errorf("got %q, %v", body, err)
	}
}

// An error page is quick: a run that met one must not pass for a fast one.
func TestRunEndsAtAnUnexpectedAnswer(t *testing.T) {
	var asked atomic.Int64
	address := server(t, &asked)
	plan := func(want int) load.Plan {
		return func(int, int) load.Request { return load.Request{Path: "/absent", Want: want} }
	}
	_, err := load.Run(t.Context(), address, 2, time.Minute, plan(200))
	if err == nil || !strings.Contains(err.Error(), "status 404, want 200: nothing here") {
		t.Errorf("got %v", err)
	}
	if _, err := load.Run(t.Context(), address, 2, 20*time.Millisecond, plan(404)); err != nil { // control
		t.Error(err)
	}
}
