package effectifs

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// repere is the number of pupils that a class of GS, CP or CE1 should not exceed.
const repere = 24

// classesVue is the page of the sizes of classes.
type classesVue struct {
	vue
	toutes bool // those that are not too large also
	lignes []classe
}

// classe is a class and its size.
type classe struct {
	ID      uuid.UUID
	UAI     string
	Ecole   string
	Commune string
	Libelle string
	Niveaux []string
	Max     *int
	Nombre  int
	Vises   int // of GS, CP and CE1
	Total   int // of lines
}

func (p Pages) classes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readClasses(r.Context(), newVue(r, agent, pageClasses), parPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, classesPage(v))
}

// readClasses reads a page of the classes: all those of a school; elsewhere those that are too large, unless all are
// asked for.
func (p Pages) readClasses(ctx context.Context, head vue, parPage int) (classesVue, error) {
	v := classesVue{vue: head, toutes: head.maille() == parClasse || head.query.Get("classes") == "toutes"}
	var q requete
	sql := v.sql(&q) + v.limite(parPage)
	err := p.lire(ctx, &v.vue, func(l *territoire.Lecture) { territoire.Toutes(l, &v.lignes, sql, q.args...) })
	return v, err
}

// trop keeps the classes that are too large, as depasse says it in Go.
var trop = ` and (n.nombre > k.effectif_max or n.nombre > ` + strconv.Itoa(repere) + ` and n.vises > 0)`

func (v classesVue) sql(q *requete) string {
	kept := ""
	if !v.toutes {
		kept = trop
	}
	return `
	with n as (
		select l.classe_id, count(*)::int as nombre, count(*) filter (where l.niveau in ('GS', 'CP', 'CE1'))::int as vises` +
		v.critere.from(v.agent, q) + ` group by l.classe_id)
	select k.id, k.ecole_uai as uai, e.nom as ecole, c.nom as commune, k.libelle_court as libelle, k.effectif_max::int as max,
		array(select niveau from classe_niveau where classe_id = k.id) as niveaux, coalesce(n.nombre, 0) as nombre,
		coalesce(n.vises, 0) as vises, (count(*) over ())::int as total
	from classe k left join n on n.classe_id = k.id
	join ecole e on e.uai = k.ecole_uai join commune c on c.insee = e.commune_insee
	where k.annee = ` + q.arg(int(v.critere.Annee)) + v.critere.lieux(v.agent, q, "k.ecole_uai") + kept + `
	order by ` + v.ordre()
}

// hrefClasses lists all the classes of a count; "" for who reads none.
func (v vue) hrefClasses(c critere) string {
	if !v.agent.Can(habilitation.ConsulterClasses) {
		return ""
	}
	q := c.values()
	q.Set("classes", "toutes")
	return pageClasses + "?" + q.Encode()
}

// ordre sorts the classes of a school as it does, those of several by their size.
func (v classesVue) ordre() string {
	if v.maille() == parClasse {
		return `k.libelle_court, k.id`
	}
	return `coalesce(n.nombre, 0) desc, k.id`
}

// dans narrows the count to a class; its school comes with it, so that the list is found by it.
func (v classesVue) dans(k classe) critere {
	c := v.critere
	c.Classe = k.ID.String()
	if v.agent.Role != habilitation.Directeur {
		c.Ecole = k.UAI
	}
	return c
}

// depasse says in what a class is too large; nothing when it is not.
func (k classe) depasse() string {
	var list []string
	if k.Max != nil && k.Nombre > *k.Max {
		list = append(list, ui.Count(k.Nombre-*k.Max)+" de plus que le maximum")
	}
	if k.Nombre > repere && k.Vises > 0 {
		list = append(list, "plus de "+strconv.Itoa(repere)+", avec des élèves de "+strings.Join(k.vises(), ", "))
	}
	return strings.Join(list, "\u00a0; ")
}

// vises are the niveaux of the class that the limit is for.
func (k classe) vises() (list []string) {
	for _, n := range []ecole.Niveau{ecole.GS, ecole.CP, ecole.CE1} {
		if slices.Contains(k.Niveaux, string(n)) {
			list = append(list, string(n))
		}
	}
	return list
}

// niveaux are those of the class, the youngest first.
func (k classe) niveaux() string {
	slices.SortFunc(k.Niveaux, func(a, b string) int { return ecole.Niveau(a).Rang() - ecole.Niveau(b).Rang() })
	return strings.Join(k.Niveaux, ", ")
}

func (k classe) max() string {
	if k.Max == nil {
		return ""
	}
	return ui.Count(*k.Max)
}

func (v classesVue) list() ui.ListProps {
	props := v.vue.list()
	props.Caption, props.Empty = v.titre(), v.empty()
	props.Pager = ui.Pager{Page: v.page, PerPage: parPage}
	if v.maille() != parClasse {
		props.Filters = append(props.Filters, ui.Filter{Name: "classes", Label: "Classes", All: "Trop nombreuses",
			Options: []ui.Option{{Value: "toutes", Label: "Toutes"}}})
	}
	props.Columns = v.columns()
	for _, k := range v.lignes {
		props.Pager.Total = k.Total
		cells := []templ.Component{ui.LinkCell(k.Libelle, "/classes/"+k.ID.String())}
		if v.maille() != parClasse {
			cells = append(cells, ui.Cell(ecole.NomComplet(k.Ecole, k.Commune)))
		}
		props.Rows = append(props.Rows, ui.ListRow{Cells: append(cells, ui.Cell(k.niveaux()),
			nombreCell(k.Nombre, v.dans(k).href(pageEleves), false), ui.Cell(k.max()), depasseCell(k))})
	}
	return props
}

func (v classesVue) columns() []ui.Column {
	columns := []ui.Column{{Label: "Classe"}}
	if v.maille() != parClasse {
		columns = append(columns, ui.Column{Label: "École"})
	}
	return append(columns, ui.Column{Label: "Niveaux"}, ui.Column{Label: libelleEtat(v.critere.Etat), Number: true},
		ui.Column{Label: "Maximum", Number: true}, ui.Column{Label: "À surveiller"})
}

func (v classesVue) empty() ui.EmptyProps {
	switch {
	case !v.toutes:
		return ui.EmptyProps{Sentence: "Aucune classe ne dépasse son maximum, ni " + strconv.Itoa(repere) + "\u00a0élèves en GS, CP ou CE1."}
	case v.agent.Can(habilitation.GererClasses):
		return ui.EmptyProps{Sentence: "Aucune classe pour " + v.critere.Annee.Libelle() + ".",
			Href: "/classes/nouvelle?annee=" + v.annee(), Action: "Créer une classe"}
	}
	return ui.EmptyProps{Sentence: "Aucune classe pour " + v.critere.Annee.Libelle() + "."}
}

func (v classesVue) titre() string {
	if v.toutes {
		return "Taille des classes"
	}
	return "Classes trop nombreuses"
}

func (p Pages) classesTable(ctx context.Context, head vue) (tableau.Table, error) {
	v, err := p.readClasses(ctx, head, 0)
	t := tableau.Table{Title: v.titre(), Columns: tableau.Columns("UAI", "École", "Commune", "Classe", "Niveaux")}
	t.Columns = append(nombres(t.Columns, libelleEtat(v.critere.Etat), "Maximum"), tableau.Column{Title: "À surveiller"})
	for _, k := range v.lignes {
		t.Rows = append(t.Rows, []any{k.UAI, k.Ecole, k.Commune, k.Libelle, k.niveaux(), k.Nombre, k.max(), k.depasse()})
	}
	return t, err
}
