package repartition

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// gestion is the page of the scenarios of a year.
type gestion struct {
	critere critere
	t       scenario.Tableau
	agent   habilitation.Agent
	f       *httpx.Form // of the new scenario
	sur     uuid.UUID   // the scenario whose form was refused
	fs      *httpx.Form
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	g := &gestion{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil)}
	return p.renderList(w, r, g, http.StatusOK)
}

func (p Pages) renderList(w http.ResponseWriter, r *http.Request, g *gestion, status int) error {
	err := p.DB.Lire(r.Context(), g.agent.Portee(), func(l *territoire.Lecture) { g.t.QueueScenarios(l, g.critere.Annee) })
	if err != nil {
		return err
	}
	return p.Render(w, r, status, scenariosPage(g))
}

// create opens a scenario and goes to its board.
func (p Pages) create(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	g := &gestion{critere: readCritere(r.URL.Query(), agent), agent: agent, f: f}
	m := scenario.Modele{EnVigueur: f.Text("depuis") == enVigueur, Scenario: f.UUID("depuis")}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		id, err := scenario.Creer(ctx, tx, agent, g.critere.Annee, f.Text("nom"), m)
		if err == nil {
			p.Flash(ctx, "Le scénario est créé. La répartition en vigueur ne change pas.", supprimerHref(g.critere, id))
		}
		return g.critere.sur(id).href(""), err
	})
	if !f.Refused(err) {
		return err
	}
	return p.renderList(w, r, g, http.StatusUnprocessableEntity)
}

// edit renames a scenario, or changes its wish for brothers and sisters.
func (p Pages) edit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, err := readID(r, agent)
	if err != nil {
		return err
	}
	g := &gestion{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil), sur: id, fs: f}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		_, err := scenario.Modifier(ctx, tx, agent, id, f.Version(), f.Text("nom"), scenario.Fratrie(f.Text("fratrie")))
		if err == nil {
			p.Flash(ctx, "Le scénario est modifié.", "")
		}
		return g.critere.sur(uuid.Nil).href("/scenarios"), err
	})
	switch {
	case httpx.Stale(err):
		f.Refuse("", "Quelqu’un a modifié ce scénario entre-temps\u00a0: votre saisie est gardée, enregistrez à nouveau.")
		f.Values.Del("version")
		return p.renderList(w, r, g, http.StatusConflict)
	case f.Refused(err):
		return p.renderList(w, r, g, http.StatusUnprocessableEntity)
	}
	return err
}

func (p Pages) remove(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, err := readID(r, agent)
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		s, err := scenario.Supprimer(ctx, tx, agent, id, f.Version())
		if err == nil {
			p.Flash(ctx, "Le scénario «\u00a0"+s.Nom+"\u00a0» est supprimé.", "/repartition/scenarios/"+id.String()+"/retablir?"+c.query().Encode())
		}
		return c.sur(uuid.Nil).href("/scenarios"), err
	})
}

func (p Pages) restore(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, err := readID(r, agent)
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		s, err := scenario.Retablir(ctx, tx, agent, id)
		if err == nil {
			p.Flash(ctx, "Le scénario «\u00a0"+s.Nom+"\u00a0» est rétabli.", "")
		}
		return c.sur(uuid.Nil).href("/scenarios"), err
	})
	if !f.Refused(err) {
		return err
	}
	return p.renderList(w, r, &gestion{critere: c, agent: agent, f: f}, http.StatusUnprocessableEntity)
}

func readID(r *http.Request, agent habilitation.Agent) (uuid.UUID, *httpx.Form, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return id, nil, err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	return id, f, err
}

func supprimerHref(c critere, id uuid.UUID) string {
	return "/repartition/scenarios/" + id.String() + "/supprimer?" + url.Values{"annee": {strconv.Itoa(int(c.Annee))}}.Encode()
}

func (g *gestion) href(s scenario.Scenario, act string) string {
	return "/repartition/scenarios/" + s.ID.String() + "/" + act + "?" + g.critere.sur(uuid.Nil).query().Encode()
}

// enVigueur is the value of the répartition in force among the models of a new scenario.
const enVigueur = "vigueur"

// modeles are what a new scenario may begin as.
func (g *gestion) modeles() []ui.Option {
	options := []ui.Option{{Value: "vide", Label: "Rien\u00a0: personne n’est placé"}, {Value: enVigueur, Label: "La répartition en vigueur"}}
	for _, s := range g.t.Presents() {
		options = append(options, ui.Option{Value: s.ID.String(), Label: "Le scénario «\u00a0" + s.Nom + "\u00a0»"})
	}
	return options
}

// depuis is the choice of a model, the empty one at first.
func (g *gestion) depuis() ui.Field {
	f := g.f.Field(ui.Field{Name: "depuis", Label: "Partir de", Required: true})
	if f.Value == "" {
		f.Value = "vide"
	}
	return f
}

// form is what was typed for a scenario, or what is recorded.
func (g *gestion) form(s scenario.Scenario) *httpx.Form {
	if g.fs != nil && g.sur == s.ID {
		return g.fs
	}
	return httpx.NewForm(map[string]string{"nom": s.Nom, "fratrie": string(s.Fratrie)})
}

// champ is a field of a scenario: several forms of the page have one of that name.
func champ(f *httpx.Form, s scenario.Scenario, name, label string) ui.Field {
	return f.Field(ui.Field{Name: name, Label: label, Required: true, ID: ui.FieldID(name + "." + s.ID.String())})
}

func fratries() []ui.Option {
	options := make([]ui.Option, len(scenario.Fratries))
	for i, f := range scenario.Fratries {
		options[i] = ui.Option{Value: string(f), Label: f.Label()}
	}
	return options
}

// etat says how far a scenario is.
func etat(s scenario.Scenario) string {
	said := ui.Plural(s.Places, "élève placé", "élèves placés") + ", modifié le " + date.Heure(s.ModifieLe) + "."
	if s.PublieLe != nil {
		said += " Publié le " + date.Heure(*s.PublieLe) + "."
	}
	return said
}

// supprimes are the scenarios that can still be brought back.
func (g *gestion) supprimes() (list []scenario.Scenario) {
	for _, s := range g.t.Scenarios {
		if s.SupprimeLe != nil {
			list = append(list, s)
		}
	}
	return list
}
