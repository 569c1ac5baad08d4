package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"base-eleves/internal/fixture"
)

// What has ended is deleted, what has not stays: sessions, files of a day, operations of a month.
func TestForgetEnded(t *testing.T) {
	m := fixture.New(t)
	for name, since := range map[string]time.Duration{"past": time.Minute, "open": -time.Minute} {
		now := m.Heure
		for sql, le := range map[string]time.Time{
			`insert into sessions (token, data, expiry) values ($1, '', $2)`: now.Add(-since),
			`insert into depot (id, compte_id, ecole_uai, nom, contenu, genre, correspondance, annee, le)
				values (gen_random_uuid(), gen_random_uuid(), '0659001F', $1, '', 'eleves', '{}', 2026, $2)`: now.AddDate(0, 0, -1).Add(-since),
			`with o as (insert into operation (id, ecole_uai, genre, annee, nom, faite_le, compte_id, crees, modifies, inchanges, refuses)
				values (gen_random_uuid(), '0659001F', 'eleves', 2026, $1, $2, gen_random_uuid(), 1, 0, 0, 0) returning id, nom)
				insert into operation_ligne (operation_id, rang, ecole_uai, ligne, objet, objet_id, operation, avant, apres)
				select id, 1, '0659001F', 2, 'eleve', gen_random_uuid(), 'ajout', '{}', to_jsonb(nom) from o`: now.Add(-30*24*time.Hour - since),
		} {
			if _, err := m.Tx.Exec(t.Context(), sql, name, le); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := forgetEnded(t.Context(), m.Site); err != nil {
		t.Fatal(err)
	}
	left := fixture.Valeur[string](m, `select concat_ws(' ', (select string_agg(token, ',') from sessions where token in ('past', 'open')),
		(select string_agg(nom, ',') from depot),
		(select string_agg(apres #>> '{}', ',') from operation_ligne), (select count(*) from operation))`)
	if left != "open open open 2" {
		t.Errorf("left %q", left)
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
