package elections

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// demande is a request about the list of voters.
type demande struct {
	ID        uuid.UUID
	Version   int
	Nature    election.Nature
	Nom       string
	Motif     string
	RecueLe   time.Time
	Decision  string
	DecideeLe *time.Time
}

const demandesSQL = `
	select id, version, nature, nom, motif, recue_le, decision, decidee_le from reclamation
	where election_id = $1 order by decision = '' desc, recue_le desc, nom, id`

const demandeSQL = `
	select id, version, nature, nom, motif, recue_le, decision, decidee_le from reclamation where election_id = $1 and id = $2`

func (d demande) motif() string { return inscription.Libelle(election.Motifs[d.Nature], d.Motif) }

// issue is what the bureau decided, and when.
func (d demande) issue() string {
	if d.DecideeLe == nil {
		return "À décider"
	}
	return inscription.Libelle(election.Decisions, d.Decision) + " le " + date.Court(*d.DecideeLe)
}

// presente is somebody who might be put on the list.
type presente struct {
	ID uuid.UUID
	election.Personne
}

// demandesVue is the page of the requests.
type demandesVue struct {
	registre
	demandes  []demande
	presentes []presente
	f         *httpx.Form
}

func (p Pages) showDemandes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{"recue_le": date.Court(agent.Aujourdhui())})
	return p.renderDemandes(w, r, agent, id, f, http.StatusOK)
}

func (p Pages) renderDemandes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form, status int) error {
	v := demandesVue{f: f}
	var err error
	v.registre, err = p.readArretee(r.Context(), agent, id, func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.demandes, demandesSQL, id)
		territoire.Toutes(l, &v.presentes, election.PresentsSQL+` order by cle_nom(r.nom_famille || ' ' || r.prenom), r.id`, id)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, demandesPage(v))
}

// personnes are those whom a request may be about: to be taken off the list, or put on it.
func (v demandesVue) personnes() []ui.Option {
	var options []ui.Option
	for _, e := range v.presentes {
		options = append(options, ui.Option{Value: e.ID.String(), Label: e.Complet(), Group: "Hors de la liste\u00a0: à ajouter"})
	}
	for _, e := range v.inscrits() {
		options = append(options, ui.Option{Value: e.ResponsableID.String(), Label: e.Complet(), Group: "Sur la liste\u00a0: à retirer"})
	}
	return options
}

func motifs() []ui.Option {
	var options []ui.Option
	for _, n := range election.Natures {
		for _, m := range election.Motifs[n] {
			options = append(options, ui.Option{Value: m.Code, Label: m.Label, Group: n.Label()})
		}
	}
	return options
}

func (v demandesVue) table() ui.TableProps {
	t := ui.TableProps{Caption: "Demandes", Columns: []ui.Column{
		{Label: "Personne"}, {Label: "Demande"}, {Label: "Motif"}, {Label: "Reçue le"}, {Label: "Décision du bureau"},
	}}
	for _, d := range v.demandes {
		row := ui.ListRow{Label: d.Nom, Cells: ui.Cells(d.Nom, d.Nature.Label(), d.motif(), date.Court(d.RecueLe), d.issue())}
		if d.DecideeLe == nil {
			row.Href = v.fiche.path() + "/demandes/" + d.ID.String()
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// reclamer notes a request.
func (p Pages) reclamer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		d := election.Reclamation{Responsable: f.UUID("responsable_id"), Motif: f.Text("motif"), RecueLe: f.DateOrNone("recue_le")}
		if err := f.Err(); err != nil {
			return "", err
		}
		made, err := election.Reclamer(ctx, tx, agent, id, d)
		p.Flash(ctx, "La demande est notée\u00a0: indiquez ce que le bureau en décide.", "")
		return path(id) + "/demandes/" + made.String(), err
	})
	if status == 0 {
		return err
	}
	return p.renderDemandes(w, r, agent, id, f, status)
}

// decisionVue is the page where the decision is noted.
type decisionVue struct {
	fiche   fiche
	demande demande
	f       *httpx.Form
}

func (p Pages) showDemande(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f := httpx.NewForm(map[string]string{"decidee_le": date.Court(agent.Aujourdhui())})
	return p.renderDemande(w, r, agent, f, http.StatusOK)
}

func (p Pages) renderDemande(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	one, err := httpx.ID(r, "demande")
	if err != nil {
		return err
	}
	v := decisionVue{f: f}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.fiche, ficheSQL, id)
		territoire.Une(l, &v.demande, demandeSQL, id, one)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, decisionPage(v))
}

// statuer notes what the bureau decided.
func (p Pages) statuer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	one, err := httpx.ID(r, "demande")
	if err != nil {
		return err
	}
	_, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		decision, le := f.Text("decision"), f.DateOrNone("decidee_le")
		if err := f.Err(); err != nil {
			return "", err
		}
		p.Flash(ctx, "La décision est notée\u00a0; la liste électorale en tient compte.", "")
		return path(id) + "/demandes", election.Statuer(ctx, tx, agent, one, f.Version(), decision, le)
	})
	if status == 0 {
		return err
	}
	if status == http.StatusConflict {
		f.Refuse("", "Cette demande a changé depuis que vous avez ouvert la page\u00a0: relisez-la.")
	}
	return p.renderDemande(w, r, agent, f, status)
}

func decisions() []ui.Option {
	var options []ui.Option
	for _, d := range election.Decisions {
		options = append(options, ui.Option{Value: d.Code, Label: d.Label})
	}
	return options
}

func (v decisionVue) faits() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Label: "Personne", Value: v.demande.Nom}, {Label: "Demande", Value: v.demande.Nature.Label()}, {Label: "Motif", Value: v.demande.motif()},
		{Label: "Reçue le", Value: date.Court(v.demande.RecueLe)}, {Label: "Décision", Value: v.demande.issue()},
	}
}
