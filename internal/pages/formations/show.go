package formations

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/formation"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// personne is somebody called to a session, or who may be.
type personne struct {
	ID          uuid.UUID
	Civilite    string
	Nom, Prenom string
	Identifiant string
	Roles       []string
	Lieux       []string
	Debut       *time.Time // first day of the first habilitation that is not ended
	Etat        formation.Presence
}

func (p personne) nom() string { return strings.TrimSpace(strings.ToUpper(p.Nom) + " " + p.Prenom) }

func (p personne) adresse() string {
	return strings.TrimSpace(p.Civilite + " " + p.Prenom + " " + p.Nom)
}

func (p personne) lieu() string { return strings.Join(p.Lieux, "\u00a0; ") }

// habilitationsSQL is what an account c holds, or waits for, on the day $1.
const habilitationsSQL = `
	cross join lateral (
		select coalesce(array_agg(distinct h.role), '{}') as roles, min(h.debut) as debut,
			coalesce(array_agg(coalesce(co.nom, e.nom || ', ' || ce.nom, '') order by h.debut, h.id), '{}') as lieux
		from habilitation h
		left join commune co on co.insee = h.commune_insee
		left join ecole e on e.uai = h.ecole_uai left join commune ce on ce.insee = e.commune_insee
		where h.compte_id = c.id and h.delegation is null and h.etat in ('demandee', 'accordee') and (h.fin is null or h.fin >= $1)) h`

const inscritsSQL = `
	select c.id, c.civilite, c.nom, c.prenom, c.identifiant, h.roles, h.lieux, h.debut, i.etat
	from formation_inscrit i join compte c on c.id = i.compte_id` + habilitationsSQL + `
	where i.formation_id = $2 order by cle_nom(c.nom), cle_nom(c.prenom), c.id`

// attendusSQL reads those of some roles ($2) who have never come to a session and are called to none to come: those who are
// about to begin first, since they are to be trained before.
const attendusSQL = `
	select c.id, c.civilite, c.nom, c.prenom, c.identifiant, h.roles, h.lieux, h.debut, '' as etat
	from compte c` + habilitationsSQL + `
	where c.actif and h.roles && $2::text[] and not exists (select from formation_inscrit i join formation f on f.id = i.formation_id
		where i.compte_id = c.id and (i.etat = 'present' or i.etat = 'convoque' and f.annulee_le is null and f.jour >= $1))`

// attendusMax is how many are offered at once.
const attendusMax = 100

// fiche is a session, those called, and those who may be.
type fiche struct {
	seance
	agent    habilitation.Agent
	inscrits []personne
	attendus []personne
	form     *httpx.Form
}

func (p Pages) read(r *http.Request, agent habilitation.Agent) (f fiche, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return f, err
	}
	f.agent, f.form = agent, httpx.NewForm(nil)
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &f.seance, `select *, 1 as total from (`+seancesSQL+` where f.id = $1 group by f.id) f`, id)
		territoire.Toutes(l, &f.inscrits, inscritsSQL, agent.Aujourdhui(), id)
		territoire.Toutes(l, &f.attendus, attendusSQL+` order by h.debut < $1, case when h.debut >= $1 then h.debut end, cle_nom(c.nom), c.id limit 1000`,
			agent.Aujourdhui(), formation.Tous.Roles())
	})
	return f, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.read(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(f))
}

func (f fiche) today() time.Time { return f.agent.Aujourdhui() }

func (f fiche) gere() bool { return f.agent.Can(habilitation.GererComptes) && f.AnnuleeLe == nil }

// aVenir tells whether people may still be called: until the end of the day.
func (f fiche) aVenir() bool { return f.gere() && !f.passee(f.today()) }

func (f fiche) resume() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Label: "Jour", Value: date.Long(f.Jour) + " à " + f.Debut()}, {Label: "Lieu", Value: f.Lieu}, {Label: "Pour", Value: f.Public.Label()},
		{Label: "Places", Value: ui.Count(f.Places) + ", dont " + ui.Plural(max(0, f.Places-f.Convoques), "libre", "libres")},
		{Label: "Situation", Value: f.situation(f.today())},
	}
}

func (f fiche) convoques() ui.ListProps {
	props := ui.ListProps{
		Caption: "Personnes convoquées", Path: f.href(), Columns: columns("Présence"),
		Pager: ui.Pager{Page: 1, PerPage: max(1, len(f.inscrits)), Total: len(f.inscrits)},
		Empty: ui.EmptyProps{Sentence: "Personne n’est convoqué."},
	}
	switch {
	case !f.gere():
	case f.Jour.After(f.today()):
		props.Bulk = []ui.BulkAction{{Label: "Décommander", Action: f.href() + "/decommander"}}
	default:
		props.Bulk = []ui.BulkAction{{Label: "Noter présents", Action: f.href() + "/presents"}, {Label: "Noter absents", Action: f.href() + "/absents"}}
	}
	for _, p := range f.inscrits {
		props.Rows = append(props.Rows, p.row(f.gere(), p.Etat.Label()))
	}
	return props
}

// aConvoquer are those whom the session is for, and who have not been trained.
func (f fiche) aConvoquer() ui.ListProps {
	props := ui.ListProps{
		Caption: "Personnes à convoquer", Path: f.href(), Columns: columns("Premier jour"),
		Bulk:  []ui.BulkAction{{Label: "Convoquer", Action: f.href() + "/convoquer"}},
		Empty: ui.EmptyProps{Sentence: "Tous ont suivi une formation, ou sont convoqués."},
	}
	for _, p := range f.attendus {
		if !p.est(f.Public) {
			continue
		}
		if props.Pager.Total++; len(props.Rows) < attendusMax {
			props.Rows = append(props.Rows, p.row(true, p.debut(f.today())))
		}
	}
	props.Pager.Page, props.Pager.PerPage = 1, max(1, props.Pager.Total)
	return props
}

func columns(last string) []ui.Column {
	return []ui.Column{{Label: "Nom et prénom"}, {Label: "Rôle"}, {Label: "Territoire"}, {Label: last}}
}

func (p personne) row(tickable bool, last string) ui.ListRow {
	row := ui.ListRow{Href: "/comptes/" + p.ID.String(), Label: p.nom(), Cells: ui.Cells(p.nom(), p.role(), p.lieu(), last)}
	if tickable {
		row.ID = p.ID.String()
	}
	return row
}

func (p personne) role() string {
	labels := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		labels[i] = habilitation.Role(r).Label()
	}
	return strings.Join(labels, ", ")
}

func (p personne) est(public formation.Public) bool {
	for _, r := range p.Roles {
		for _, want := range public.Roles() {
			if r == want {
				return true
			}
		}
	}
	return false
}

// debut says when somebody begins: a director before the rentrée is told from one in office.
func (p personne) debut(today time.Time) string {
	if p.Debut == nil || p.Debut.Before(today) {
		return "En fonction"
	}
	return "Commence le " + date.Court(*p.Debut)
}

func (p Pages) cancel(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		return "La formation est annulée. Prévenez les personnes convoquées.", formation.Annuler(ctx, tx, agent, id, f.Version())
	})
}

func (p Pages) call(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onTicked(w, r, agent, "personne convoquée", "personnes convoquées", formation.Convoquer)
}

func (p Pages) uncall(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onTicked(w, r, agent, "personne décommandée", "personnes décommandées", formation.Decommander)
}

func (p Pages) present(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onTicked(w, r, agent, "personne notée présente", "personnes notées présentes", noter(formation.Present))
}

func (p Pages) absent(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onTicked(w, r, agent, "personne notée absente", "personnes notées absentes", noter(formation.Absent))
}

// acte is what is done to several people of a session.
type acte = func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, comptes []uuid.UUID) error

func noter(p formation.Presence) acte {
	return func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, comptes []uuid.UUID) error {
		return formation.Noter(ctx, tx, agent, id, comptes, p)
	}
}

func (p Pages) onTicked(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, one, many string, do acte) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		ids := f.UUIDs("id", "Cochez au moins une personne.")
		if err := f.Err(); err != nil {
			return "", err
		}
		return ui.Plural(len(ids), one, many) + ".", do(ctx, tx, agent, id, ids)
	})
}

// on does an act on the session of the address; refused, its page says why.
func (p Pages) on(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error),
) error {
	_, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		said, err := do(ctx, tx, id, f)
		if err == nil {
			p.Flash(ctx, said, "")
		}
		return path + "/" + id.String(), err
	})
	if status == 0 {
		return err
	}
	v, err := p.read(r, agent)
	if err != nil {
		return err
	}
	v.form = f
	return p.Render(w, r, status, showPage(v))
}
