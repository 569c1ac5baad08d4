package ui

// TableProps is a table without filters, pages or selection.
type TableProps struct {
	Caption string
	Columns []Column
	Rows    []ListRow
	Stacked bool // see ListProps
}

// EffectifsProps is a table of counts: schools or classes in lines, niveaux in columns.
type EffectifsProps struct {
	Caption string
	Head    string   // heading of the first column: « École »
	Columns []string // « CP », « CE1 »…
	Rows    []EffectifRow
	Totals  []string // addresses of the lists that the last line counts, its total last; none when empty
}

// EffectifRow is one line of counts, in the order of the columns.
type EffectifRow struct {
	Label  string
	Href   string
	Counts []int
	Hrefs  []string // addresses of the lists counted, that of the line's total last; none when empty
}

func (r EffectifRow) sum() int {
	total := 0
	for _, n := range r.Counts {
		total += n
	}
	return total
}

func (p EffectifsProps) total() EffectifRow {
	t := EffectifRow{Label: "Total", Counts: make([]int, len(p.Columns)), Hrefs: p.Totals}
	for _, r := range p.Rows {
		for i, n := range r.Counts {
			t.Counts[i] += n
		}
	}
	return t
}

// href is the address of the list that the ith count counts; a count of zero leads nowhere.
func (r EffectifRow) href(i, n int) string {
	if n == 0 || i >= len(r.Hrefs) {
		return ""
	}
	return r.Hrefs[i]
}

// zeroAsDot keeps a table of counts readable: what matters is what is not zero.
func zeroAsDot(n int) string {
	if n == 0 {
		return "·"
	}
	return Count(n)
}
