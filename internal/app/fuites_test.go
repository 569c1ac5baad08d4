package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// personnelSQL is every value of a person in the base: names, dates of birth, addresses, telephones, INE.
const personnelSQL = `
	select string_agg(distinct regexp_replace(v, '([.*+?^$(){}|\[\]\\])', '\\\1', 'g'), '|')
	from (select key, value as v from (
			select to_jsonb(e) as ligne from eleve e union all select to_jsonb(r) from responsable r union all
			select to_jsonb(a) from adresse a union all select to_jsonb(i) from immatriculation i union all
			select to_jsonb(p) from personne_autorisee p) t, jsonb_each_text(ligne)) c
	where key ~ '^(nom|prenom|voie|complement|lieu_dit|tel_|courriel|ine$|date_naissance|cle_nom|organisme)' and length(v) >= 3`

// ecrits is all that the journal and the server have written.
func ecrits(m *fixture.Monde, log *bytes.Buffer) string {
	return fixture.Valeur[string](m, `select coalesce(string_agg(j::text, E'\n'), '') from journal j`) + log.String()
}

// AUD-2: after every page that three roles may open and every act that they may try about pupils of flesh and blood, no
// value of theirs is in the journal nor in what the server writes. That there were such values, that a line was written for
// each, and that one would be seen, are the controls.
func TestNothingPersonalIsWrittenDown(t *testing.T) {
	m := fixture.New(t)
	var log bytes.Buffer
	m.Site.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	own := settle(m, chez)
	personal := regexp.MustCompile(`(?i)\b(` + fixture.Valeur[string](m, personnelSQL) + `)\b`)
	for _, known := range []string{"Lina", "abadie", "2019-04-12"} {
		if !personal.MatchString("objet_id=" + known) {
			t.Errorf("%s is not looked for: %s", known, personal)
		}
	}
	search := func(after string) {
		t.Helper()
		if found := personal.FindString(ecrits(m, &log)); found != "" {
			t.Fatalf("%q is written down after %s", found, after)
		}
	}
	for _, w := range walks[:4] { // those who read pupils by name
		for _, r := range m.App.Routes {
			if r.Droit == 0 || !w.role.Holds(r.Droit) {
				continue
			}
			if r.Method == http.MethodGet {
				m.Get(w.agent, own.path(r.Path)+"?q=abadie+lina")
				continue
			}
			m.Essayer(func() {
				ask(m, w.agent, r, own.path(r.Path))
				search(r.Path)
			})
		}
		search("the pages of " + w.agent)
	}
	if n := strings.Count(ecrits(m, &log), "\n"); n < 500 {
		t.Errorf("only %d lines were written", n)
	}
	m.Site.Log.InfoContext(t.Context(), "control", "name", "Abadie Lina")
	if !personal.MatchString(ecrits(m, &log)) {
		t.Error("a name in the log would not be seen")
	}
}

// AUD-1: no line, no page. Each page that leaves a line in the journal gives nothing at all once the journal cannot be
// written.
func TestWithoutTheJournalNothingIsShown(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	lines := func() int { return fixture.Valeur[int](m, `select count(*)::int from journal`) }
	type page struct{ agent, path string }
	var noted []page
	for _, w := range walks[:4] {
		for _, r := range m.App.Routes {
			if r.Method != http.MethodGet || r.Droit == 0 || !w.role.Holds(r.Droit) {
				continue
			}
			p, before := page{w.agent, own.path(r.Path)}, lines()
			if got := m.Get(p.agent, p.path); got.Code == http.StatusOK && lines() > before {
				noted = append(noted, p)
			}
		}
	}
	if len(noted) < 40 { // control
		t.Errorf("only %d pages leave a line", len(noted))
	}
	if _, err := m.Tx.Exec(context.Background(), `alter table journal add constraint brise check (false) not valid`); err != nil {
		t.Fatal(err)
	}
	for _, p := range noted {
		if got := m.Get(p.agent, p.path); got.Code < 500 || strings.Contains(got.Body, "Lina") {
			t.Errorf("%s %s: %d without a line", p.agent, p.path, got.Code)
		}
	}
}
