package effectifs

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// evolutionVue is the page of the same day from one year to the next.
type evolutionVue struct {
	vue
	comptes []parAnnee
	classes []classesAnnee
}

// parAnnee is how many pupils of a niveau there were in a year.
type parAnnee struct {
	Annee  int
	Niveau string
	Nombre int
}

// classesAnnee is how many classes a year had.
type classesAnnee struct {
	Annee  int
	Nombre int
}

func (p Pages) evolution(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readEvolution(r.Context(), newVue(r, agent, pageEvolution))
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, evolutionPage(v))
}

func (p Pages) readEvolution(ctx context.Context, head vue) (evolutionVue, error) {
	v := evolutionVue{vue: head}
	var q, k requete
	sql := v.comptesSQL(&q)
	classes := `select annee, count(*)::int as nombre from classe where annee = any (` + k.arg(v.annees()) + `)` +
		v.critere.lieux(v.agent, &k, "ecole_uai") + ` group by annee`
	err := p.lire(ctx, &v.vue, func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.comptes, sql, q.args...)
		territoire.Toutes(l, &v.classes, classes, k.args...)
	})
	return v, err
}

func (v evolutionVue) annees() (list []int32) {
	for _, a := range v.critere.anneesVoisines() {
		list = append(list, int32(a))
	}
	return list
}

// en is the count of another year.
func (v evolutionVue) en(a ecole.Annee) critere { return v.critere.au(memeJour(v.critere.Le, a)) }

// comptesSQL counts all the years at once, each on its day and in its state.
func (v evolutionVue) comptesSQL(q *requete) string {
	var jours []time.Time
	var codes []string
	var wanted []scolarite.Etat
	for _, a := range v.critere.anneesVoisines() {
		c := v.en(a)
		jours, codes, wanted = append(jours, c.Le), append(codes, string(c.Etat)), append(wanted, c.Etat)
	}
	slices.Sort(wanted)
	j := jour{annee: "j.annee", le: "j.le", etat: "j.etat"}
	return `
	select j.annee, ` + parNiveau + ` as niveau, count(*)::int as nombre
	from unnest(` + q.arg(v.annees()) + `::int[], ` + q.arg(jours) + `::date[], ` + q.arg(codes) + `::text[]) as j (annee, le, etat)
	cross join lateral (` + v.critere.lignes(v.agent, j, slices.Compact(wanted)...) + `) l
	where ` + dansEtat(j) + v.critere.where(v.agent, q) + `
	group by 1, 2`
}

// ligneAnnee is a line of the table.
type ligneAnnee struct {
	critere critere
	counts  []int // in the order of the columns
	classes int
}

// colonnes are the niveaux that had pupils, those of whom it is not known last.
func (v evolutionVue) colonnes() []ecole.Niveau {
	niveaux := niveauxVus(func(yield func(string) bool) {
		for _, c := range v.comptes {
			if !yield(c.Niveau) {
				return
			}
		}
	})
	if slices.ContainsFunc(v.comptes, func(c parAnnee) bool { return c.Niveau == "" }) {
		niveaux = append(niveaux, "")
	}
	return niveaux
}

// lignes are the years, from the first that had a pupil; the next one once it has a pupil or a class.
func (v evolutionVue) lignes() (list []ligneAnnee) {
	niveaux := v.colonnes()
	for _, a := range v.critere.anneesVoisines() {
		l := ligneAnnee{critere: v.en(a), counts: make([]int, len(niveaux))}
		for _, c := range v.comptes {
			if c.Annee == int(a) {
				l.counts[slices.Index(niveaux, ecole.Niveau(c.Niveau))] += c.Nombre
			}
		}
		for _, k := range v.classes {
			if k.Annee == int(a) {
				l.classes = k.Nombre
			}
		}
		if n := sum(l.counts); n > 0 || len(list) > 0 && (l.classes > 0 || a <= v.critere.Annee) {
			list = append(list, l)
		}
	}
	return list
}

func (l ligneAnnee) libelle() string { return l.critere.Annee.Libelle() + ", " + l.critere.compte() }

// entier tells whether all the pupils are counted, so that they may be compared with the classes.
func (v evolutionVue) entier() bool { return v.critere.Niveau == "" && v.critere.Sexe == "" }

func (v evolutionVue) table() ui.TableProps {
	niveaux := v.colonnes()
	t := ui.TableProps{Caption: v.titre(), Columns: []ui.Column{{Label: "Année"}}}
	for _, n := range niveaux {
		t.Columns = append(t.Columns, ui.Column{Label: titre(n), Number: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Total", Number: true})
	if v.entier() {
		t.Columns = append(t.Columns, ui.Column{Label: "Classes", Number: true}, ui.Column{Label: "Par classe", Number: true})
	}
	for _, l := range v.lignes() {
		cells := []templ.Component{ui.LinkCell(l.libelle(), l.critere.href(pageNiveaux))}
		for i, n := range niveaux {
			cells = append(cells, nombreCell(l.counts[i], l.critere.de(code(n)).href(pageEleves), false))
		}
		cells = append(cells, nombreCell(sum(l.counts), l.critere.href(pageEleves), true))
		if v.entier() {
			cells = append(cells, ui.LinkCell(ui.Count(l.classes), v.hrefClasses(l.critere)), ui.Cell(l.parClasse()))
		}
		t.Rows = append(t.Rows, ui.ListRow{Cells: cells})
	}
	return t
}

// parClasse is the mean of the classes; nothing without a class.
func (l ligneAnnee) parClasse() string {
	if l.classes == 0 {
		return ""
	}
	return moyenne(sum(l.counts), l.classes)
}

func (v evolutionVue) titre() string {
	day := date.Long(v.critere.Le)
	return "Élèves au " + day[:strings.LastIndex(day, "\u00a0")] + " de chaque année"
}

// bars draws the years, each cut by cycle.
func (v evolutionVue) bars() ui.BarsProps {
	niveaux := v.colonnes()
	var cycles []string
	for _, n := range niveaux {
		if label := cycleDe(n); !slices.Contains(cycles, label) {
			cycles = append(cycles, label)
		}
	}
	p := ui.BarsProps{ID: "evolution", Title: v.titre(), Parts: cycles}
	for _, l := range v.lignes() {
		b := ui.Bar{Label: l.critere.Annee.Libelle(), Counts: make([]int, len(cycles))}
		for i, n := range niveaux {
			b.Counts[slices.Index(cycles, cycleDe(n))] += l.counts[i]
		}
		p.Bars = append(p.Bars, b)
	}
	return p
}

func cycleDe(n ecole.Niveau) string {
	if n == "" {
		return aPreciser
	}
	return libelleCycle(n.Cycle())
}

func (p Pages) evolutionTable(ctx context.Context, head vue) (tableau.Table, error) {
	v, err := p.readEvolution(ctx, head)
	t := tableau.Table{Title: v.titre(), Columns: tableau.Columns("Année", "Élèves")}
	for _, n := range v.colonnes() {
		t.Columns = nombres(t.Columns, titre(n))
	}
	t.Columns = nombres(t.Columns, "Total", "Classes")
	for _, l := range v.lignes() {
		row := []any{l.critere.Annee.Libelle(), libelleEtat(l.critere.Etat)}
		for _, n := range l.counts {
			row = append(row, n)
		}
		t.Rows = append(t.Rows, append(row, sum(l.counts), l.classes))
	}
	return t, err
}
