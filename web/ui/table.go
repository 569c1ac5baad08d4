package ui

// TableProps is a table without filters, pages or selection.
type TableProps struct {
	Caption string
	Columns []Column
	Rows    []ListRow
}

// EffectifsProps is a table of counts: schools or classes in lines, niveaux in columns.
type EffectifsProps struct {
	Caption string
	Head    string   // heading of the first column: « École »
	Columns []string // « CP », « CE1 »…
	Rows    []EffectifRow
}

// EffectifRow is one line of counts, in the order of the columns.
type EffectifRow struct {
	Label  string
	Href   string
	Counts []int
}

func (r EffectifRow) sum() int {
	total := 0
	for _, n := range r.Counts {
		total += n
	}
	return total
}

func (p EffectifsProps) total() EffectifRow {
	t := EffectifRow{Label: "Total", Counts: make([]int, len(p.Columns))}
	for _, r := range p.Rows {
		for i, n := range r.Counts {
			t.Counts[i] += n
		}
	}
	return t
}

// zeroAsDot keeps a table of counts readable: what matters is what is not zero.
func zeroAsDot(n int) string {
	if n == 0 {
		return "·"
	}
	return Count(n)
}
