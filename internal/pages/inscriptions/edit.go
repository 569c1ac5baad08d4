package inscriptions

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// edition is the page that changes an inscription.
type edition struct {
	detail   detail
	choix    choix
	form     *httpx.Form
	conflict []ui.ConflictRow
}

// readOuverte reads an inscription that the mairie may still change, and what besides queues.
func (p Pages) readOuverte(r *http.Request, agent habilitation.Agent, besides func(*territoire.Lecture)) (e edition, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return e, err
	}
	if e.detail.acte, err = p.readActe(r.Context(), agent, id, besides); err != nil {
		return e, err
	}
	if e.detail.ici = e.detail.acte.CommuneInsee == agent.Commune; !e.detail.ici {
		return e, refusal.NotFound()
	}
	return e, inscription.Inscription{Etat: e.detail.acte.Etat}.Ouverte()
}

// readEdition reads it with what may be chosen instead.
func (p Pages) readEdition(r *http.Request, agent habilitation.Agent) (edition, error) {
	var c choix
	e, err := p.readOuverte(r, agent, func(l *territoire.Lecture) { queueChoix(l, agent, &c) })
	e.choix = c
	e.choix.admettre(e.detail.acte.Annee)
	return e, err
}

// admettre offers a year that is over, when the inscription is of that year.
func (c *choix) admettre(a ecole.Annee) {
	if !slices.Contains(c.Annees, a) {
		c.Annees = append([]ecole.Annee{a}, c.Annees...)
	}
}

// poser writes the inscription in a form, to be changed.
func (a acte) poser() *httpx.Form {
	le := a.DateDemande
	if a.DateInscription != nil {
		le = *a.DateInscription
	}
	return httpx.NewForm(map[string]string{
		"annee": strconv.Itoa(int(a.Annee)), "ecole_uai": a.EcoleUAI, "niveau": string(a.Niveau),
		"date_inscription": date.Court(le), "derogation": a.Derogation,
	})
}

func (p Pages) edit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.readEdition(r, agent)
	if err != nil {
		return err
	}
	e.form = e.detail.acte.poser()
	return p.Render(w, r, http.StatusOK, editPage(e))
}

// modifier changes the inscription, or shows the form again: with what is wrong, or with what somebody else recorded.
func (p Pages) modifier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.readEdition(r, agent)
	if err != nil {
		return err
	}
	if e.form, err = httpx.ReadForm(r, agent.Aujourdhui()); err != nil {
		return err
	}
	d := e.choix.readDemande(e.form, agent, e.detail.acte.DateNaissance)
	if err = e.form.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			return p.change(ctx, tx, agent, e.detail.acte.ID, e.form.Version(), d)
		})
	}
	switch {
	case httpx.Stale(err):
		e.conflict = e.differences()
		return p.Render(w, r, http.StatusConflict, editPage(e))
	case e.form.Refused(err):
		return p.Render(w, r, http.StatusUnprocessableEntity, editPage(e))
	}
	return err
}

func (p Pages) change(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, version int, d inscription.Demande) (string, error) {
	if err := inscription.Modifier(ctx, tx, agent, id, version, d); err != nil {
		return "", err
	}
	p.Flash(ctx, "L’inscription est modifiée.", "")
	return pathListe + "/" + id.String(), nil
}

// differences compares what is recorded with what was typed, both in words.
func (e edition) differences() []ui.ConflictRow {
	recorded := e.detail.acte.poser()
	rows := []ui.ConflictRow{}
	for _, f := range []struct {
		name, label string
		options     []ui.Option
	}{
		{"annee", "Année scolaire", e.choix.anneeOptions()}, {"ecole_uai", "École", e.choix.ecoleOptions(e.detail.acte.EcoleUAI)},
		{"niveau", "Niveau", niveauOptions()}, {"derogation", "Dérogation", derogationOptions()}, {"date_inscription", "Date d’inscription", nil},
	} {
		theirs, mine := words(f.options, recorded.Text(f.name)), words(f.options, e.typed(f.name))
		if theirs != mine {
			rows = append(rows, ui.ConflictRow{Label: f.label, Theirs: theirs, Mine: mine})
		}
	}
	return rows
}

// typed is a value as it would be recorded: a day typed 010926 is no difference.
func (e edition) typed(name string) string {
	if name == "date_inscription" {
		return date.Court(e.form.DateOrNone(name))
	}
	return e.form.Text(name)
}

// words is the label of a value among options, or the value itself.
func words(options []ui.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}
