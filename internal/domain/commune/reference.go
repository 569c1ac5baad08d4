package commune

import (
	"bytes"
	"cmp"
	_ "embed"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:embed communes.tsv
var communesTSV string

// reference is built by whoever first asks for a commune.
var reference = sync.OnceValue(func() *index { return build(communesTSV) })

// index finds the lines of the reference without copying them: the text stays in the binary, the heap holds
// under 2 MB of positions and folded names.
type index struct {
	text    string
	lines   []int32 // where each line begins, sorted by INSEE code, and the end of the text
	peuples []int32 // population of each line
	plies   []byte  // the folded names, one after the other
	noms    []nom   // sorted by folded name
	postaux []postal
	anciens map[string]int
}

// nom is a folded name of a line, where it stands in plies; court when it is shorn of its article.
type nom struct {
	start, end, line int32
	court            bool
}

// postal is one line served by a postal code.
type postal struct{ code, line int32 }

func build(text string) *index {
	n := strings.Count(text, "\n")
	x := &index{
		text:    text,
		lines:   make([]int32, 0, n+1),
		peuples: make([]int32, 0, n),
		plies:   make([]byte, 0, 16*n),
		noms:    make([]nom, 0, n+n/8), // one in ten has an article
		postaux: make([]postal, 0, n),
		anciens: make(map[string]int, n/16),
	}
	for rest := text; rest != ""; {
		x.lines = append(x.lines, int32(len(text)-len(rest)))
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		x.add(line)
	}
	x.lines = append(x.lines, int32(len(text)))
	slices.SortFunc(x.postaux, func(a, b postal) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.line, b.line))
	})
	slices.SortFunc(x.noms, func(a, b nom) int {
		return cmp.Or(bytes.Compare(x.plie(a), x.plie(b)), cmp.Compare(a.line, b.line))
	})
	return x
}

// add indexes the line that begins last.
func (x *index) add(line string) {
	i := len(x.lines) - 1
	c, anciens := parse(line)
	x.peuples = append(x.peuples, int32(c.Population))
	for code := range strings.FieldsSeq(c.postaux) {
		n, _ := strconv.Atoi(code)
		x.postaux = append(x.postaux, postal{int32(n), int32(i)})
	}
	for code := range strings.FieldsSeq(anciens) {
		x.anciens[code] = i
	}
	start := len(x.plies)
	x.plies = appendPlie(x.plies, c.Nom)
	end := len(x.plies)
	x.noms = append(x.noms, nom{int32(start), int32(end), int32(i), false})
	if article := sansArticle(x.plies[start:end]); article > 0 {
		x.noms = append(x.noms, nom{int32(start + article), int32(end), int32(i), true})
	}
}

func (x *index) len() int { return len(x.lines) - 1 }

func (x *index) insee(i int) string { return x.text[x.lines[i] : x.lines[i]+5] }

func (x *index) commune(i int) Commune {
	c, _ := parse(strings.TrimSuffix(x.text[x.lines[i]:x.lines[i+1]], "\n"))
	return c
}

// find returns the line of an INSEE code of today.
func (x *index) find(insee string) (int, bool) {
	return sort.Find(x.len(), func(i int) int { return cmp.Compare(insee, x.insee(i)) })
}

func (x *index) plie(n nom) []byte { return x.plies[n.start:n.end] }

// prefixed returns the names that begin with a folded prefix.
func (x *index) prefixed(prefix string) []nom {
	p := []byte(prefix)
	from := sort.Search(len(x.noms), func(i int) bool { return bytes.Compare(x.plie(x.noms[i]), p) >= 0 })
	rest := x.noms[from:]
	return rest[:sort.Search(len(rest), func(i int) bool { return !bytes.HasPrefix(x.plie(rest[i]), p) })]
}

// served returns the lines whose postal code begins with these digits.
func (x *index) served(digits string) []postal {
	low, err := strconv.Atoi((digits + "00000")[:max(5, len(digits))])
	if err != nil || len(digits) > 5 {
		return nil
	}
	width := int32(1)
	for range 5 - len(digits) {
		width *= 10
	}
	by := func(p postal, code int32) int { return cmp.Compare(p.code, code) }
	from, _ := slices.BinarySearchFunc(x.postaux, int32(low), by)
	to, _ := slices.BinarySearchFunc(x.postaux, int32(low)+width, by)
	return x.postaux[from:to]
}
