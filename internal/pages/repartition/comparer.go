package repartition

import (
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// comparaison is two boards of a year, side by side.
type comparaison struct {
	critere critere
	avec    uuid.UUID // the other scenario, uuid.Nil for the répartition in force
	a, b    scenario.Tableau
	f       *httpx.Form
	liste   []scenario.Difference
}

func (p Pages) compare(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := r.URL.Query()
	v := &comparaison{critere: readCritere(q, agent), f: httpx.NewForm(map[string]string{"avec": q.Get("avec")})}
	v.avec, _ = uuid.Parse(q.Get("avec")) // none is the répartition in force
	v.a.Cible, v.b.Cible = v.critere.Cible, v.critere.sur(v.avec).Cible
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { scenario.QueueDeux(l, agent, &v.a, &v.b) })
	if err != nil {
		return err
	}
	if err := scenario.FinirDeux(&v.a, &v.b); err != nil {
		return err
	}
	v.liste = scenario.Comparer(&v.a, &v.b)
	return p.Render(w, r, http.StatusOK, comparePage(v))
}

// nom is how a board is called.
func nom(t *scenario.Tableau) string {
	if s := t.Scenario(); s != nil {
		return "«\u00a0" + s.Nom + "\u00a0»"
	}
	return "Répartition en vigueur"
}

// dit counts those who differ.
func (v *comparaison) dit() string {
	switch n := len(v.liste); n {
	case 0:
		return "Aucun élève ne diffère\u00a0: les deux répartitions sont les mêmes."
	case 1:
		return "Un élève diffère."
	default:
		return ui.Count(n) + " élèves diffèrent."
	}
}

// autres are the boards that one may compare with.
func (v *comparaison) autres() []ui.Option {
	var options []ui.Option
	if !v.critere.EnVigueur() {
		options = append(options, ui.Option{Value: enVigueur, Label: "La répartition en vigueur"})
	}
	for _, s := range v.a.Presents() {
		if s.ID != v.critere.Scenario {
			options = append(options, ui.Option{Value: s.ID.String(), Label: s.Nom})
		}
	}
	return options
}

func (v *comparaison) choix() ui.Field {
	f := v.f.Field(ui.Field{Name: "avec", Label: "Comparer avec", Required: true})
	if v.avec == uuid.Nil && !v.critere.EnVigueur() {
		f.Value = enVigueur
	}
	return f
}

// table lists them, each with his class in both.
func (v *comparaison) table() ui.TableProps {
	t := ui.TableProps{Caption: "Élèves qui diffèrent", Columns: []ui.Column{
		{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: nom(&v.a)}, {Label: nom(&v.b)},
	}}
	for _, d := range v.liste {
		t.Rows = append(t.Rows, ui.ListRow{
			Href: "/eleves/" + d.Eleve.ID.String(), Cells: ui.Cells(d.Eleve.Nom(), string(d.Eleve.Niveau), libelle(d.A), libelle(d.B)),
		})
	}
	return t
}

func libelle(k *scenario.Classe) string {
	if k == nil {
		return "Sans classe"
	}
	return k.Libelle
}
