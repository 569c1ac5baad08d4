package repartition

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	domaine "base-eleves/internal/domain/repartition"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// patience is how long a proposal is looked for (design.md §8: 300 pupils and 12 classes in 5 s).
const patience = 5 * time.Second

// graine: the same board has the same proposal.
const graine = 1

// explication is why each pupil is where he is, or why nothing could be proposed.
type explication struct {
	view
	bilan    domaine.Bilan
	conflits []conflit
}

// propose looks for a composition, fills the scenario with it and explains it.
func (p Pages) propose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := &explication{view: view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil)}}
	if v.critere.EnVigueur() {
		return refusal.NotFound()
	}
	if err := p.read(r, &v.view); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	found, err := domaine.Resoudre(ctx, v.t.Probleme(), domaine.Options{Graine: graine})
	if none, ok := errors.AsType[domaine.Impossible](err); ok {
		return p.renderImpossible(w, r, v, none)
	}
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		done, err := scenario.Remplir(ctx, tx, agent, v.critere.Scenario, v.t.Scenario().Version, found.Places)
		if err == nil {
			p.Flash(ctx, "Répartition proposée\u00a0: "+ui.Plural(done.Eleves, "élève déplacé", "élèves déplacés")+". Ceux que vous avez placés n’ont pas bougé.",
				undoHref(v.critere, done.Mouvement))
		}
		return v.critere.href("/proposition"), err
	})
	if httpx.Stale(err) {
		v.f.Refuse("", "Quelqu’un a modifié ce scénario pendant le calcul\u00a0: demandez une nouvelle proposition.")
		return p.render(w, r, &view{critere: v.critere, agent: agent, f: v.f}, http.StatusConflict)
	}
	return err
}

// explain judges the board as it is, whoever has filled it.
func (p Pages) explain(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := &explication{view: view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil)}}
	err := p.read(r, &v.view)
	if err == nil {
		v.bilan, err = domaine.Juger(v.t.Probleme(), v.t.Places())
	}
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, explainPage(v))
}

// conflit is a set of rules that cannot hold together, each with the way to lift it.
type conflit struct {
	phrase string
	regles []contrainte
}

// contrainte is one of them. Either a form lifts it, or a page is where it is changed.
type contrainte struct {
	phrase, bouton, action string
	libere                 string // value of the pupil to free, of the form
	lien, href             string
}

func (p Pages) renderImpossible(w http.ResponseWriter, r *http.Request, v *explication, none domaine.Impossible) error {
	for _, c := range none.Conflits {
		x := conflit{phrase: c.Phrase}
		for _, rule := range c.Contraintes {
			x.regles = append(x.regles, v.contrainte(rule))
		}
		v.conflits = append(v.conflits, x)
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, impossiblePage(v))
}

// contrainte says how a constraint is lifted.
func (v *explication) contrainte(c domaine.Contrainte) contrainte {
	x := contrainte{phrase: c.Phrase}
	switch c.Motif {
	case domaine.ParRegle:
		x.bouton, x.action = "Lever la règle", leverHref(v.critere, v.t.Regles[c.Regle].ID)
	case domaine.ParPlace:
		for i := range v.t.Eleves {
			if e := &v.t.Eleves[i]; e.ID == c.Eleve {
				x.bouton, x.action, x.libere = "Libérer", v.critere.href(""), v.valeur(e)
			}
		}
	case domaine.ParMaximum:
		x.lien, x.href = "Changer le maximum", "/classes/"+c.Classe.String()+"/modifier"
	case domaine.ParEffectif:
		x.lien, x.href = "Ouvrir une classe", "/classes/nouvelle?annee="+strconv.Itoa(int(v.critere.Annee))
	}
	return x
}

// bilanClasses is what is said of each class.
func (v *explication) bilanClasses() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, k := range v.t.Classes {
		rows = append(rows, ui.SummaryRow{Label: k.Libelle, Value: strings.Join(v.bilan.Classes[k.ID], " ")})
	}
	return rows
}

// pourquoi is the table of the pupils, each with his class and why.
func (v *explication) pourquoi() ui.TableProps {
	t := ui.TableProps{Caption: "Pourquoi chaque élève est dans sa classe", Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: "Classe"}, {Label: "Pourquoi"}}}
	for _, e := range v.t.Eleves {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(e.Nom(), string(e.Niveau), v.libelle(e.ClasseID), strings.Join(v.bilan.Eleves[e.ID], " "))})
	}
	return t
}

// fautes are what the board breaks of what must hold.
func (v *explication) fautes() []string {
	var list []string
	for _, c := range v.bilan.Fautes {
		list = append(list, c.Phrase)
	}
	return append(list, v.bilan.Souhaits...)
}
