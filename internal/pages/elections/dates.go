package elections

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// saisie is the form of the dates.
type saisie struct {
	fiche   fiche // zero for a new one
	annee   ecole.Annee
	f       *httpx.Form
	conflit []ui.ConflictRow
}

func (s saisie) failed() ui.PageOption { return ui.Failed(len(s.f.Errors()) > 0 || len(s.conflit) > 0) }

func readScrutin(f *httpx.Form) election.Scrutin {
	return election.Scrutin{
		Le: f.DateOrNone("scrutin_le"), Report: f.Text("report"), Mode: election.Mode(f.Text("mode")),
		Ouvre: election.ParseHeure(f.Text("ouvre_a")), Ferme: election.ParseHeure(f.Text("ferme_a")), Reunion: f.DateOrNone("reunion_le"),
	}
}

// values are what is recorded, as it is typed.
func (x fiche) values() map[string]string {
	return map[string]string{
		"scrutin_le": date.Court(x.ScrutinLe), "report": x.Report, "mode": string(x.Mode), "ouvre_a": x.OuvreA.String(),
		"ferme_a": x.FermeA.String(), "reunion_le": date.CourtOuRien(x.ReunionLe),
	}
}

// champs are the fields of the form and their labels.
var champs = []struct{ name, label string }{
	{"scrutin_le", "Jour du vote"}, {"report", "Motif"}, {"mode", "Mode"}, {"ouvre_a", "Ouverture"}, {"ferme_a", "Fermeture"},
	{"reunion_le", "Réunion préalable"},
}

func modes() []ui.Option {
	options := make([]ui.Option, len(election.Modes))
	for i, m := range election.Modes {
		options[i] = ui.Option{Value: string(m), Label: m.Label()}
	}
	return options
}

func reports() []ui.Option {
	var options []ui.Option
	for _, r := range election.Reports {
		options = append(options, ui.Option{Value: r.Code, Label: r.Label})
	}
	return options
}

// regle recalls the dates between which one votes.
func (s saisie) regle() string {
	return "On vote du " + date.Long(election.Premier(s.annee)) + " au " + date.Long(election.Limite(s.annee)) + ", fin de la septième semaine"
}

func (p Pages) showNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f := httpx.NewForm(map[string]string{"mode": string(election.Urne), "report": r.URL.Query().Get("report")})
	return p.Render(w, r, http.StatusOK, newPage(saisie{annee: httpx.Annee(r.URL.Query(), agent), f: f}))
}

func (p Pages) submitNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	annee := httpx.Annee(f.Values, agent)
	s := readScrutin(f)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			id, err := election.Preparer(ctx, tx, agent, annee, s)
			p.Flash(ctx, "L’élection est préparée\u00a0: vote le "+date.Long(s.Le)+".", "")
			return path(id), err
		})
	}
	if f.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, newPage(saisie{annee: annee, f: f}))
	}
	return err
}

func (p Pages) readSaisie(ctx context.Context, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) (saisie, error) {
	s := saisie{f: f}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { territoire.Une(l, &s.fiche, ficheSQL, id) })
	s.annee = s.fiche.annee()
	return s, err
}

func (p Pages) showEdit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	s, err := p.readSaisie(r.Context(), agent, id, nil)
	if err != nil {
		return err
	}
	s.f = httpx.NewForm(s.fiche.values())
	return p.Render(w, r, http.StatusOK, editPage(s))
}

func (p Pages) submitEdit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		s := readScrutin(f)
		if err := f.Err(); err != nil {
			return "", err
		}
		p.Flash(ctx, "Les dates sont enregistrées\u00a0: vote le "+date.Long(s.Le)+".", "")
		return path(id), election.Modifier(ctx, tx, agent, id, f.Version(), s)
	})
	if status == 0 {
		return err
	}
	s, err := p.readSaisie(r.Context(), agent, id, f)
	if err != nil {
		return err
	}
	if status == http.StatusUnprocessableEntity {
		s.fiche.Version = f.Version()
		return p.Render(w, r, status, editPage(s))
	}
	recorded := s.fiche.values()
	for _, c := range champs {
		s.conflit = append(s.conflit, ui.ConflictRow{Label: c.label, Theirs: recorded[c.name], Mine: f.Text(c.name)})
	}
	return p.Render(w, r, status, editPage(s))
}
