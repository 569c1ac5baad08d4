package dispositifs

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// enregistre is a period as it is recorded.
type enregistre struct {
	ID            uuid.UUID
	Version       int
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Dispositif    dispositif.Dispositif
	Debut         time.Time
	Fin           *time.Time
}

func (e enregistre) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

// ficheSQL names the pupil as the register of the school does: his file may have gone to another one.
const ficheSQL = `
	select b.id, b.version, b.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, b.dispositif, b.debut, b.fin
	from beneficiaire b join lateral (select * from scolarite s where s.eleve_id = b.eleve_id and s.ecole_uai = b.ecole_uai
		order by s.annee desc limit 1) s on true
	where b.id = $1`

// fiche is the page of one period.
type fiche struct {
	enregistre
	agent    habilitation.Agent
	form     *httpx.Form
	conflict []ui.ConflictRow
}

func (p Pages) readFiche(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (*fiche, error) {
	v := &fiche{agent: agent}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "beneficiaire", id)
		territoire.Une(l, &v.enregistre, ficheSQL, id)
	})
	v.form = httpx.NewForm(v.values())
	return v, err
}

func (v *fiche) values() map[string]string {
	return map[string]string{"debut": date.Court(v.Debut), "fin": date.CourtOuRien(v.Fin)}
}

func (v *fiche) gere() bool { return v.agent.Can(habilitation.GererClasses) }

func (v *fiche) critere() critere {
	return critere{annee: ecole.AnneeDe(v.agent.Aujourdhui()), dispositif: v.Dispositif}
}

func (v *fiche) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Né(e) le", Value: date.Court(v.DateNaissance)}, {Label: "Depuis", Value: date.Long(v.Debut)},
	}
	if v.Fin != nil {
		rows = append(rows, ui.SummaryRow{Label: "Jusqu’au", Value: date.Long(*v.Fin)})
	}
	return rows
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readFiche(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, fichePage(v))
}

// submit corrects the days.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.change(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		typed := dispositif.Periode{Debut: f.DateOrNone("debut"), Fin: f.DateOrNone("fin")}
		if err := f.Err(); err != nil {
			return "", err
		}
		p.Flash(ctx, "Les dates sont corrigées.", "")
		return path(id), dispositif.Corriger(ctx, tx, agent, id, f.Version(), typed)
	})
}

// remove takes away a period recorded by mistake.
func (p Pages) remove(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.change(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		p.Flash(ctx, "La période notée par erreur est supprimée.", "")
		return "/dispositifs", dispositif.Retirer(ctx, tx, agent, id, f.Version())
	})
}

// change does an act on the period; refused, its page comes back with what was typed.
func (p Pages) change(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	act func(context.Context, territoire.Tx, uuid.UUID, *httpx.Form) (string, error),
) error {
	id, f, status, err := p.ActOn(w, r, agent, act)
	if status == 0 {
		return err
	}
	v, err := p.readFiche(r.Context(), agent, id)
	if err != nil {
		return err
	}
	recorded := v.values()
	v.form = f
	if status == http.StatusUnprocessableEntity {
		v.Version = f.Version()
	} else {
		v.conflict = []ui.ConflictRow{
			{Label: "Premier jour", Theirs: recorded["debut"], Mine: f.Text("debut")}, {Label: "Dernier jour", Theirs: recorded["fin"], Mine: f.Text("fin")},
		}
	}
	return p.Render(w, r, status, fichePage(v))
}
