package transferts

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ligne is a transfer and how many of its pupils are in each state.
type ligne struct {
	transfert.Transfert
	Proposes int
	Acceptes int
	Declines int
}

const listSQL = `select ` + transfert.ColonnesSQL + `, n.proposes, n.acceptes, n.declines from ` + transfert.SourceSQL + `
	cross join lateral (
		select count(*) filter (where etat = 'propose') as proposes, count(*) filter (where etat = 'accepte') as acceptes,
			count(*) filter (where etat = 'decline') as declines
		from transfert_eleve where transfert_id = t.id) n
	where t.annee >= $2 and `

const parDate = ` order by t.propose_le desc, t.id`

// vueListe is the page: what comes, what goes, and those of a school who leave it and whom nobody was offered.
type vueListe struct {
	agent     habilitation.Agent
	annee     ecole.Annee
	recus     []ligne
	envoyes   []ligne
	quittants []transfert.Quittant
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := vueListe{agent: agent, annee: ecole.AnneeDe(agent.Aujourdhui())}
	depuis := int(v.annee) - 1
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		if agent.Role == habilitation.Mairie {
			territoire.Toutes(l, &v.recus, listSQL+`t.commune_insee = $1`+parDate, agent.Commune, depuis)
			return
		}
		territoire.Toutes(l, &v.recus, listSQL+`t.vers_uai = $1`+parDate, agent.Ecole, depuis)
		territoire.Toutes(l, &v.envoyes, listSQL+`t.ecole_uai = $1`+parDate, agent.Ecole, depuis)
		territoire.Toutes(l, &v.quittants, transfert.QuittantsSQL, int(v.annee))
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(v))
}

// libres is how many pupils may still be offered.
func (v vueListe) libres() (n int) {
	for _, q := range v.quittants {
		if q.Libre() {
			n++
		}
	}
	return n
}

// table shows transfers; autre names the school at the other end.
func table(caption, head string, list []ligne, autre func(transfert.Transfert) string) ui.TableProps {
	t := ui.TableProps{Caption: caption, Columns: []ui.Column{{Label: head}, {Label: "Rentrée"}, {Label: "Proposé le"},
		{Label: "Sans réponse", Number: true}, {Label: "Acceptés", Number: true}, {Label: "Déclinés", Number: true}}}
	for _, l := range list {
		t.Rows = append(t.Rows, ui.ListRow{Href: path(l.ID), Label: autre(l.Transfert), Cells: ui.Cells(autre(l.Transfert),
			strconv.Itoa(int(l.Suivante())), date.Court(l.ProposeLe), ui.Count(l.Proposes), ui.Count(l.Acceptes), ui.Count(l.Declines))})
	}
	return t
}

// trajet names both schools, for the mairie.
func trajet(t transfert.Transfert) string { return t.De() + ", vers " + t.A() }

func path(id uuid.UUID) string { return "/transferts/" + id.String() }
