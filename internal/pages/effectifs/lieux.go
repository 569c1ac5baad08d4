package effectifs

import (
	"context"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/tableau"
	"base-eleves/web/ui"
)

// maille is what the lines of the second table are.
type maille int

const (
	parClasse maille = iota
	parEcole
	parCirconscription
)

// maille goes down from the territory to the school, and from the school to its classes for who may know them.
func (v vue) maille() maille {
	classes := v.agent.Can(habilitation.ConsulterClasses)
	switch {
	case v.agent.Role == habilitation.Directeur, classes && v.critere.Ecole != "":
		return parClasse
	case v.agent.Role == habilitation.IA && v.critere.Circo == "" && v.critere.Ecole == "":
		return parCirconscription
	}
	return parEcole
}

// head names the lines of the second table.
func (m maille) head() string {
	return [...]string{parClasse: "Classe", parEcole: "École", parCirconscription: "Circonscription"}[m]
}

// classesSQL names the classes of the year, of one school where $3 says it.
const classesSQL = `
	select id::text as cle, libelle_court as nom, '' as commune, '' as groupe, true as ouvert
	from classe where annee = $1 and ($3 = '' or ecole_uai = $3)
	order by (select min(array_position($2::text[], niveau)) from classe_niveau where classe_id = classe.id), libelle_court, id`

// ouvertes is how many classes a line has.
type ouvertes struct {
	Cle    string
	Nombre int
}

func (v *niveauxVue) ouvertesSQL(q *requete) string {
	return `
	select ` + v.cle("ecole_uai") + ` as cle, sum(nombre)::int as nombre
	from (select ecole_uai, count(*) as nombre from classe where annee = ` + q.arg(int(v.critere.Annee)) +
		v.critere.lieux(v.agent, q, "ecole_uai") + ` group by ecole_uai) par_ecole
	group by 1`
}

// nombreClasses is how many classes there are; where the lines are classes, they are these.
func (v niveauxVue) nombreClasses() (n int) {
	if v.maille == parClasse {
		return len(v.lieux)
	}
	for _, o := range v.classes {
		n += o.Nombre
	}
	return n
}

// ligne counts the pupils of one line, niveau by niveau.
func (v niveauxVue) ligne(cle string, niveaux []ecole.Niveau) []int {
	counts := make([]int, len(niveaux))
	for _, c := range v.comptes {
		for i, n := range niveaux {
			if c.Cle == cle && c.Etat == v.critere.Etat && c.Niveau == string(n) {
				counts[i] += c.Nombre
			}
		}
	}
	return counts
}

// lignes are the lines of the table: what is closed and empty is left out, the pupils without a class stand last.
func (v niveauxVue) lignes() []lieu {
	niveaux := v.colonnes()
	var kept []lieu
	for _, l := range v.lieux {
		if l.Ouvert || sum(v.ligne(l.Cle, niveaux)) > 0 {
			kept = append(kept, l)
		}
	}
	if v.maille == parClasse && sum(v.ligne(sansClasse, niveaux)) > 0 {
		kept = append(kept, lieu{Cle: sansClasse, Nom: "Sans classe"})
	}
	return kept
}

// libelle is the line as one reads it.
func (v niveauxVue) libelle(l lieu) string {
	if v.maille == parEcole {
		return ecole.NomComplet(l.Nom, l.Commune)
	}
	return l.Nom
}

// dans narrows the count to a line.
func (v niveauxVue) dans(l lieu) critere {
	c := v.critere
	switch v.maille {
	case parClasse:
		c.Classe = l.Cle
	case parEcole:
		c.Ecole = l.Cle
	case parCirconscription:
		c.Circo = l.Cle
	}
	return c
}

// lieuHref goes down to the classes of a school, to the schools of a circonscription; a class has a page of its own.
func (v niveauxVue) lieuHref(l lieu) string {
	switch {
	case l.Cle == sansClasse && v.agent.Can(habilitation.Repartir) && v.critere.enClasse():
		return "/repartition?annee=" + v.annee()
	case l.Cle == sansClasse:
		return ""
	case v.maille == parClasse:
		return "/classes/" + l.Cle
	}
	return v.dans(l).href(pageNiveaux)
}

// hrefs are the lists of a line, niveau by niveau, that of its total last.
func hrefs(c critere, niveaux []ecole.Niveau) []string {
	list := make([]string, 0, len(niveaux)+1)
	for _, n := range niveaux {
		list = append(list, c.de(code(n)).href(pageEleves))
	}
	return append(list, c.href(pageEleves))
}

// detail is the table of the classes, schools or circonscriptions by niveau.
func (v niveauxVue) detail() ui.EffectifsProps {
	niveaux := v.colonnes()
	t := ui.EffectifsProps{Caption: v.titreDetail(), Head: v.maille.head(), Totals: hrefs(v.critere, niveaux)}
	for _, n := range niveaux {
		t.Columns = append(t.Columns, titre(n))
	}
	for _, l := range v.lignes() {
		t.Rows = append(t.Rows, ui.EffectifRow{Label: v.libelle(l), Href: v.lieuHref(l), Counts: v.ligne(l.Cle, niveaux),
			Hrefs: hrefs(v.dans(l), niveaux)})
	}
	return t
}

func (v niveauxVue) titreDetail() string {
	return "Élèves " + v.critere.compte() + " " + par(v.maille.head()) + " et par niveau"
}

// lieuxTable is the same as a file; a whole département comes school by school.
func (p Pages) lieuxTable(ctx context.Context, head vue) (tableau.Table, error) {
	v := niveauxVue{vue: head, maille: head.maille()}
	if v.maille == parCirconscription {
		v.maille = parEcole
	}
	err := p.lire(ctx, &v.vue, v.queue)
	v.separer()
	niveaux := v.colonnes()
	t := tableau.Table{Title: v.titreDetail(), Columns: v.lieuColumns()}
	for _, n := range niveaux {
		t.Columns = append(t.Columns, tableau.Column{Title: titre(n), Number: true})
	}
	t.Columns = append(t.Columns, tableau.Column{Title: "Total", Number: true})
	for _, l := range v.lignes() {
		row := v.lieuCells(l)
		counts := v.ligne(l.Cle, niveaux)
		for _, n := range counts {
			row = append(row, n)
		}
		t.Rows = append(t.Rows, append(row, sum(counts)))
	}
	return t, err
}

func (v niveauxVue) lieuColumns() []tableau.Column {
	if v.maille == parClasse {
		return tableau.Columns("Classe")
	}
	if v.agent.Role == habilitation.IA {
		return tableau.Columns("UAI", "École", "Commune", "Circonscription")
	}
	return tableau.Columns("UAI", "École", "Commune")
}

func (v niveauxVue) lieuCells(l lieu) []any {
	if v.maille == parClasse {
		return []any{l.Nom}
	}
	cells := []any{l.Cle, l.Nom, l.Commune}
	if v.agent.Role == habilitation.IA {
		cells = append(cells, v.circonscription(l.Groupe))
	}
	return cells
}

// circonscription is the name of one, for the readers of several.
func (v vue) circonscription(uai string) string {
	for _, c := range v.tete.circos {
		if c.Cle == uai {
			return c.Nom
		}
	}
	return ""
}
