package colleges

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is a collège and all that its page reads.
type fiche struct {
	college college
	jetons  []jeton
	remises []remise
	agent   habilitation.Agent
	annee   ecole.Annee
	form    *httpx.Form
	nouveau string // a token just made, to be copied now
}

// jeton is a token, without what it is made of.
type jeton struct {
	ID           uuid.UUID
	Indice       string
	CreeLe       time.Time
	ExpireLe     time.Time
	RevoqueLe    *time.Time
	DernierAppel *time.Time
}

const jetonsSQL = `select id, indice, cree_le, expire_le, revoque_le, dernier_appel from jeton_6e where college_uai = $1
	order by revoque_le is not null, cree_le desc, id limit 20`

// remise is what the collège fetched on a day, by one way.
type remise struct {
	Forme  sixieme.Forme
	Le     time.Time
	Nombre int
}

const remisesSQL = `select forme, max(le) as le, count(*) as nombre from remise_6e where college_uai = $1 and annee = $2
	group by forme, le::date order by le desc limit 20`

func (f fiche) path() string { return path + "/" + f.college.UAI }

// affecte tells an agent who follows the pupils, where a service informatique only has tokens.
func (f fiche) affecte() bool { return f.agent.Can(habilitation.AffecterSixieme) }

func (p Pages) read(ctx context.Context, agent habilitation.Agent, uai string) (f fiche, err error) {
	f = fiche{agent: agent, annee: sixieme.Campagne(agent.Aujourdhui()), form: httpx.NewForm(map[string]string{"duree": strconv.Itoa(sixieme.Durees[1])})}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &f.college, `select * from (`+listSQL(agent)+`) c where uai = $3`, int(f.annee), agent.Aujourdhui(), uai, 1, 0)
		territoire.Toutes(l, &f.jetons, jetonsSQL, uai)
		if f.affecte() {
			territoire.Toutes(l, &f.remises, remisesSQL, uai, int(f.annee))
		}
	})
	return f, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.read(r.Context(), agent, chi.URLParam(r, "college"))
	if err != nil {
		return err
	}
	f.nouveau = p.popJeton(r.Context(), f.college.UAI)
	return p.Render(w, r, http.StatusOK, showPage(f))
}

func (f fiche) resume() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Label: "Code UAI", Value: f.college.UAI}}
	if !f.affecte() {
		return rows
	}
	return append(rows,
		ui.SummaryRow{Label: "Élèves affectés, rentrée " + f.annee.Libelle(), Value: ui.Count(f.college.Affectes),
			Href: "/affectations?college=" + f.college.UAI, Action: "Voir"},
		ui.SummaryRow{Label: "Élèves reçus par le collège", Value: f.recus()})
}

func (f fiche) recus() string {
	if f.college.RecuLe == nil {
		return "Aucun"
	}
	return ui.Count(f.college.Recus) + ", le dernier le " + date.Heure(*f.college.RecuLe)
}

// table are the tokens, those of use first.
func (f fiche) table() ui.TableProps {
	t := ui.TableProps{Caption: "Jetons", Columns: []ui.Column{
		{Label: "Commence par"}, {Label: "Créé le"}, {Label: "Expire le"}, {Label: "Dernier appel"}, {Label: "État"},
	}}
	for _, j := range f.jetons {
		cells := append(ui.Cells(j.Indice+"…", date.Court(j.CreeLe), date.Court(j.ExpireLe), appel(j)), etatCell(f, j))
		t.Rows = append(t.Rows, ui.ListRow{Label: j.Indice, Cells: cells})
	}
	return t
}

func appel(j jeton) string {
	if j.DernierAppel == nil {
		return "Aucun"
	}
	return date.Heure(*j.DernierAppel)
}

// valable tells a token that opens something.
func (f fiche) valable(j jeton) bool {
	return j.RevoqueLe == nil && !j.ExpireLe.Before(f.agent.Aujourdhui())
}

// fin says why a token is of no more use.
func (j jeton) fin() string {
	if j.RevoqueLe != nil {
		return "Révoqué le " + date.Court(*j.RevoqueLe)
	}
	return "Expiré"
}

func (f fiche) historique() ui.TableProps {
	t := ui.TableProps{Caption: "Récupérations", Columns: []ui.Column{{Label: "Le"}, {Label: "Par"}, {Label: "Fois", Number: true}}}
	for _, m := range f.remises {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(date.Heure(m.Le), m.Forme.Label(), ui.Count(m.Nombre))})
	}
	return t
}

func durees() []ui.Option {
	list := make([]ui.Option, len(sixieme.Durees))
	for i, d := range sixieme.Durees {
		list[i] = ui.Option{Value: strconv.Itoa(d), Label: strconv.Itoa(d) + "\u00a0jours"}
	}
	return list
}
