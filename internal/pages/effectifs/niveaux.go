package effectifs

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// niveauxVue is the first page: the niveaux by state, then the places by niveau.
type niveauxVue struct {
	vue
	maille  maille
	comptes []compte
	lieux   []lieu
	classes []ouvertes
	aPart   int // children whom no school counts
}

// compte is how many pupils of a line are of a niveau and in a state; "" is the niveau that is not known.
type compte struct {
	Cle      string
	Etat     scolarite.Etat
	Niveau   string
	Nombre   int
	Filles   int
	Repartis int // have a class
}

func (p Pages) niveaux(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readNiveaux(r.Context(), newVue(r, agent, pageNiveaux))
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, niveauxPage(v))
}

// readNiveaux reads the page.
func (p Pages) readNiveaux(ctx context.Context, head vue) (niveauxVue, error) {
	v := niveauxVue{vue: head, maille: head.maille()}
	err := p.lire(ctx, &v.vue, func(l *territoire.Lecture) { v.queue(l) })
	if v.maille == parCirconscription {
		v.lieux = v.tete.circos
	}
	v.separer()
	return v, err
}

// separer takes those counted apart away from the others.
func (v *niveauxVue) separer() {
	v.comptes = slices.DeleteFunc(v.comptes, func(c compte) bool {
		if c.Etat == aPart {
			v.aPart = c.Nombre
		}
		return c.Etat == aPart
	})
}

func (v *niveauxVue) queue(l *territoire.Lecture) {
	var q requete
	territoire.Toutes(l, &v.comptes, v.comptesSQL(&q), q.args...)
	switch v.maille {
	case parClasse:
		territoire.Toutes(l, &v.lieux, classesSQL, int(v.critere.Annee), ecole.Niveaux(), v.critere.Ecole)
		return
	case parEcole:
		territoire.Toutes(l, &v.lieux, ecolesSQL, v.critere.Circo, v.critere.Ecole)
	}
	var c requete
	territoire.Toutes(l, &v.classes, v.ouvertesSQL(&c), c.args...)
}

// comptesSQL counts every state at once: first by school, so that the line of each is looked for once.
func (v *niveauxVue) comptesSQL(q *requete) string {
	c := v.critere
	j := jour{annee: q.arg(int(c.Annee)), le: q.arg(c.Le) + "::date"}
	lieu := `l.ecole_uai`
	if v.maille == parClasse {
		lieu = `coalesce(l.classe_id::text, '` + sansClasse + `')`
	}
	return `
	select ` + v.cle("lieu") + ` as cle, etat, niveau, sum(nombre)::int as nombre, sum(filles)::int as filles, sum(repartis)::int as repartis
	from (
		select ` + lieu + ` as lieu, l.etat, ` + parNiveau + ` as niveau, count(*) as nombre, count(*) filter (where ` + filles + `) as filles,
			count(*) filter (where ` + v.reparti() + `) as repartis
		from (` + c.lignes(v.agent, j) + `) l
		where true` + c.where(v.agent, q) + `
		group by 1, 2, 3) par_lieu
	group by 1, 2, 3` + v.aPartSQL(q)
}

// aPartSQL counts apart, for who may know it, the children whom no school counts.
func (v *niveauxVue) aPartSQL(q *requete) string {
	if !v.agent.Can(habilitation.ConsulterRattachements) {
		return ""
	}
	return `
	union all
	select '', '` + string(aPart) + `', '', count(*)::int, 0, 0` + v.critere.en(aPart).from(v.agent, q)
}

// compteRepartis tells whether the pupils who have a class are told from the others. On a past day this is looked for
// pupil by pupil: in one school only.
func (v niveauxVue) compteRepartis() bool {
	return v.agent.Can(habilitation.ConsulterClasses) && v.critere.enClasse() &&
		(v.maille == parClasse || !v.critere.Le.Before(v.critere.aujourdhui))
}

func (v niveauxVue) reparti() string {
	if v.compteRepartis() {
		return enClasse
	}
	return `false`
}

// cle is the line of a school. Its circonscription is looked up by key: joined, each count would be compared with each
// school, as the planner cannot know how many a territory has.
func (v *niveauxVue) cle(column string) string {
	if v.maille == parCirconscription {
		return `(select jsonb_object_agg(uai, coalesce(circonscription_uai, 'aucune')) from ecole where uai = any (portee_ecoles())) ->> ` + column
	}
	return column
}

// total adds the counts of a state in some niveaux.
func (v niveauxVue) total(e scolarite.Etat, niveaux []ecole.Niveau) (t compte) {
	for _, c := range v.comptes {
		if c.Etat == e && slices.Contains(niveaux, ecole.Niveau(c.Niveau)) {
			t.Nombre, t.Filles, t.Repartis = t.Nombre+c.Nombre, t.Filles+c.Filles, t.Repartis+c.Repartis
		}
	}
	return t
}

// mesure is a column of the first table: what it counts of a state, and the list of them.
type mesure struct {
	titre   string
	nombre  func(compte) int
	critere func(critere) critere
}

// mesures are the columns of the first table: the states, and the parts of the one that is counted.
func (v niveauxVue) mesures() []mesureDe {
	var list []mesureDe
	all := mesure{"", func(c compte) int { return c.Nombre }, func(c critere) critere { return c }}
	for _, e := range etats {
		all.titre = e.libelle
		list = append(list, mesureDe{all, e.etat})
		if e.etat != v.critere.Etat {
			continue
		}
		for _, m := range v.parts() {
			list = append(list, mesureDe{m, e.etat})
		}
	}
	return list
}

type mesureDe struct {
	mesure
	etat scolarite.Etat
}

// parts are the girls and the boys, the pupils who have a class and those who wait for one.
func (v niveauxVue) parts() []mesure {
	parts := []mesure{
		{"dont filles", func(c compte) int { return c.Filles }, func(c critere) critere { c.Sexe = "F"; return c }},
		{"dont garçons", func(c compte) int { return c.Nombre - c.Filles }, func(c critere) critere { c.Sexe = "M"; return c }},
	}
	if v.compteRepartis() {
		parts = append(parts,
			mesure{"répartis", func(c compte) int { return c.Repartis }, func(c critere) critere { c.Classe = avecClasse; return c }},
			mesure{"non répartis", func(c compte) int { return c.Nombre - c.Repartis }, func(c critere) critere { c.Classe = sansClasse; return c }})
	}
	return parts
}

// parNiveau is the table of the niveaux by state.
func (v niveauxVue) parNiveau() ui.TableProps {
	t := ui.TableProps{Caption: "Élèves par niveau et par état", Columns: []ui.Column{{Label: "Niveau"}}}
	for _, m := range v.mesures() {
		t.Columns = append(t.Columns, ui.Column{Label: m.titre, Number: true})
	}
	for _, tr := range v.tranches() {
		cells := []templ.Component{libelleCell(tr)}
		for _, m := range v.mesures() {
			n := m.nombre(v.total(m.etat, tr.niveaux))
			cells = append(cells, nombreCell(n, m.critere(v.critere.en(m.etat).de(tr.code)).href(pageEleves), tr.somme))
		}
		t.Rows = append(t.Rows, ui.ListRow{Cells: cells})
	}
	return t
}

// niveauxTable is the same as a file.
func (p Pages) niveauxTable(ctx context.Context, head vue) (tableau.Table, error) {
	v, err := p.readNiveaux(ctx, head)
	t := tableau.Table{Title: "Élèves par niveau et par état", Columns: tableau.Columns("Niveau")}
	for _, m := range v.mesures() {
		t.Columns = append(t.Columns, tableau.Column{Title: m.titre, Number: true})
	}
	for _, tr := range v.tranches() {
		row := []any{tr.libelle}
		for _, m := range v.mesures() {
			row = append(row, m.nombre(v.total(m.etat, tr.niveaux)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, err
}

// stats are the figures above the tables.
func (v niveauxVue) stats() []ui.Stat {
	total := v.total(v.critere.Etat, tout()).Nombre
	s := []ui.Stat{{Label: v.critere.compte(), Value: ui.Count(total), Href: v.critere.href(pageEleves)}}
	if classes := v.nombreClasses(); classes > 0 {
		s = append(s, ui.Stat{Label: "classes", Value: ui.Count(classes), Href: v.hrefClasses(v.critere)},
			ui.Stat{Label: v.critere.compte() + " par classe", Value: moyenne(total, classes)})
	}
	return s
}

// moyenne writes a mean with one decimal, the French way.
func moyenne(total, n int) string {
	return strings.Replace(strconv.FormatFloat(float64(total)/float64(n), 'f', 1, 64), ".", ",", 1)
}
