package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"base-eleves/internal/httpx"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

func TestForgetEndedSessions(t *testing.T) {
	tx := postgrestest.Tx(t)
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	for token, end := range map[string]time.Time{"past": now.Add(-time.Minute), "open": now.Add(time.Minute)} {
		if _, err := tx.Exec(t.Context(), `insert into sessions (token, data, expiry) values ($1, '', $2)`, token, end); err != nil {
			t.Fatal(err)
		}
	}
	site := &httpx.Site{DB: territoire.Dans(tx), Now: func() time.Time { return now }}
	if err := forgetEnded(t.Context(), site); err != nil {
		t.Fatal(err)
	}
	var left string
	if err := tx.QueryRow(t.Context(), `select string_agg(token, ' ') from sessions`).Scan(&left); err != nil || left != "open" {
		t.Errorf("left %q, %v", left, err)
	}
}

// A metric names the route, never the pupil.
func TestMetricsNameRoutes(t *testing.T) {
	mux := chi.NewRouter()
	mux.Get("/eleves/{id}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	outer := chi.NewRouter()
	outer.Mount("/", mux)
	m := newMetrics()
	served := m.watch(outer)
	for _, r := range []*http.Request{
		httptest.NewRequest(http.MethodGet, "/eleves/4321", nil),
		httptest.NewRequest("BREW", "/eleves/4321", nil),
		httptest.NewRequest(http.MethodGet, "/nulle-part/4321", nil),
	} {
		served.ServeHTTP(httptest.NewRecorder(), r)
	}
	w := httptest.NewRecorder()
	promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	body := w.Body.String()
	if !strings.Contains(body, `method="GET",route="/eleves/{id}",status="418"`) || !strings.Contains(body, `method="other"`) {
		t.Errorf("metrics:\n%s", body)
	}
	if strings.Contains(body, "4321") || strings.Contains(body, "BREW") {
		t.Error("an address or an invented method has become a label")
	}
}
