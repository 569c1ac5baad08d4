package effectifs

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// vue is what the pages of the subject have in common.
type vue struct {
	agent   habilitation.Agent
	path    string // of the page
	critere critere
	query   url.Values
	tete    tete
	page    int
}

// tete is what the head of every page reads: the circonscriptions of an IA, the school chosen.
type tete struct {
	circos []lieu
	ecole  *lieu
}

// lieu is a line of a table: a class, a school, a circonscription.
type lieu struct {
	Cle     string
	Nom     string
	Commune string
	Groupe  string // UAI of the circonscription of a school
	Ouvert  bool   // shown even when nobody is there
}

// personne is said where nobody is counted.
const personne = "Aucun élève à cette date."

func newVue(r *http.Request, agent habilitation.Agent, path string) vue {
	q := r.URL.Query()
	v := vue{agent: agent, path: path, critere: readCritere(q, agent), query: q, page: httpx.PageAsked(q)}
	if v.critere.Etat == aPart && path != pageEleves { // no niveau, no class: only a list
		v.critere.Etat = v.critere.usuel()
	}
	v.query.Del("annee")
	v.query.Del("le")
	if !v.critere.Le.Equal(agent.Aujourdhui()) {
		v.query.Set("le", date.Court(v.critere.Le))
	}
	if v.critere.Etat == v.critere.usuel() {
		v.query.Del("etat")
	}
	return v
}

const circonscriptionsSQL = `
	select coalesce(e.circonscription_uai, 'aucune') as cle, coalesce(max(c.nom), 'Sans circonscription') as nom, '' as commune,
		'' as groupe, true as ouvert
	from (select distinct circonscription_uai from ecole where uai = any (portee_ecoles())) e
	left join circonscription c on c.uai = e.circonscription_uai
	group by e.circonscription_uai
	order by max(c.nom) nulls last, 1`

// ecolesSQL names the schools; $1 is the circonscription and $2 the school, ” for all.
const ecolesSQL = `
	select e.uai as cle, e.nom, k.nom as commune, coalesce(e.circonscription_uai, 'aucune') as groupe, e.ouverte as ouvert
	from ecole e join commune k on k.insee = e.commune_insee
	where e.uai = any (portee_ecoles()) and ($1 = '' or coalesce(e.circonscription_uai, 'aucune') = $1) and ($2 = '' or e.uai = $2)
	order by cle_nom(k.nom), cle_nom(e.nom), e.uai`

// lire reads a page in one round trip, its head included.
func (p Pages) lire(ctx context.Context, v *vue, more func(*territoire.Lecture)) error {
	return p.DB.Lire(ctx, v.agent.Portee(), func(l *territoire.Lecture) {
		if v.agent.Role == habilitation.IA {
			territoire.Toutes(l, &v.tete.circos, circonscriptionsSQL)
		}
		if v.critere.Ecole != "" && v.agent.Role != habilitation.Directeur {
			territoire.Peut(l, &v.tete.ecole, ecolesSQL, "", v.critere.Ecole)
		}
		more(l)
	})
}

func (p Pages) noter(ctx context.Context, v vue) error {
	line := journal.Ligne{Acte: journal.Exporter, Objet: "effectif", Ecole: cmp.Or(v.critere.Ecole, v.agent.Ecole)}
	if v.path == pageEleves {
		line.Objet = "scolarite"
	}
	return p.DB.Lire(ctx, v.agent.Portee(), func(l *territoire.Lecture) { journal.Queue(l, v.agent, line) })
}

// lead says what is counted, and where.
func (v vue) lead() string {
	return v.situe("Au " + date.Long(v.critere.Le) + ", année scolaire " + v.critere.Annee.Libelle())
}

// situe says the school chosen before the rest.
func (v vue) situe(sentence string) string {
	if v.tete.ecole == nil {
		return sentence
	}
	return ecole.NomComplet(v.tete.ecole.Nom, v.tete.ecole.Commune) + ". " + sentence
}

// tabs are the pages of the subject that the agent may read, with what is counted kept.
func (v vue) tabs() []ui.Tab {
	var tabs []ui.Tab
	for _, t := range []struct{ path, label string }{
		{pageNiveaux, "Niveaux"}, {pageClasses, "Classes"}, {pageAges, "Âges"}, {pageCommunes, "Communes"}, {pageEvolution, "Évolution"},
	} {
		if t.path == pageClasses && !v.agent.Can(habilitation.ConsulterClasses) {
			continue
		}
		tabs = append(tabs, ui.Tab{Label: t.label, Href: v.critere.href(t.path), Current: t.path == v.path})
	}
	return tabs
}

// voisines are the same day of the years before and after.
func (v vue) voisines() []ui.Tab {
	var tabs []ui.Tab
	for _, a := range []ecole.Annee{v.critere.Annee - 1, v.critere.Annee + 1} {
		if a <= ecole.AnneeDe(v.agent.Aujourdhui())+1 {
			tabs = append(tabs, ui.Tab{Label: a.Libelle(), Href: v.critere.au(memeJour(v.critere.Le, a)).href(v.path)})
		}
	}
	return tabs
}

// head is the filters of a page, list the head of one that is a list: its files too.
func (v vue) head() ui.ListProps {
	return ui.ListProps{Path: v.path, Query: v.query, Filters: v.filters()}
}

func (v vue) list() ui.ListProps { return v.exports(v.path) }

// exports are the files of a table.
func (v vue) exports(path string) ui.ListProps {
	props := v.head()
	props.Path, props.Exports = path, tableau.Formats
	return props
}

// filters narrow what is counted. The state that the year counts by itself needs no filter.
func (v vue) filters() []ui.Filter {
	filters := []ui.Filter{{Name: "le", Label: "Au jour du"}, v.etatFilter()}
	if len(v.tete.circos) > 0 {
		filters = append(filters, ui.Filter{Name: "circonscription", Label: "Circonscription", All: "Toutes", Options: options(v.tete.circos)})
	}
	if v.critere.Ecole != "" && v.agent.Role != habilitation.Directeur {
		chosen := lieu{Cle: v.critere.Ecole, Nom: v.critere.Ecole}
		if e := v.tete.ecole; e != nil {
			chosen.Nom = ecole.NomComplet(e.Nom, e.Commune)
		}
		filters = append(filters, ui.Filter{Name: "ecole", Label: "École", All: "Toutes", Options: options([]lieu{chosen})})
	}
	return append(filters, niveauFilter(), ui.Filter{Name: "sexe", Label: "Sexe", All: "Filles et garçons", Options: []ui.Option{
		{Value: "F", Label: "Filles"}, {Value: "M", Label: "Garçons"}}})
}

func (v vue) etatFilter() ui.Filter {
	f := ui.Filter{Name: "etat", Label: "Compter", All: libelleEtat(v.critere.usuel())}
	for _, e := range etats {
		if e.etat != v.critere.usuel() {
			f.Options = append(f.Options, ui.Option{Value: string(e.etat), Label: e.libelle})
		}
	}
	if v.critere.Etat == aPart {
		f.Options = append(f.Options, ui.Option{Value: string(aPart), Label: libelleEtat(aPart)})
	}
	return f
}

func niveauFilter() ui.Filter {
	f := ui.Filter{Name: "niveau", Label: "Niveau"}
	for _, n := range ecole.Niveaux() {
		f.Options = append(f.Options, ui.Option{Value: string(n), Label: string(n)})
	}
	for n := ecole.CycleI; n <= ecole.CycleIII; n++ {
		f.Options = append(f.Options, ui.Option{Value: codeCycle(n), Label: libelleCycle(n)})
	}
	f.Options = append(f.Options, ui.Option{Value: inconnu, Label: aPreciser})
	return f
}

func codeCycle(n ecole.Cycle) string    { return prefixeCycle + strconv.Itoa(int(n)) }
func libelleCycle(n ecole.Cycle) string { return "Cycle " + strconv.Itoa(int(n)) }

func options(lieux []lieu) []ui.Option {
	list := make([]ui.Option, len(lieux))
	for i, l := range lieux {
		list[i] = ui.Option{Value: l.Cle, Label: l.Nom}
	}
	return list
}

// details say on paper what the filters of the screen say.
func (v vue) details() []string {
	details := []string{libelleEtat(v.critere.Etat) + " au " + date.Long(v.critere.Le) + ", année scolaire " + v.critere.Annee.Libelle()}
	for _, f := range append(v.filters()[2:], v.precisions()...) {
		for _, o := range f.Options {
			if value := v.query.Get(f.Name); value != "" && o.Value == value {
				details = append(details, f.Label+"\u00a0: "+o.Label)
			}
		}
	}
	return details
}

// nomCommune is the name of a commune of residence.
func nomCommune(insee string) string {
	if insee == "" || insee == inconnu {
		return "Non renseignée"
	}
	if c, ok := commune.Find(insee); ok {
		return c.Libelle()
	}
	return insee
}

// par is the line of a school, of a class or of a circonscription as a sentence says it: « par école ».
func par(head string) string { return "par " + strings.ToLower(head) }

func sum(counts []int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}
