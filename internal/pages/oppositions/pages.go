// Package oppositions is where the directeur records that a parent refuses that his child leaves the school, and lifts
// that refusal once the parents agree or the judge has decided. Radiations and their certificates send here.
package oppositions

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/opposition"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves /eleves/{id}/opposition.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/eleves/{id}/opposition", habilitation.Radier, p.show)
	rt.Post("/eleves/{id}/opposition", habilitation.Radier, p.enregistrer)
	rt.Post("/eleves/{id}/opposition/lever", habilitation.Radier, p.lever)
}

// enfant is the pupil by name.
type enfant struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
}

const enfantSQL = `select id, nom_famille, nom_usage, prenom from eleve where id = $1`

// parent is a responsable who exercises parental authority.
type parent struct {
	ID         uuid.UUID
	Nature     eleve.Nature
	Civilite   string
	NomFamille string
	NomUsage   string
	Prenom     string
	Organisme  string
	Lien       eleve.Lien
}

const parentsSQL = `
	select r.id, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, l.lien
	from lien_responsable l join responsable r on r.id = l.responsable_id
	where l.eleve_id = $1 and l.autorite_parentale order by l.rang`

// ligne is an opposition recorded.
type ligne struct {
	Version    int
	RecueLe    time.Time
	LeveeLe    *time.Time
	Motif      string
	Reference  string
	Nature     eleve.Nature
	Civilite   string
	NomFamille string
	NomUsage   string
	Prenom     string
	Organisme  string
}

const lignesSQL = `
	select o.version, o.recue_le, o.levee_le, o.motif_levee as motif, o.reference, coalesce(r.nature, '') as nature,
		coalesce(r.civilite, '') as civilite, coalesce(r.nom_famille, '') as nom_famille,
		coalesce(r.nom_usage, '') as nom_usage, coalesce(r.prenom, '') as prenom, coalesce(r.organisme, '') as organisme
	from opposition o left join responsable r on r.id = o.responsable_id
	where o.eleve_id = $1 order by o.levee_le desc nulls first, o.recue_le desc`

// page is the pupil, those who may oppose, what they have said.
type page struct {
	enfant  enfant
	parents []parent
	lignes  []ligne
	form    *httpx.Form
	stale   bool
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (*page, error) {
	d := &page{form: httpx.NewForm(map[string]string{"recue_le": date.Court(agent.Aujourdhui())})}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, id)
		territoire.Une(l, &d.enfant, enfantSQL, id)
		territoire.Toutes(l, &d.parents, parentsSQL, id)
		territoire.Toutes(l, &d.lignes, lignesSQL, id)
	})
	return d, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, d.component())
}

func (p Pages) enregistrer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
		err := opposition.Enregistrer(ctx, tx, agent, id, f.UUID("responsable_id"), f.DateOrNone("recue_le"))
		if err == nil {
			p.Flash(ctx, "L’opposition est enregistrée\u00a0: la radiation attend.", "")
		}
		return err
	})
}

func (p Pages) lever(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
		err := opposition.Lever(ctx, tx, agent, id, f.Version(), opposition.Levee{
			Le: f.DateOrNone("levee_le"), Motif: f.Text("motif_levee"), Reference: f.Limited("reference", 100),
		})
		if err == nil {
			p.Flash(ctx, "L’opposition est levée\u00a0: la radiation est de nouveau possible.", "")
		}
		return err
	})
}

// act does what the form asks and goes back to the file, or shows the form again: with what is wrong, or with what
// somebody else has recorded meanwhile.
func (p Pages) act(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error,
) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := do(ctx, tx, id, f); err != nil {
			return "", err
		}
		return "/eleves/" + id.String(), f.Err()
	})
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	d, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	d.form, d.stale = f, stale
	status := http.StatusUnprocessableEntity
	if stale {
		status = http.StatusConflict
	}
	return p.Render(w, r, status, d.component())
}

// component is the form to record an opposition, or to lift the one that stands.
func (d *page) component() templ.Component {
	if d.ouverte() != nil {
		return leverPage(d, *d.ouverte())
	}
	return enregistrerPage(d)
}

// ouverte is the opposition that stands, nil when none does.
func (d *page) ouverte() *ligne {
	if len(d.lignes) == 0 || d.lignes[0].LeveeLe != nil {
		return nil
	}
	return &d.lignes[0]
}

// levees are those that no longer stand.
func (d *page) levees() []ligne {
	if d.ouverte() != nil {
		return d.lignes[1:]
	}
	return d.lignes
}

func (d *page) path() string { return "/eleves/" + d.enfant.ID.String() }

func (d *page) titre() string { return "Opposition à la radiation" }

func (d *page) crumbs() ui.PageOption {
	nom := eleve.NomListe(d.enfant.NomFamille, d.enfant.NomUsage, d.enfant.Prenom)
	return ui.Crumbs(ui.Crumb{Label: "Élèves", Href: "/eleves"}, ui.Crumb{Label: nom, Href: d.path()})
}

func (l ligne) nom() string {
	return eleve.Responsable{
		Nature: l.Nature, Civilite: l.Civilite, NomFamille: l.NomFamille, NomUsage: l.NomUsage, Prenom: l.Prenom, Organisme: l.Organisme,
	}.NomComplet()
}

// facts is what is recorded of an opposition.
func (l ligne) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Label: "S’oppose", Value: l.nom()}, {Label: "Reçue le", Value: date.Long(l.RecueLe)}}
	if l.LeveeLe == nil {
		return rows
	}
	return append(rows,
		ui.SummaryRow{Label: "Levée le", Value: date.Long(*l.LeveeLe)},
		ui.SummaryRow{Label: "Motif", Value: inscription.Libelle(opposition.Motifs, l.Motif)},
		ui.SummaryRow{Label: "Référence", Value: l.Reference})
}

func (d *page) qui() []ui.Option {
	options := make([]ui.Option, len(d.parents))
	for i, p := range d.parents {
		r := eleve.Responsable{
			Nature: p.Nature, Civilite: p.Civilite, NomFamille: p.NomFamille, NomUsage: p.NomUsage, Prenom: p.Prenom, Organisme: p.Organisme,
		}
		options[i] = ui.Option{Value: p.ID.String(), Label: r.NomComplet(), Hint: p.Lien.Label()}
	}
	return options
}

func motifs() []ui.Option {
	options := make([]ui.Option, len(opposition.Motifs))
	for i, m := range opposition.Motifs {
		options[i] = ui.Option{Value: m.Code, Label: m.Label}
	}
	return options
}
