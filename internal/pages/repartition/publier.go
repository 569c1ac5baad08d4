package repartition

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// publication is what publishing a scenario would do.
type publication struct {
	view
	apercu scenario.Apercu
}

func (p Pages) preview(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := &publication{view: view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil)}}
	return p.renderPreview(w, r, v, http.StatusOK)
}

func (p Pages) renderPreview(w http.ResponseWriter, r *http.Request, v *publication, status int) error {
	if v.critere.EnVigueur() {
		return refusal.NotFound()
	}
	if err := p.read(r, &v.view); err != nil {
		return err
	}
	v.apercu = v.t.Apercu()
	return p.Render(w, r, status, previewPage(v))
}

// publish makes the scenario the répartition in force, as the preview showed it.
func (p Pages) publish(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	v := &publication{view: view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: f}}
	vigueur := v.critere.sur(uuid.Nil)
	err = p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		done, err := scenario.Publier(ctx, tx, agent, v.critere.Scenario, f.Version())
		if err == nil {
			said := "Le scénario est publié\u00a0: " + ui.Plural(done.Eleves, "élève a", "élèves ont") + " une autre classe. Vous pouvez l’annuler pendant 30 jours."
			p.Flash(ctx, said, undoHref(vigueur, done.Mouvement))
		}
		return vigueur.href(""), err
	})
	switch {
	case httpx.Stale(err):
		f.Refuse("", "Quelqu’un a modifié ce scénario entre-temps\u00a0: relisez ce qui serait publié, puis confirmez.")
		return p.renderPreview(w, r, v, http.StatusConflict)
	case f.Refused(err):
		return p.renderPreview(w, r, v, http.StatusUnprocessableEntity)
	}
	return err
}

// consequences spell out what the act does, and what it leaves.
func (v *publication) consequences() []string {
	a := v.apercu
	var list []string
	add := func(n int, one, many string) {
		if n > 0 {
			list = append(list, ui.Plural(n, one, many))
		}
	}
	add(len(a.Changent), "élève prend la classe que le scénario lui donne.", "élèves prennent la classe que le scénario leur donne.")
	add(a.Inchanges, "élève y est déjà.", "élèves y sont déjà.")
	add(len(a.Gardent), "élève, que le scénario ne place pas, garde sa classe.", "élèves, que le scénario ne place pas, gardent leur classe.")
	add(len(a.SansClasse), "élève reste sans classe.", "élèves restent sans classe.")
	add(len(a.Attendus), "élève attendu sera placé plus tard\u00a0: préparez d’abord la rentrée, puis publiez à nouveau.",
		"élèves attendus seront placés plus tard\u00a0: préparez d’abord la rentrée, puis publiez à nouveau.")
	add(len(a.Impossibles), "élève ne peut pas être placé\u00a0: son niveau a changé.", "élèves ne peuvent pas être placés\u00a0: leur niveau a changé.")
	return append(list, "Chaque famille voit la classe en vigueur sur les documents imprimés ensuite.", "Vous pourrez annuler la publication pendant 30 jours.")
}

// noms are the pupils of a consequence.
func noms(list []scenario.Eleve) string {
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = e.Nom()
	}
	return enumerer(names)
}

// changes lists who changes, with both classes.
func (v *publication) changes() ui.TableProps {
	t := ui.TableProps{Caption: "Élèves qui changent", Columns: []ui.Column{
		{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: "En vigueur"}, {Label: "Dans le scénario"},
	}}
	for _, e := range v.apercu.Changent {
		t.Rows = append(t.Rows, ui.ListRow{
			Href: "/eleves/" + e.ID.String(), Cells: ui.Cells(e.Nom(), string(e.Niveau), v.libelle(e.Vigueur), v.libelle(e.ClasseID)),
		})
	}
	return t
}
