package formations

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/formation"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const parPage = 50

// seance is a session, with how many were called and how many came.
type seance struct {
	formation.Seance
	AnnuleeLe        *time.Time
	Convoques, Venus int
	Decides          int // of whom one has said whether they came
	Total            int
}

const seancesSQL = `
	select f.id, f.jour, f.heure, f.lieu, f.public, f.places, f.version, f.annulee_le, count(i.compte_id)::int as convoques,
		(count(*) filter (where i.etat = 'present'))::int as venus, (count(*) filter (where i.etat in ('present', 'absent')))::int as decides
	from formation f left join formation_inscrit i on i.formation_id = f.id`

func (s seance) href() string { return path + "/" + s.ID.String() }

func (s seance) titre() string { return "Formation du " + date.Long(s.Jour) }

func (s seance) passee(today time.Time) bool { return s.Jour.Before(today) }

// situation says in a few words what is left to do.
func (s seance) situation(today time.Time) string {
	switch {
	case s.AnnuleeLe != nil:
		return "Annulée"
	case s.Jour.After(today) && s.Convoques == 0:
		return "Personne n’est convoqué"
	case s.Jour.After(today):
		return "À venir"
	case s.Decides < s.Convoques:
		return "Présences à noter"
	}
	return ui.Plural(s.Venus, "présent", "présents")
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	page := httpx.PageAsked(r.URL.Query())
	var list []seance
	var attendus int
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, `select *, (count(*) over ())::int as total from (`+seancesSQL+` group by f.id) f order by jour desc, heure desc, id limit $1 offset $2`,
			parPage, (page-1)*parPage)
		territoire.Valeur(l, &attendus, `select count(*) from (`+attendusSQL+`) a`, agent.Aujourdhui(), formation.Tous.Roles())
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(agent, listProps(agent, list, page), attendus))
}

func listProps(agent habilitation.Agent, list []seance, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: "Formations", Path: path,
		Columns: []ui.Column{{Label: "Jour"}, {Label: "Heure"}, {Label: "Lieu"}, {Label: "Pour"}, {Label: "Convoqués", Number: true}, {Label: "Places", Number: true}, {Label: "Situation"}},
		Pager:   ui.Pager{Page: page, PerPage: parPage}, Empty: ui.EmptyProps{Sentence: "Aucune formation n’est planifiée."},
	}
	for _, s := range list {
		props.Pager.Total = s.Total
		props.Rows = append(props.Rows, ui.ListRow{Href: s.href(), Label: s.titre(), Cells: ui.Cells(date.Court(s.Jour), s.Debut(), s.Lieu, s.Public.Label(),
			ui.Count(s.Convoques), ui.Count(s.Places), s.situation(agent.Aujourdhui()))})
	}
	return props
}

// attente says how many have never been trained.
func attente(n int) string {
	if n == 0 {
		return ""
	}
	return ui.Plural(n, "personne n’a suivi aucune formation et n’est convoquée à aucune", "personnes n’ont suivi aucune formation et ne sont convoquées à aucune") + "."
}

// saisie is the form of a session; a new one has no id.
type saisie struct {
	id   uuid.UUID
	form *httpx.Form
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request, _ habilitation.Agent) error {
	return p.Render(w, r, http.StatusOK, formPage(saisie{form: httpx.NewForm(map[string]string{"heure": "14h00", "places": "20"})}))
}

func (p Pages) create(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	return p.save(w, r, agent, saisie{form: f})
}

// save plans a session, or changes one.
func (p Pages) save(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, s saisie) error {
	seance := s.read()
	err := s.form.Err()
	if err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			id, err := formation.Planifier(ctx, tx, agent, seance)
			if err == nil {
				p.Flash(ctx, "La formation est planifiée.", "")
			}
			return path + "/" + id.String(), err
		})
	}
	if !s.form.Refused(err) {
		return err
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, formPage(s))
}

func (s saisie) read() formation.Seance {
	f := s.form
	publics := make([]string, len(formation.Publics))
	for i, p := range formation.Publics {
		publics[i] = string(p)
	}
	heure, err := formation.Heure(f.Text("heure"))
	_ = f.Take(err) // always a refusal
	return formation.Seance{
		ID: s.id, Jour: f.Date("jour", "Indiquez le jour."), Heure: heure, Lieu: f.Required("lieu", 100, "Indiquez le lieu."),
		Public: formation.Public(f.Choice("public", publics, "Choisissez pour qui.")), Places: f.Count("places"), Version: f.Version(),
	}
}

func publics() []ui.Option {
	options := make([]ui.Option, len(formation.Publics))
	for i, p := range formation.Publics {
		options[i] = ui.Option{Value: string(p), Label: p.Label()}
	}
	return options
}

func (p Pages) askChange(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r, agent)
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{
		"jour": date.Court(v.Jour), "heure": v.Heure, "lieu": v.Lieu, "public": string(v.Public), "places": strconv.Itoa(v.Places), "version": strconv.Itoa(v.Version),
	})
	return p.Render(w, r, http.StatusOK, formPage(saisie{v.ID, f}))
}

func (p Pages) change(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r, agent)
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	return p.save(w, r, agent, saisie{v.ID, f})
}

// version is that which the form was opened on.
func (s saisie) version() int { return s.form.Version() }

func (s saisie) retour() string {
	if s.id == uuid.Nil {
		return path
	}
	return path + "/" + s.id.String()
}

func (s saisie) titre() string {
	if s.id == uuid.Nil {
		return "Planifier une formation"
	}
	return "Modifier la formation"
}
