package sixiemes

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// onglet is where a pupil stands.
type onglet string

const (
	tous       onglet = ""
	incomplets onglet = "a_completer"
	sansPlace  onglet = "sans_college"
	affectes   onglet = "affectes"
	recus      onglet = "recus"
)

var onglets = []onglet{tous, incomplets, sansPlace, affectes, recus}

func (o onglet) label() string {
	return map[onglet]string{
		tous: "Tous", incomplets: "À compléter", sansPlace: "Sans collège", affectes: "Affectés", recus: "Reçus par le collège",
	}[o]
}

// tient tells whether a pupil stands there.
func (o onglet) tient(p qualite.Partant) bool {
	switch o {
	case incomplets:
		return len(p.Manques) > 0
	case sansPlace:
		return p.Etat == ""
	case affectes:
		return p.Etat == "affecte"
	case recus:
		return p.Etat == "recu"
	}
	return true
}

// critere is what the page was asked for.
type critere struct {
	annee  ecole.Annee // of the rentrée in 6e
	onglet onglet
	classe string
	ecole  string // of an inspection
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{annee: sixieme.Campagne(agent.Aujourdhui()), classe: q.Get("classe"), ecole: q.Get("ecole")}
	if o := onglet(q.Get("etat")); slices.Contains(onglets, o) {
		c.onglet = o
	}
	return c
}

func (c critere) query() url.Values {
	q := url.Values{}
	for name, v := range map[string]string{"etat": string(c.onglet), "classe": c.classe, "ecole": c.ecole} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return q
}

func (c critere) href() string {
	if q := c.query(); len(q) > 0 {
		return path + "?" + q.Encode()
	}
	return path
}

// view is the page of one school.
type view struct {
	critere  critere
	agent    habilitation.Agent
	partants []qualite.Partant
	form     *httpx.Form
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, besides func(*territoire.Lecture)) (v view, err error) {
	v = view{critere: c, agent: agent, form: httpx.NewForm(map[string]string{"date_radiation": date.Court(agent.Aujourdhui())})}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		qualite.QueuePartants(l, agent, &v.partants, int(c.annee)-1, c.ecole)
		besides(l)
	})
	return v, err
}

// dirige tells who mends the files, where an inspection reads.
func dirige(agent habilitation.Agent) bool { return agent.Role == habilitation.Directeur }

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	if !dirige(agent) && c.ecole == "" {
		return p.showEcoles(w, r, agent, c)
	}
	v, err := p.read(r.Context(), agent, c, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(v))
}

func (v view) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(onglets))
	for i, o := range onglets {
		to := v.critere
		to.onglet = o
		tabs[i] = ui.Tab{Label: o.label(), Href: to.href(), Current: o == v.critere.onglet, Count: len(v.choisis(o))}
	}
	return tabs
}

// choisis are the pupils of the class asked for who stand there.
func (v view) choisis(o onglet) (list []qualite.Partant) {
	for _, p := range v.partants {
		if o.tient(p) && (v.critere.classe == "" || p.Classe == v.critere.classe) {
			list = append(list, p)
		}
	}
	return list
}

func (v view) props() ui.ListProps {
	list := v.choisis(v.critere.onglet)
	props := ui.ListProps{
		Caption: v.critere.onglet.label(), Path: path, Query: v.critere.query(), Exports: tableau.Formats,
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Classe"}, {Label: "Ce qui manque"}, {Label: "Collège"}, {Label: "Suivi"}},
		Filters: v.filters(), Pager: ui.Pager{Page: 1, PerPage: len(list), Total: len(list)}, Empty: v.empty(),
	}
	if v.critere.onglet == recus && dirige(v.agent) {
		props.Bulk = []ui.BulkAction{{Label: "Radier les élèves partis en 6e", Action: path + "/radier", Danger: true}}
		props.BulkFields = ui.Date(v.form.Field(ui.Field{Name: "date_radiation", Label: "Radiés le", Required: true}))
	}
	for _, p := range list {
		cells := append(ui.Cells(p.Nom(), date.Court(p.DateNaissance), p.Classe), manquesCell(v, p))
		props.Rows = append(props.Rows, ui.ListRow{
			ID: p.ID.String(), Href: "/eleves/" + p.Cle.String(), Label: p.Nom(), Checked: v.critere.onglet == recus,
			Cells: append(cells, ui.Cells(p.College, suivi(p))...),
		})
	}
	return props
}

// filters offer the classes of the pupils.
func (v view) filters() []ui.Filter {
	f := ui.Filter{Name: "classe", Label: "Classe", All: "Toutes"}
	for _, p := range v.partants {
		if p.Classe != "" && !slices.ContainsFunc(f.Options, func(o ui.Option) bool { return o.Value == p.Classe }) {
			f.Options = append(f.Options, ui.Option{Value: p.Classe, Label: p.Classe})
		}
	}
	return []ui.Filter{f}
}

func (v view) empty() ui.EmptyProps {
	return ui.EmptyProps{Sentence: map[onglet]string{
		tous: "Aucun élève n’entre en 6e à cette rentrée.", incomplets: "Chaque dossier est complet pour l’entrée en 6e.",
		sansPlace: "Chaque élève a son collège.", affectes: "Aucun élève affecté n’attend d’être reçu.",
		recus: "Aucun collège n’a encore accusé réception.",
	}[v.critere.onglet]}
}

// manquesCell names what lacks, each with the form that mends it.
func manquesCell(v view, p qualite.Partant) templ.Component {
	if len(p.Manques) == 0 {
		return ui.Cell("Rien")
	}
	return manques(p, p.Lacunes(v.agent.Role), dirige(v.agent))
}

// suivi says where the assignment stands.
func suivi(p qualite.Partant) string {
	switch p.Etat {
	case "recu":
		return "Reçu le " + date.CourtOuRien(p.RecuLe)
	case "affecte":
		return "Affecté"
	}
	return "Pas encore affecté"
}

// mots are the things that lack, in a few words.
func mots(list []qualite.Anomalie) string {
	words := make([]string, len(list))
	for i, a := range list {
		words[i] = a.Court
	}
	return strings.Join(words, ", ")
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	if !dirige(agent) && c.ecole == "" {
		return p.exportEcoles(w, r, agent, c)
	}
	v, err := p.read(r.Context(), agent, c, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "affectation_6e", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	list := v.choisis(c.onglet)
	t := tableau.Table{
		Title: "Entrée en 6e, rentrée " + c.annee.Libelle() + "\u00a0: " + c.onglet.label(), Details: []string{ui.Plural(len(list), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: v.empty().Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Niveau", "Classe", "Ce qui manque", "Collège", "Suivi"),
	}
	for _, x := range list {
		t.Eleves = append(t.Eleves, x.Cle)
		t.Rows = append(t.Rows, []any{
			x.NomFamille, x.NomUsage, x.Prenom, x.DateNaissance, x.Niveau, x.Classe, mots(x.Lacunes(agent.Role)), x.College, suivi(x),
		})
	}
	return p.Export(w, r, agent, "entree-6e-"+strconv.Itoa(int(c.annee)), t)
}
