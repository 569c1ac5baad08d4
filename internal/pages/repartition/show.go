package repartition

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// view is the page.
type view struct {
	critere critere
	lecture lecture
	agent   habilitation.Agent
	f       *httpx.Form
	ids     []uuid.UUID // selected in a form that was refused
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil)}
	return p.render(w, r, v, http.StatusOK)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, v view, status int) (err error) {
	if v.lecture, err = p.read(r.Context(), v.agent, v.critere); err != nil {
		return err
	}
	if v.critere.Classe != nil && v.lecture.choisie(v.critere) == nil {
		return refusal.NotFound() // of another school, or of another year
	}
	return p.Render(w, r, status, showPage(v))
}

// classe is the class whose pupils are shown; nil for those without one.
func (v view) classe() *classe { return v.lecture.choisie(v.critere) }

func (v view) title() string {
	if k := v.classe(); k != nil {
		return "Élèves de " + k.Libelle
	}
	return "Élèves sans classe"
}

// tabs lead to the pupils without a class, niveau by niveau.
func (v view) tabs() []ui.Tab {
	to := critere{Annee: v.critere.Annee}
	tabs := []ui.Tab{{Label: "Sans classe", Href: to.href(), Count: v.lecture.sansClasse(),
		Current: v.critere.Classe == nil && v.critere.Niveau == ""}}
	for _, n := range v.lecture.comptes {
		to.Niveau = n.Niveau
		tabs = append(tabs, ui.Tab{Label: n.Niveau, Href: to.href(), Count: n.Nombre,
			Current: v.critere.Classe == nil && v.critere.Niveau == n.Niveau})
	}
	return tabs
}

func (v view) list() ui.ListProps {
	props := ui.ListProps{
		Caption: v.title(), Path: "/repartition", Query: url.Values{"annee": {strconv.Itoa(int(v.critere.Annee))}},
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: "Sexe"}, {Label: "Né(e) le"}, {Label: "Situation"}},
		Pager:   ui.Pager{Page: 1, PerPage: len(v.lecture.lignes), Total: len(v.lecture.lignes)},
		Empty:   v.empty(),
	}
	if options := v.options(); len(options) > 0 {
		props.Bulk = []ui.BulkAction{{Label: v.verb(), Action: v.critere.href()}}
		props.BulkFields = ui.Select(v.f.Field(ui.Field{Name: "classe_id", Label: "Classe", Required: true}), options)
	}
	if v.critere.Classe != nil {
		props.Bulk = append(props.Bulk, ui.BulkAction{Label: "Retirer de la classe", Action: v.critere.href() + "&retirer=oui"})
	}
	for _, l := range v.lecture.lignes {
		props.Rows = append(props.Rows, ui.ListRow{
			ID: l.ID.String(), Href: "/eleves/" + l.EleveID.String(), Label: l.nom(), Checked: slices.Contains(v.ids, l.ID),
			Cells: ui.Cells(l.nom(), l.Niveau, l.Sexe, date.Court(l.DateNaissance), l.situation()),
		})
	}
	return props
}

func (l ligne) situation() string {
	if l.Etat == scolarite.AdmisAccepte {
		return "Attendu"
	}
	return l.Etat.Label()
}

// verb is what one does: place those without a class, move the others.
func (v view) verb() string {
	if v.critere.Classe != nil {
		return "Déplacer"
	}
	return "Placer"
}

// options are the classes that open a niveau of the pupils shown.
func (v view) options() []ui.Option {
	var options []ui.Option
	for _, k := range v.lecture.possibles(v.critere) {
		options = append(options, ui.Option{Value: k.ID.String(), Label: k.Libelle + " (" + k.places() + ")"})
	}
	return options
}

// places tells how full the class is: « 22 élèves », « 22 sur 27 ».
func (k classe) places() string {
	if k.EffectifMax == 0 {
		return ui.Plural(k.Effectif, "élève", "élèves")
	}
	return strconv.Itoa(k.Effectif) + " sur " + strconv.Itoa(k.EffectifMax)
}

func (k classe) complete() bool { return k.EffectifMax > 0 && k.Effectif >= k.EffectifMax }

// classes is the table of the classes, beside the pupils; the maximum stands where some class has one.
func (v view) classes() ui.TableProps {
	bounded := slices.ContainsFunc(v.lecture.classes, func(k classe) bool { return k.EffectifMax > 0 })
	t := ui.TableProps{Caption: "Classes", Columns: []ui.Column{{Label: "Classe"}, {Label: "Niveaux"}, {Label: "Élèves", Number: true}}}
	if bounded {
		t.Columns = append(t.Columns, ui.Column{Label: "Maximum", Number: true})
	}
	for _, k := range v.lecture.classes {
		to := critere{Annee: v.critere.Annee, Classe: &k.ID}
		cells := ui.Cells(k.Libelle, strings.Join(k.Niveaux, ", "), ui.Count(k.Effectif))
		if bounded {
			cells = append(cells, maximumCell(k))
		}
		t.Rows = append(t.Rows, ui.ListRow{Href: to.href(), Cells: cells})
	}
	return t
}

// empty says that nobody is to be placed here, and where to go.
func (v view) empty() ui.EmptyProps {
	switch {
	case v.critere.Classe != nil:
		to := critere{Annee: v.critere.Annee}
		return ui.EmptyProps{Sentence: "Aucun élève n’est placé dans cette classe.", Href: to.href(), Action: "Voir les élèves sans classe"}
	case v.critere.Niveau != "":
		return ui.EmptyProps{Sentence: "Tous les élèves de " + v.critere.Niveau + " ont une classe."}
	}
	return ui.EmptyProps{Sentence: "Aucun élève n’attend une classe pour " + v.critere.Annee.Libelle() + "."}
}

// errors are the refusals; those about the selection as a whole lead to no field.
func (v view) errors() ui.Errors {
	errs := v.f.Errors()
	for i := range errs {
		if errs[i].Field == "id" {
			errs[i].Field = ""
		}
	}
	return errs
}
