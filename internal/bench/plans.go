package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/bench/limit"
	"base-eleves/internal/bench/spy"
)

// large is the number of rows from which no page may read a table from end to end.
const large = 10_000

// node is a node of a plan, as EXPLAIN (FORMAT JSON) writes it.
type node struct {
	Type     string  `json:"Node Type"`
	Relation string  `json:"Relation Name"`
	Time     float64 `json:"Actual Total Time"`
	Rows     float64 `json:"Actual Rows"`
	Loops    float64 `json:"Actual Loops"`
	Removed  float64 `json:"Rows Removed by Filter"`
	Plans    []node  `json:"Plans"`
}

func (n node) walk(f func(node)) {
	f(n)
	for _, child := range n.Plans {
		child.walk(f)
	}
}

// explained is a statement with what its plans read.
type explained struct {
	role, path, sql string
	time            float64  // milliseconds, the worse of the two plans
	read            float64  // rows read and thrown away by a filter
	scans           []string // tables read from end to end
}

// plans explains each statement of each page as its role, in its scope: with the plan made for these values and with
// the one made for any. A large table read from end to end is printed, and so is what takes long.
func (b bench) plans(ctx context.Context, d *decoder) error {
	w := b.worlds[len(b.worlds)-1]
	sizes, err := w.sizes(ctx)
	if err != nil {
		return err
	}
	var all []explained
	for _, s := range w.look(ctx) {
		if s.err != nil {
			fmt.Fprintf(b.out, "%s %s: %s\n", s.who.Role, mask(s.path), firstLine(s.err.Error()))
		}
		list, err := w.explain(ctx, d, s, sizes)
		if err != nil {
			return fmt.Errorf("%s %s: %w", s.who.Role, s.path, err)
		}
		all = append(all, list...)
	}
	b.printPlans(w, all)
	return nil
}

// sizes are the tables too large to be read whole.
func (w *world) sizes(ctx context.Context) (map[string]int64, error) {
	rows, err := w.owner.Query(ctx, `select relname, reltuples::bigint from pg_class
		where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > $1`, large)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	var name string
	var n int64
	_, err = pgx.ForEachRow(rows, []any{&name, &n}, func() error { sizes[name] = n; return nil })
	return sizes, err
}

// explain replays a page, role by role, in transactions that keep nothing.
func (w *world) explain(ctx context.Context, d *decoder, s seen, sizes map[string]int64) (all []explained, err error) {
	statements, err := d.statements(ctx, w, s.page)
	if err != nil {
		return nil, err
	}
	for _, role := range rolesOf(s.page) {
		conn, err := d.conn(ctx, w, role)
		if err != nil {
			return nil, err
		}
		tx, err := conn.Begin(ctx)
		if err != nil {
			return nil, err
		}
		defer func() { _ = tx.Rollback(ctx) }()
		for i, st := range statements {
			if s.page.Statements[i].Role != role || !plannable(st.SQL) {
				continue
			}
			e := explained{role: string(s.who.Role), path: s.path, sql: st.SQL}
			for _, mode := range []string{"force_custom_plan", "force_generic_plan"} {
				if err := e.explain(ctx, tx, st, mode, sizes); err != nil {
					return nil, err
				}
			}
			if strings.Contains(st.SQL, "ouvrir_portee") { // what follows needs the scope; EXPLAIN ANALYZE opened it
				e.sql = "select ouvrir_portee(…)"
			}
			all = append(all, e)
		}
	}
	return all, nil
}

func rolesOf(p spy.Page) (roles []string) {
	for _, st := range p.Statements {
		if !slices.Contains(roles, st.Role) {
			roles = append(roles, st.Role)
		}
	}
	return roles
}

// plannable leaves out what is no query, and the chain of the journal, which a page never writes: it is sealed beside.
func plannable(sql string) bool {
	if strings.Contains(sql, "journal_maillon") {
		return false
	}
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(sql))+" ", " ")
	return slices.Contains([]string{"select", "insert", "update", "delete", "with"}, strings.Fields(word)[0])
}

// explain runs the statement as one prepared and reads its plan.
func (e *explained) explain(ctx context.Context, tx pgx.Tx, st limit.Statement, mode string, sizes map[string]int64) error {
	values := make([]string, len(st.Args))
	for i, a := range st.Args {
		values[i] = "null"
		if !a.Null {
			values[i] = "'" + strings.ReplaceAll(a.Text, "'", "''") + "'"
		}
	}
	call := "bench_statement"
	if len(values) > 0 {
		call += "(" + strings.Join(values, ", ") + ")"
	}
	if _, err := tx.Conn().PgConn().Exec(ctx, "deallocate all; set local plan_cache_mode = "+mode+"; prepare bench_statement as "+st.SQL).ReadAll(); err != nil {
		return err
	}
	var out []byte
	err := tx.QueryRow(ctx, "explain (analyze, format json) execute "+call, pgx.QueryExecModeSimpleProtocol).Scan(&out)
	if err != nil {
		return fmt.Errorf("explain %s: %w", st.SQL, err)
	}
	var plans []struct{ Plan node }
	if err := json.Unmarshal(out, &plans); err != nil {
		return err
	}
	e.take(plans[0].Plan, sizes)
	return nil
}

func (e *explained) take(plan node, sizes map[string]int64) {
	e.time = max(e.time, plan.Time)
	read := 0.0
	plan.walk(func(n node) {
		read += n.Removed * max(1, n.Loops)
		size, isLarge := sizes[n.Relation]
		if n.Type == "Seq Scan" && isLarge {
			scan := fmt.Sprintf("%s (%d rows)", n.Relation, size)
			if !slices.Contains(e.scans, scan) {
				e.scans = append(e.scans, scan)
			}
		}
	})
	e.read = max(e.read, read)
}

// slow is how many of the slowest statements are shown.
const slow = 15

func (b bench) printPlans(w *world, all []explained) {
	scans := 0
	for _, e := range all {
		if len(e.scans) > 0 {
			scans++
			fmt.Fprintf(b.out, "SEQ SCAN of %s\n  %s %s\n  %s\n", strings.Join(e.scans, ", "), e.role, mask(e.path), oneLine(e.sql, 300))
		}
	}
	fmt.Fprintf(b.out, "%d statements explained as their role on %d pupils, for these values and for any: %d read a large table whole: %s\n\n",
		len(all), w.pupils, scans, mark(scans == 0))
	slices.SortStableFunc(all, func(a, b explained) int { return cmp.Compare(b.time, a.time) })
	t := tabwriter.NewWriter(b.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "slowest statements: role\tpage\tms\tfiltered rows\tstatement")
	for _, e := range all[:min(slow, len(all))] {
		fmt.Fprintf(t, "%s\t%s\t%.1f\t%.0f\t%s\n", e.role, mask(e.path), e.time, e.read, oneLine(e.sql, 90))
	}
	_ = t.Flush()
}

func oneLine(sql string, most int) string {
	r := []rune(strings.Join(strings.Fields(sql), " "))
	return string(r[:min(most, len(r))])
}
