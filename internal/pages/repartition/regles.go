package repartition

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ligneRegle is a rule as one reads it.
type ligneRegle struct {
	nature, noms, lever string
	tenue               bool
}

// lignesRegles are the rules that still have two pupils on the board.
func (v *view) lignesRegles() (list []ligneRegle) {
	for _, r := range v.t.Regles {
		var names []string
		for _, e := range v.t.Membres(r) {
			names = append(names, e.Nom())
		}
		list = append(list, ligneRegle{
			nature: r.Nature.Label(), noms: strings.Join(names, ", "), tenue: v.t.Respecte(r), lever: leverHref(v.critere, r.ID),
		})
	}
	return list
}

// leverHref is where a rule is lifted, from the board to which one then comes back.
func leverHref(c critere, id uuid.UUID) string {
	return "/repartition/regles/" + id.String() + "/lever?" + c.query().Encode()
}

func (p Pages) lift(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onRule(w, r, agent, scenario.Lever, "La règle est levée.", "/remettre")
}

func (p Pages) putBack(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onRule(w, r, agent, scenario.Remettre, "La règle est remise.", "")
}

// onRule does an act on a rule; undo is the act that takes it back.
func (p Pages) onRule(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	act func(context.Context, territoire.Tx, habilitation.Agent, uuid.UUID) error, said, undo string,
) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if undo != "" {
			undo = "/repartition/regles/" + id.String() + undo + "?" + c.query().Encode()
		}
		p.Flash(ctx, said, undo)
		return c.href(""), act(ctx, tx, agent, id)
	})
}

// autresAnnees lead to the boards of the years on which one works.
func (v *view) autresAnnees() (list []ui.Option) {
	if !v.critere.EnVigueur() {
		return nil
	}
	present := ecole.AnneeDe(v.agent.Aujourdhui())
	for a := present + 1; a >= present; a-- {
		if a != v.critere.Annee {
			list = append(list, ui.Option{Label: a.Libelle(), Value: "/repartition?annee=" + strconv.Itoa(int(a))})
		}
	}
	return list
}

// fichier is the address of the board in another format.
func (v *view) fichier(format string) string {
	return "/repartition." + format + "?" + v.critere.query().Encode()
}
