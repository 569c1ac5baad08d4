package reprise

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	domain "base-eleves/internal/domain/reprise"
	"base-eleves/internal/httpx"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many lines of the file a page shows; parGroupe, how many of one fault.
const (
	parPage   = 50
	parGroupe = 20
)

// apercu is what a file would change, on a page.
type apercu struct {
	depot domain.Depot
	plan  domain.Plan
	query url.Values
	form  *httpx.Form
}

func (p Pages) readApercu(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (a apercu, ok bool, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &a.depot, domain.SQLDepot, id, domain.Expiration(agent))
	})
	if err != nil {
		return a, false, err
	}
	a.plan, ok, err = a.depot.Rapport()
	return a, ok, err
}

func (p Pages) preview(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	a, ok, err := p.readApercu(r.Context(), agent, id)
	if err != nil {
		return err
	}
	if !ok { // the columns come first
		return httpx.Redirect(w, r, "/reprise/"+id.String())
	}
	a.query, a.form = r.URL.Query(), httpx.NewForm(nil)
	return p.Render(w, r, http.StatusOK, previewPage(a))
}

// apply does what was shown. When the school has changed since, what would change now is shown instead.
func (p Pages) apply(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		op, err := domain.Appliquer(ctx, tx, agent, id, f.Text("empreinte"))
		return "/reprise/operations/" + op.String(), err
	})
	if !f.Refused(err) {
		return err
	}
	if err := p.DB.EcrireLongtemps(r.Context(), agent.Portee(), func(tx territoire.Tx) error {
		return domain.Replanifier(r.Context(), tx, agent, id)
	}); err != nil {
		return err
	}
	a, _, err := p.readApercu(r.Context(), agent, id)
	if err != nil {
		return err
	}
	a.query, a.form = url.Values{}, f
	return p.Render(w, r, http.StatusUnprocessableEntity, previewPage(a))
}

func (a apercu) path() string { return "/reprise/" + a.depot.ID.String() }

// stats are the counts, each leading to its lines.
func (a apercu) stats() []ui.Stat {
	n := a.plan.Compte()
	var list []ui.Stat
	for _, s := range domain.Sorts {
		list = append(list, ui.Stat{Label: s.Label(), Value: ui.Count(n[s]), Href: a.path() + "/apercu?sort=" + string(s)})
	}
	return list
}

// change tells whether there is something to apply.
func (a apercu) change() bool {
	n := a.plan.Compte()
	return n[domain.Cree]+n[domain.Modifie] > 0
}

func (a apercu) consequences() []string {
	n := a.plan.Compte()
	things := "Élèves"
	if a.plan.Genre == onde.Responsables {
		things = "Responsables"
	}
	list := []string{
		fmt.Sprintf("%s créés\u00a0: %s. Lignes qui modifient un dossier\u00a0: %s.", things, ui.Count(n[domain.Cree]), ui.Count(n[domain.Modifie])),
		"Ce que le fichier ne dit pas reste tel quel. Personne n’est retiré de l’école.",
	}
	if n[domain.Refuse] > 0 {
		list = append(list, fmt.Sprintf("Lignes refusées, qui ne changent rien\u00a0: %s. Corrigez-les, puis reprenez le même fichier.", ui.Count(n[domain.Refuse])))
	}
	return append(list, "Vous pourrez annuler le tout pendant 30 jours.")
}

// lignes is the list of what becomes of the lines.
func (a apercu) lignes() ui.ListProps {
	chosen := domain.Sort(a.query.Get("sort"))
	var kept []domain.Ligne
	for _, l := range a.plan.Lignes {
		if chosen == "" || l.Sort == chosen {
			kept = append(kept, l)
		}
	}
	page := httpx.PageAsked(a.query)
	props := ui.ListProps{
		Caption: "Lignes du fichier", Path: a.path() + "/apercu", Query: a.query, Pager: ui.Pager{Page: page, PerPage: parPage, Total: len(kept)},
		Columns: []ui.Column{{Label: "Nom"}, {Label: "Ligne", Number: true}, {Label: "Sort"}, {Label: "Ce qui change, ou pourquoi rien ne change"}},
		Filters: []ui.Filter{sortFilter()}, Empty: ui.EmptyProps{Sentence: "Aucune ligne."},
	}
	from, motifs := min((page-1)*parPage, len(kept)), a.motifs()
	for _, l := range kept[from:min(from+parPage, len(kept))] {
		what := changes(l.Champs)
		if l.Sort == domain.Refuse {
			what = motifs[l.No]
		}
		props.Rows = append(props.Rows, ui.ListRow{Label: l.Nom, Cells: ui.Cells(l.Nom, fmt.Sprint(l.No), sortLabel(l.Sort), what)})
	}
	return props
}

// motifs are why lines are refused.
func (a apercu) motifs() map[int]string {
	why := map[int]string{}
	for _, e := range a.plan.Erreurs {
		if !e.Avertit && why[e.Ligne] == "" {
			why[e.Ligne] = e.Motif
		}
	}
	return why
}

func sortFilter() ui.Filter {
	f := ui.Filter{Name: "sort", Label: "Sort", All: "Toutes les lignes"}
	for _, s := range domain.Sorts {
		f.Options = append(f.Options, ui.Option{Value: string(s), Label: s.Label()})
	}
	return f
}

func sortLabel(s domain.Sort) string {
	return map[domain.Sort]string{domain.Cree: "Créé", domain.Modifie: "Modifié", domain.Inchange: "Inchangé", domain.Refuse: "Refusé"}[s]
}

// changes are the fields of a line, before and after.
func changes(champs []domain.Champ) string {
	var parts []string
	for _, c := range champs {
		text := c.Apres
		if c.Avant != "" {
			text = c.Avant + " → " + c.Apres
		}
		parts = append(parts, c.Libelle+"\u00a0: "+text)
	}
	return strings.Join(parts, "\u00a0; ")
}

// titreGroupe says what is wrong, in which column, how many times.
func titreGroupe(g domain.Groupe) string {
	title := g.Motif
	if g.Colonne != "" {
		title = g.Colonne + "\u00a0: " + title
	}
	if n := len(g.Erreurs); n > 1 {
		title += fmt.Sprintf(" (%s lignes)", ui.Count(n))
	}
	return title
}

func kind(g domain.Groupe) ui.Kind {
	if g.Avertit {
		return ui.Warning
	}
	return ui.Danger
}

// erreurs are the first lines that have this fault.
func erreurs(g domain.Groupe) ui.TableProps {
	t := ui.TableProps{Caption: g.Motif, Columns: []ui.Column{{Label: "Ligne"}, {Label: "Colonne"}, {Label: "Valeur"}, {Label: "Remède"}}}
	for _, e := range g.Erreurs[:min(len(g.Erreurs), parGroupe)] {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(fmt.Sprint(e.Ligne), e.Colonne, e.Valeur, e.Remede)})
	}
	return t
}
