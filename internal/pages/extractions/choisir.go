package extractions

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/extraction"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// demande is an extraction that is asked for, and what comes of it.
type demande struct {
	extraction.Demande
	agent      habilitation.Agent
	form       *httpx.Form
	perimetres []extraction.Choix
	ecoles     []extraction.Ecole
	effectifs  []extraction.Effectif
}

// nouvelle is what the page proposes at first.
func nouvelle(agent habilitation.Agent) url.Values {
	return url.Values{"groupes": extraction.Usuels, "format": {extraction.Formats[0]}, "le": {date.Court(agent.Aujourdhui())}}
}

// lire reads what is asked for.
func lire(f *httpx.Form, agent habilitation.Agent) *demande {
	d := &demande{agent: agent, form: f}
	d.Groupes = slices.Compact(slices.Sorted(slices.Values(f.Values["groupes"])))
	d.Perimetre = extraction.Perimetre(f.Values.Get("perimetre"))
	d.Motif, d.Format = f.Values.Get("motif"), f.Values.Get("format")
	if d.Le = f.DateOrNone("le"); d.Le.IsZero() {
		d.Le = agent.Aujourdhui()
	}
	if d.Le.After(agent.Aujourdhui().AddDate(1, 0, 0)) || d.Le.Before(agent.Aujourdhui().AddDate(-2, 0, 0)) {
		f.Refuse("le", "Choisissez une date des deux dernières années, ou de l’année qui vient.")
		d.Le = agent.Aujourdhui()
	}
	return d
}

// read reads the schools that are asked for and those that may be; counted, with their pupils.
func (p Pages) read(ctx context.Context, d *demande, counted bool) error {
	return p.DB.Lire(ctx, d.agent.Portee(), func(l *territoire.Lecture) {
		extraction.QueueChoix(l, d.agent.Role, &d.perimetres)
		d.Perimetre.QueueEcoles(l, &d.ecoles)
		if counted {
			d.QueueEffectifs(l, d.agent, &d.effectifs)
		}
	})
}

func (p Pages) choose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	asked := r.URL.Query()
	if len(asked) == 0 {
		asked = nouvelle(agent)
	}
	d := lire(httpx.AskedForm(asked, agent.Aujourdhui()), agent)
	if err := p.read(r.Context(), d, false); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, choosePage(d))
}

// groupes are the boxes of the groups.
func (d *demande) groupes() (options []ui.Option) {
	for _, g := range extraction.Groupes(d.agent.Role) {
		options = append(options, ui.Option{Value: g.Code, Label: g.Titre, Hint: g.Contenu, Checked: slices.Contains(d.Groupes, g.Code)})
	}
	return options
}

func (d *demande) lieux() []ui.Option { return lieux(d.agent, d.perimetres) }

// lieux are the perimeters to choose from, the whole territory first.
func lieux(agent habilitation.Agent, perimetres []extraction.Choix) []ui.Option {
	options := []ui.Option{{Value: "", Label: "Tout mon territoire\u00a0: " + agent.Territoire}}
	for _, c := range perimetres {
		options = append(options, ui.Option{Value: c.Code, Label: c.Label, Group: c.Genre})
	}
	return options
}

func motifs() []ui.Option {
	return append([]ui.Option{{Value: "", Label: "Sans motif"}}, formulaire.Valeurs(extraction.Motifs)...)
}

func formats() []ui.Option {
	return []ui.Option{{Value: "csv", Label: "CSV (séparé par des points-virgules)"}, {Value: "xlsx", Label: "XLSX (classeur)"}}
}

// lieu is the perimeter in words.
func (d *demande) lieu() string { return lieu(d.agent, d.perimetres, d.Perimetre) }

func lieu(agent habilitation.Agent, perimetres []extraction.Choix, asked extraction.Perimetre) string {
	for _, c := range perimetres {
		if c.Code == string(asked) {
			return c.Label
		}
	}
	return agent.Territoire
}

// query is the address of what is asked for.
func (d *demande) query() url.Values {
	return url.Values{"groupes": d.Groupes, "perimetre": {string(d.Perimetre)}, "le": {d.Le.Format(time.DateOnly)}, "motif": {d.Motif}, "format": {d.Format}}
}

// bouton says what the button does, and suite what comes of it.
func bouton(immediat string, aDeux, aPart bool) string {
	switch {
	case aDeux:
		return "Demander l’accord d’une seconde personne"
	case aPart:
		return "Préparer le fichier"
	}
	return immediat
}

func suite(aDeux, aPart bool) string {
	switch {
	case aDeux:
		return "Les élèves de plusieurs communes ne sortent qu’avec l’accord d’une autre personne : inspection académique ou service informatique."
	case aPart:
		return "Le fichier est long : il se prépare pendant que vous faites autre chose."
	}
	return "Le fichier se télécharge aussitôt."
}
