// Package limit runs the SQL of a page through pgbench, as fast as PostgreSQL can do it: what a page is compared with.
package limit

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Statement is one statement of a page, $1, $2… standing for its values.
type Statement struct {
	SQL  string
	Args []Arg
}

// Arg is a value as PostgreSQL reads it. One that is Fresh must be new each time, such as the key of a form.
type Arg struct {
	Text  string
	Null  bool
	Fresh bool
}

// blocks is how many pages a transaction of pgbench sends after it has drawn their values: the drawing then costs
// next to nothing.
const blocks = 4

// script is a page as pgbench replays it, for many draws.
type script struct {
	text      string
	constants []string   // name=value
	columns   []string   // of the table of draws
	rows      [][]string // one for each draw of that many pages
}

// newScript lays the statements out, one list for each page seen. Values that never change are constants; the others
// are drawn from a table, by row.
func newScript(name string, pages [][]Statement, perDraw int) (script, error) {
	if err := alike(pages); err != nil {
		return script{}, fmt.Errorf("limit: %s: %w", name, err)
	}
	v := newVectors(pages)
	s := script{}
	for i, values := range v.list {
		if v.constant[i] && values[0].Text != "" { // pgbench takes no empty definition
			s.constants = append(s.constants, fmt.Sprintf("c%d=%s", i, values[0].Text))
		}
	}
	body := &strings.Builder{}
	for block := range perDraw {
		body.WriteString("\\set fresh random(1, 9223372036854775807)\n\\startpipeline\n")
		for j, st := range pages[0] {
			body.WriteString(v.statement(st, j, block) + ";\n")
		}
		body.WriteString("\\endpipeline\n")
		for i := range v.list {
			if v.drawn(i) {
				s.columns = append(s.columns, column(block, i))
			}
		}
	}
	s.rows = v.rows(len(pages), perDraw)
	draw := ""
	if len(s.columns) > 0 {
		draw = fmt.Sprintf("\\set draw random(0, %d)\nselect %s from bench.%s where n = :draw \\gset\n",
			len(pages)-1, strings.Join(s.columns, ", "), name)
	}
	s.text = draw + body.String()
	return s, nil
}

func column(block, vector int) string { return fmt.Sprintf("b%dv%d", block, vector) }

// alike refuses pages that do not send the same statements: they would be two pages.
func alike(pages [][]Statement) error {
	for i, p := range pages {
		same := slices.EqualFunc(p, pages[0], func(a, b Statement) bool { return a.SQL == b.SQL && len(a.Args) == len(b.Args) })
		if !same {
			return fmt.Errorf("page %d does not send the same statements as the first", i)
		}
	}
	return nil
}

// vectors are the values seen, page by page; the same values in two places are one vector.
type vectors struct {
	list     [][]Arg
	constant []bool
	index    [][]int // of each argument of each statement
}

func newVectors(pages [][]Statement) *vectors {
	v := &vectors{}
	for j, st := range pages[0] {
		v.index = append(v.index, nil)
		for k := range st.Args {
			values := make([]Arg, len(pages))
			for i, p := range pages {
				values[i] = p[j].Args[k]
			}
			v.index[j] = append(v.index[j], v.add(values))
		}
	}
	return v
}

func (v *vectors) add(values []Arg) int {
	for i, known := range v.list {
		if slices.Equal(known, values) {
			return i
		}
	}
	constant := true
	for _, a := range values {
		constant = constant && a == values[0]
	}
	v.list, v.constant = append(v.list, values), append(v.constant, constant)
	return len(v.list) - 1
}

// drawn tells that a vector comes from the table of draws.
func (v *vectors) drawn(i int) bool { return !v.constant[i] && !v.list[i][0].Fresh }

var placeholder = regexp.MustCompile(`\$(\d+)`)

// statement is a statement in the words of pgbench, which sends variables as the values of a prepared statement.
func (v *vectors) statement(st Statement, j, block int) string {
	return placeholder.ReplaceAllStringFunc(st.SQL, func(p string) string {
		n, _ := strconv.Atoi(p[1:])
		i := v.index[j][n-1]
		switch a := v.list[i][0]; {
		case a.Fresh:
			return "int8send(:fresh)"
		case v.constant[i] && a.Null:
			return "null"
		case v.constant[i] && a.Text == "":
			return "''"
		case v.constant[i]:
			return fmt.Sprintf(":c%d", i)
		}
		return ":" + column(block, i)
	})
}

// rows lays the draws out: each holds the values of perDraw pages that follow each other.
func (v *vectors) rows(pages, perDraw int) [][]string {
	rows := make([][]string, pages)
	for n := range rows {
		for block := range perDraw {
			for i, values := range v.list {
				if v.drawn(i) {
					rows[n] = append(rows[n], values[(n+block)%pages].Text)
				}
			}
		}
	}
	return rows
}
