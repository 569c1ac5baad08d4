package main

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"base-eleves/internal/bench/limit"
	"base-eleves/internal/bench/load"
)

// line is one thing measured, again and again, in turn with the others.
type line struct {
	name    string
	measure func(ctx context.Context) (float64, error)
	rates   []float64
	costs   []float64       // processor time of a page, in seconds, round by round
	times   []time.Duration // of all rounds, in order of length
	cost    cost            // of all answers
	answers int
	bytes   int64
}

// count adds a round.
func (l *line) count(c cost, answers int) {
	l.cost = l.cost.plus(c)
	l.answers += answers
	l.costs = append(l.costs, c.total().Seconds()/float64(max(1, answers)))
}

// ratio compares two lines round by round; floor is the figure of design.md §8, 0 when it gives none.
type ratio struct {
	name        string
	of, against *line
	floor       float64
}

// rates measures the pages and pgbench in turn, and prints the rates, then the ratios.
func (b bench) rates(ctx context.Context, d *decoder) error {
	var lines []*line
	var ratios []ratio
	perWorld := make([]map[string]*line, len(b.worlds))
	for i, w := range b.worlds {
		m, err := b.lines(ctx, d, w)
		if err != nil {
			return err
		}
		perWorld[i] = map[string]*line{}
		for _, l := range m.lines {
			perWorld[i][l.name] = l
			l.name += w.suffix(b.worlds)
		}
		for j := range m.ratios {
			m.ratios[j].name += w.suffix(b.worlds)
		}
		lines, ratios = append(lines, m.lines...), append(ratios, m.ratios...)
	}
	if len(b.worlds) > 1 {
		ratios = append(ratios, growth(perWorld)...)
	}
	lines = slices.DeleteFunc(lines, func(l *line) bool { return !b.options.lines.MatchString(l.name) })
	for round := range b.options.rounds {
		tell(fmt.Sprintf("round %d of %d", round+1, b.options.rounds))
		for _, l := range lines {
			rate, err := l.measure(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			l.rates = append(l.rates, rate)
		}
	}
	b.print(lines, ratios)
	return nil
}

// suffix tells bases apart when there are two.
func (w *world) suffix(worlds []*world) string {
	if len(worlds) == 1 {
		return ""
	}
	return fmt.Sprintf(" (%d)", w.pupils)
}

// growth compares the great base with the small one.
func growth(worlds []map[string]*line) (list []ratio) {
	for _, g := range []struct {
		name  string
		floor float64
	}{{"list", 0.5}, {"dossier", 0.65}, {"save identite", 0.65}, {"search", 0.65},
		{"pgbench list", 0}, {"pgbench dossier", 0}, {"pgbench save identite", 0}, {"pgbench search", 0}} {
		list = append(list, ratio{g.name + ", great base / small", worlds[1][g.name], worlds[0][g.name], g.floor})
	}
	return list
}

// measured are the lines of a base and their ratios.
type measured struct {
	b      bench
	w      *world
	lines  []*line
	ratios []ratio
}

// page adds a page asked for over HTTP; secured false takes row security away meanwhile.
func (m *measured) page(name string, secured bool, plan load.Plan) *line {
	l := m.pageOf(m.w.server, name, secured, plan)
	if m.w.other != nil {
		m.ratio(name+", other program / first", m.pageOf(m.w.other, name+", other program", secured, plan), l, 0)
	}
	return l
}

func (m *measured) pageOf(c *child, name string, secured bool, plan load.Plan) *line {
	l := &line{name: name}
	l.measure = func(ctx context.Context) (float64, error) {
		if !secured {
			if err := m.w.security(ctx, false); err != nil {
				return 0, err
			}
			defer func() { _ = m.w.security(context.WithoutCancel(ctx), true) }()
		}
		return l.run(ctx, m.w, c, m.b.during, plan)
	}
	m.lines = append(m.lines, l)
	return l
}

// warmUp is what a line runs before it is counted: plans made anew, connections open.
const warmUp = 300 * time.Millisecond

func (l *line) run(ctx context.Context, w *world, c *child, during time.Duration, plan load.Plan) (float64, error) {
	if _, err := load.Run(ctx, c.address, conns, warmUp, plan); err != nil {
		return 0, err
	}
	before := w.spent(c)
	r, err := load.Run(ctx, c.address, conns, during, plan)
	if err != nil {
		return 0, err
	}
	l.count(w.spent(c).minus(before), len(r.Times))
	l.bytes += r.Bytes
	l.times = append(l.times, r.Times...)
	slices.Sort(l.times)
	return r.Rate(), nil
}

// limit adds the SQL of a page, sent by pgbench.
func (m *measured) limit(ctx context.Context, name, table, role string, secured bool, pages [][]limit.Statement) (*line, error) {
	p, err := limit.Prepare(ctx, m.w.owner, m.w.folder, table, m.w.role(role), pages)
	if err != nil {
		return nil, err
	}
	l := &line{name: name}
	l.measure = func(ctx context.Context) (float64, error) {
		if !secured {
			if err := m.w.security(ctx, false); err != nil {
				return 0, err
			}
			defer func() { _ = m.w.security(context.WithoutCancel(ctx), true) }()
		}
		if len(l.times) == 0 {
			if l.times, err = p.Times(ctx, conns, m.b.during); err != nil {
				return 0, err
			}
		}
		before := m.w.spent(m.w.server)
		r, err := p.Run(ctx, conns, m.b.during)
		c := m.w.spent(m.w.server).minus(before)
		c.client = r.CPU
		l.count(c, r.Pages)
		return r.Rate, err
	}
	m.lines = append(m.lines, l)
	return l, nil
}

func (b bench) print(lines []*line, ratios []ratio) {
	t := tabwriter.NewWriter(b.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "line\tper second\tbest\tp50 ms\tp95 ms\tp99 ms\tCPU ms: program\tPostgreSQL\tclient\tbytes")
	for _, l := range lines {
		r, n := load.Result{Times: l.times}, time.Duration(max(1, l.answers))
		fmt.Fprintf(t, "%s\t%.0f\t%.0f\t%s\t%s\t%s\t%s\t%s\t%s\t%d\n", l.name, median(l.rates), slices.Max(l.rates),
			ms(r.Quantile(0.5)), ms(r.Quantile(0.95)), ms(r.Quantile(0.99)),
			ms(l.cost.server/n), ms(l.cost.base/n), ms(l.cost.client/n), l.bytes/int64(n))
	}
	_ = t.Flush()
	fmt.Fprintln(b.out)
	fmt.Fprintln(t, "ratio, median of the rounds\tvalue\tfrom\tto\tof the best rounds\tby CPU\tfloor\t")
	for _, r := range ratios {
		r.print(t)
	}
	_ = t.Flush()
}

func (r ratio) print(t *tabwriter.Writer) {
	if r.of == nil || r.against == nil || len(r.of.rates) == 0 || len(r.against.rates) == 0 {
		return
	}
	var values, byCPU []float64
	for i := range r.of.rates {
		values = append(values, r.of.rates[i]/r.against.rates[i])
		byCPU = append(byCPU, r.against.costs[i]/r.of.costs[i])
	}
	value, floor := median(values), ""
	if r.floor > 0 {
		floor = fmt.Sprintf("%.2f\t%s", r.floor, mark(value >= r.floor))
	}
	best := slices.Max(r.of.rates) / slices.Max(r.against.rates) // what others do on the machine only slows down
	fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%s\n",
		r.name, value, slices.Min(values), slices.Max(values), best, median(byCPU), floor)
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.3g", d.Seconds()*1000) }
