package limit

import (
	"strings"
	"testing"
)

// seen is a page as it was seen for one pupil.
func seen(eleve, nonce string) []Statement {
	return []Statement{
		{SQL: "select ouvrir_portee($1, $2)", Args: []Arg{{Text: "h-" + eleve}, {Text: "2026-11-21"}}},
		{SQL: "select nom from eleve where id = $1 and motif is not distinct from $2 and nom <> $3::text",
			Args: []Arg{{Text: eleve}, {Null: true}, {Text: ""}}},
		{SQL: "insert into envoi values ($1, $2)", Args: []Arg{{Text: nonce, Fresh: true}, {Text: eleve}}},
	}
}

func TestScript(t *testing.T) {
	s, err := newScript("save", [][]Statement{seen("a", `\x01`), seen("b", `\x02`)}, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		`\set draw random(0, 1)`,
		`select b0v0, b0v2, b1v0, b1v2 from bench.save where n = :draw \gset`,
		`\set fresh random(1, 9223372036854775807)`,
		`\startpipeline`,
		`select ouvrir_portee(:b0v0, :c1);`,
		`select nom from eleve where id = :b0v2 and motif is not distinct from null and nom <> ''::text;`,
		`insert into envoi values (int8send(:fresh), :b0v2);`,
		`\endpipeline`,
		`\set fresh random(1, 9223372036854775807)`,
		`\startpipeline`,
		`select ouvrir_portee(:b1v0, :c1);`,
		`select nom from eleve where id = :b1v2 and motif is not distinct from null and nom <> ''::text;`,
		`insert into envoi values (int8send(:fresh), :b1v2);`,
		`\endpipeline`,
		``,
	}, "\n")
	if s.text != want {
		t.Errorf("got\n%s\nwant\n%s", s.text, want)
	}
	if got := strings.Join(s.constants, " "); got != "c1=2026-11-21" {
		t.Errorf("constants %s", got)
	}
	if got := strings.Join(s.rows[1], " "); got != "h-b b h-a a" {
		t.Errorf("second draw %s", got)
	}
}

// Pages that do not send the same statements cannot be replayed as one.
func TestScriptRefusesUnlikePages(t *testing.T) {
	other := seen("b", `\x02`)
	other[1].SQL = "select 1"
	if _, err := newScript("save", [][]Statement{seen("a", `\x01`), other}, 1); err == nil {
		t.Error("two different pages were taken for one")
	}
	if _, err := newScript("save", [][]Statement{seen("a", `\x01`), seen("b", `\x02`)}, 1); err != nil { // control
		t.Error(err)
	}
}

func TestParse(t *testing.T) {
	tps, count, err := parse("number of transactions actually processed: 42\nlatency average = 1.2 ms\n" +
		"tps = 2345.678901 (without initial connection time)\n")
	if err != nil || tps != 2345.678901 || count != 42 {
		t.Errorf("got %f, %d, %v", tps, count, err)
	}
	if _, _, err := parse("pgbench: error: nothing"); err == nil {
		t.Error("a rate was found where there is none")
	}
}
