package journaux

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/alerte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const pathAlertes = "/journal/alertes"

// constat is an alert, with the names of those whom it is about.
type constat struct {
	ID          uuid.UUID
	Genre       alerte.Genre
	CompteID    uuid.UUID
	Identifiant string
	Prenom, Nom string
	Nombre      int
	Premiere    time.Time
	Derniere    time.Time
	VueLe       *time.Time
	Par         string
	Suite       alerte.Suite
}

func (c constat) qui() string  { return strings.TrimSpace(c.Prenom + " " + c.Nom) }
func (c constat) path() string { return pathAlertes + "/" + c.ID.String() }

// etat is what has become of the alert.
func (c constat) etat() string {
	if c.VueLe == nil {
		return "À examiner"
	}
	return c.Suite.Libelle()
}

const constatSQL = `
	select a.id, a.genre, a.compte_id, c.identifiant, c.prenom, c.nom, a.nombre, a.premiere, a.derniere, a.vue_le,
		coalesce(trim(p.prenom || ' ' || p.nom), '') as par, coalesce(a.suite, '') as suite
	from alerte a join compte c on c.id = a.compte_id left join compte p on p.id = a.vue_par`

// alertesSQL puts first what waits.
const alertesSQL = constatSQL + ` order by a.vue_le is not null, a.derniere desc, a.id limit $1 offset $2`

// alertes lists what goes beyond the usual.
func (p Pages) alertes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := vue{form: httpx.NewForm(nil), page: httpx.PageAsked(r.URL.Query()), query: r.URL.Query()}
	var list []constat
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Valeur(l, &v.total, `select count(*)::int from alerte`)
		territoire.Toutes(l, &list, alertesSQL, parPage, (v.page-1)*parPage)
	})
	if err != nil {
		return err
	}
	rows := make([]ui.ListRow, len(list))
	for i, c := range list {
		rows[i] = ui.ListRow{Href: c.path(), Label: c.qui(), Cells: ui.Cells(
			c.qui(), alerte.RegleDe(c.Genre).Titre, c.etat(), ui.Count(c.Nombre), date.Heure(c.Derniere))}
	}
	props := v.liste(pathAlertes, "Alertes, celles à examiner d’abord", []ui.Column{
		{Label: "Compte"}, {Label: "Alerte"}, {Label: "Suite"}, {Label: "Nombre", Number: true}, {Label: "Dernière fois"}}, rows)
	props.Kept, props.Empty.Sentence = nil, "Aucune alerte. Chaque demi-minute, le journal est compté."
	return p.Render(w, r, http.StatusOK, alertesPage(props))
}

func (p Pages) constat(r *http.Request, agent habilitation.Agent, id uuid.UUID) (c constat, err error) {
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &c, constatSQL+` where a.id = $1`, id)
	})
	return c, err
}

// alerte shows one, and asks what came of it.
func (p Pages) alerte(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c, err := p.constat(r, agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, alertePage(c, agent, httpx.NewForm(nil)))
}

// traiter notes what came of an alert.
func (p Pages) traiter(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		p.Flash(ctx, "Alerte traitée.", "")
		return pathAlertes, alerte.Traiter(ctx, tx, agent, id, alerte.Suite(f.Text("suite")))
	})
	if status == 0 {
		return err
	}
	c, err := p.constat(r, agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, status, alertePage(c, agent, f))
}

// faits are what the alert says, as a summary.
func (c constat) faits() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Compte", Value: c.qui() + " (" + c.Identifiant + ")"},
		{Label: "Nombre", Value: ui.Count(c.Nombre)},
		{Label: "Seuil", Value: alerte.RegleDe(c.Genre).Phrase},
		{Label: "De", Value: date.Heure(c.Premiere)},
		{Label: "À", Value: date.Heure(c.Derniere)},
	}
	if c.VueLe != nil {
		rows = append(rows, ui.SummaryRow{Label: "Suite", Value: c.Suite.Libelle() + ", par " + c.Par + " le " + date.Heure(*c.VueLe)})
	}
	return rows
}

// voir is where whoever looks into the alert reads more: the IA what was seen, the service what happened to the accounts.
func (c constat) voir(agent habilitation.Agent) ui.Option {
	jours := url.Values{"du": {date.Court(c.Premiere)}, "au": {date.Court(c.Derniere)}}.Encode()
	if agent.Can(habilitation.ConsulterJournal) {
		return ui.Option{Label: "Ce que ce compte a vu ces jours-là", Value: pathComptes + "/" + c.CompteID.String() + "?" + jours}
	}
	return ui.Option{Label: "Le journal technique de ces jours-là", Value: pathTechnique + "?" + jours}
}

// suites are what may come of an alert.
func suites() []ui.Option {
	options := make([]ui.Option, len(alerte.Suites))
	for i, s := range alerte.Suites {
		options[i] = ui.Option{Value: string(s.Suite), Label: s.Libelle}
	}
	return options
}
