package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/bench/limit"
	"base-eleves/internal/bench/load"
)

const page = `<!doctype html><html><body>
	<form action="/eleves"><input name="q" value="mar"></form>
	<form method="post" action="/deconnexion"><input type="hidden" name="jeton" value="out"></form>
	<form method="post"><input type="hidden" name="jeton" value="in"><input name="prenom" value="Zoé &amp; Co">
		<input type="radio" name="sexe" value="F" checked><input type="radio" name="sexe" value="M">
		<input type="checkbox" name="ne_etranger" value="true">
		<select name="pays"><option value="France" selected>France</option><option value="Italie">Italie</option></select>
		<button name="ajouter">Ajouter</button></form></body></html>`

// What a browser would send, and nothing of the search or of the log-out.
func TestFormFields(t *testing.T) {
	fields, err := formFields([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		got = append(got, name+"="+strings.Join(fields[name], ","))
	}
	if want := "jeton=in pays=France prenom=Zoé & Co sexe=F"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}

// Without scope, the SQL of a page takes the school as a value, and opens nothing.
func TestPlain(t *testing.T) {
	got := plain([]limit.Statement{
		{SQL: "select ouvrir_portee($1, $2)", Args: []limit.Arg{{Text: "h"}, {Text: "2026-11-21"}}},
		{SQL: "select 1 from classe where annee = $1 and ecole_uai = any (portee_ecoles())", Args: []limit.Arg{{Text: "2026"}}},
		{SQL: "select 2 where $1 = 1", Args: []limit.Arg{{Text: "1"}}},
	}, "0659001F")
	if len(got) != 2 || got[0].SQL != "select 1 from classe where annee = $1 and ecole_uai = any (($2::text[]))" ||
		got[0].Args[1].Text != "{0659001F}" || len(got[1].Args) != 1 {
		t.Errorf("got %+v", got)
	}
}

// Connections never ask about the same pupil at once, and every pupil is asked about.
func TestPlanSharesOutTheRequests(t *testing.T) {
	s := scene{}
	for i := range 19 {
		s.add("", always(load.Request{Path: fmt.Sprint("/", i)}))
	}
	owner := map[string]int{}
	for conn := range conns {
		for n := range 10 {
			path := s.plan()(conn, n).Path
			if other, taken := owner[path]; taken && other != conn {
				t.Errorf("%s is asked by %d and by %d", path, other, conn)
			}
			owner[path] = conn
		}
	}
	if len(owner) != 19 {
		t.Errorf("%d requests of 19 were made", len(owner))
	}
}

func TestMedian(t *testing.T) {
	if got := median([]float64{3, 1, 2}); got != 2 {
		t.Errorf("got %f", got)
	}
	if got := median(nil); got != 0 {
		t.Errorf("got %f", got)
	}
}
