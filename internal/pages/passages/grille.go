package passages

import (
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// The grid: each line of those to propose has its choice, the usual one until another is made, so that a whole school is
// proposed in one go, « tout en passage sauf… ».

func champChoix(id uuid.UUID) string    { return "decision." + id.String() }
func champQuittant(id uuid.UUID) string { return "quittant." + id.String() }

// code is a choice as the grid posts it.
func code(c passage.Choix) string { return string(c.Decision) + " " + string(c.Niveau) }

// quitte heads the column of those who leave.
const quitte = "Quitte l’école"

// choisirCells are the choice of a line, and whether the pupil leaves although his school goes on.
func (v view) choisirCells(l ligne) []templ.Component {
	possibles := l.Situation().Possibles()
	options := make([]ui.Option, len(possibles))
	for i, c := range possibles {
		options[i] = ui.Option{Value: code(c), Label: c.Libelle()}
	}
	name := champChoix(l.ScolariteID)
	value := v.form.Text(name)
	if value == "" {
		value = code(l.choix())
	}
	part := ui.YesCell(quitte)
	if !l.choix().Quittant {
		quittant := champQuittant(l.ScolariteID)
		part = ui.CheckCell(quittant, l.nom()+" quitte l’école", quitte, v.form.Checked(quittant))
	}
	return []templ.Component{ui.SelectCell(name, "Proposition pour "+l.nom(), value, options), part}
}

// choisi is what the form proposes for a pupil: usuel when it says nothing of him.
func choisi(f *httpx.Form, id uuid.UUID) (c passage.Choix, usuel bool) {
	decision, niveau, ok := strings.Cut(f.Text(champChoix(id))+" ", " ")
	if decision == "" || !ok {
		return c, true
	}
	return passage.Choix{
		Decision: passage.Decision(decision), Niveau: ecole.Niveau(strings.TrimSpace(niveau)), Quittant: f.Checked(champQuittant(id)),
	}, false
}
