package historiques

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// changement is a line of the history, and who made it.
type changement struct {
	dossier.Changement
	Moi     bool
	Role    habilitation.Role
	Lieu    string
	Commune string
}

const (
	objetsSQL     = `select objet, objet_id, present from objets_du_dossier($1)`
	historiqueSQL = `select id, le, moi, role, lieu, commune, objet, objet_id, "precision", operation, champ, avant, apres
		from historique_du_dossier($1)`
)

// memoire is the page of the history.
type memoire struct {
	eleve nomme
	lines []changement
	passe dossier.Passe
	form  *httpx.Form
	jour  time.Time // the day asked for, zero for none
	agent habilitation.Agent
}

// regard is what the role may read: the IA reads the coordinates of families only after saying why, in the file itself
// (security.md §5, G5 and G5bis).
func (m memoire) regard() dossier.Regard {
	yes := m.agent.Role == habilitation.Directeur
	return dossier.Regard{Coordonnees: yes, Protegees: yes}
}

func (p Pages) readMemoire(ctx context.Context, r *http.Request, agent habilitation.Agent) (memoire, error) {
	m := memoire{agent: agent, form: httpx.NewForm(map[string]string{"le": r.URL.Query().Get("le")})}
	var presents []dossier.Present
	var err error
	m.eleve, err = p.read(ctx, r, agent, func(l *territoire.Lecture, id uuid.UUID) {
		territoire.Toutes(l, &presents, objetsSQL, id)
		territoire.Toutes(l, &m.lines, historiqueSQL, id)
	})
	changes := make([]dossier.Changement, len(m.lines))
	for i, l := range m.lines {
		changes[i] = l.Changement
	}
	m.passe = dossier.NewPasse(m.eleve.ID, presents, changes)
	return m, err
}

func (p Pages) historique(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	m, err := p.readMemoire(r.Context(), r, agent)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if m.jour = m.asked(); len(m.form.Errors()) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return p.Render(w, r, status, historiquePage(m))
}

// asked is the day of « tel qu’il était le », zero when none is asked for or none can be read.
func (m memoire) asked() time.Time {
	text := m.form.Text("le")
	if text == "" {
		return time.Time{}
	}
	jour, err := date.Parse(text, m.agent.Aujourdhui())
	if err == nil && jour.After(m.agent.Aujourdhui()) {
		err = refusal.Of("le", "Choisissez un jour passé, ou aujourd’hui.")
	}
	if err != nil {
		_ = m.form.Take(refusal.On("le", err)) // refusals only
		return time.Time{}
	}
	return jour
}

// photo is the file as it was on the day asked for.
func (m memoire) photo() []dossier.Rubriques { return m.passe.Photo(m.jour, m.regard()) }

func facts(b dossier.Rubriques) []ui.SummaryRow {
	rows := make([]ui.SummaryRow, len(b.Faits))
	for i, f := range b.Faits {
		rows[i] = ui.SummaryRow{Label: f.Nom, Value: f.Valeur}
	}
	return rows
}

// table is who changed what, the latest first.
func (m memoire) table() ui.TableProps {
	t := ui.TableProps{
		Caption: "Changements du dossier, le plus récent d’abord",
		Columns: []ui.Column{{Label: "Quand"}, {Label: "Qui"}, {Label: "Rubrique"}, {Label: "Avant"}, {Label: "Après"}},
	}
	by := map[int64]changement{}
	for _, l := range m.lines {
		by[l.ID] = l
	}
	for _, r := range m.passe.Recits(m.regard()) {
		l := by[r.ID]
		qui := auteur{l.Moi, l.Role, l.Lieu, l.Commune}.String()
		t.Rows = append(t.Rows, ui.ListRow{Label: r.Rubrique, Cells: ui.Cells(quand(l.Le), qui, r.Rubrique, dash(r.Avant), dash(r.Apres))})
	}
	return t
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
