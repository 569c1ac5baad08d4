package rattachements

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// enregistre is a period as it is recorded.
type enregistre struct {
	Version  int
	EcoleUAI string
	Ouvrable bool // the agent reads the file of the child
	ligne
}

const ficheSQL = `
	select r.id, r.version, coalesce(r.ecole_uai, '') as ecole_uai, r.eleve_id, r.nom_famille, r.nom_usage, r.prenom, r.sexe,
		r.date_naissance, r.modalite, r.debut, r.fin, coalesce(e.nom, '') as ecole, coalesce(k.nom, '') as commune,
		coalesce(r.residence_insee, '') as residence_insee, false as present, 1 as total,
		exists (select from eleve p where p.id = r.eleve_id) as ouvrable
	from rattachement r left join ecole e on e.uai = r.ecole_uai left join commune k on k.insee = e.commune_insee
	where r.id = $1`

// fiche is the page of one period.
type fiche struct {
	enregistre
	agent    habilitation.Agent
	form     *httpx.Form // correction
	fin      *httpx.Form // end
	conflict []ui.ConflictRow
}

func (p Pages) readFiche(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (*fiche, error) {
	v := &fiche{agent: agent}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "rattachement", id)
		territoire.Une(l, &v.enregistre, ficheSQL, id)
	})
	v.form, v.fin = httpx.NewForm(v.values()), httpx.NewForm(map[string]string{"le": date.Court(agent.Aujourdhui())})
	return v, err
}

// values are what is recorded, as it is typed.
func (v *fiche) values() map[string]string {
	return map[string]string{
		"modalite": string(v.Modalite), "ecole_uai": v.EcoleUAI, "debut": date.Court(v.Debut), "fin": date.CourtOuRien(v.Fin),
	}
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

// readPeriode reads what was typed.
func readPeriode(f *httpx.Form) rattachement.Periode {
	return rattachement.Periode{
		Modalite: rattachement.Modalite(f.Text("modalite")), Ecole: f.Text("ecole_uai"),
		Debut: f.DateOrNone("debut"), Fin: f.DateOrNone("fin"),
	}
}

// submit corrects the period.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, func(v *fiche, f *httpx.Form) { v.form = f },
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
			typed := readPeriode(f)
			if err := f.Err(); err != nil {
				return "", err
			}
			p.Flash(ctx, "La correction est enregistrée.", "")
			return path(id), rattachement.Corriger(ctx, tx, agent, id, f.Version(), typed)
		})
}

// finish ends the period.
func (p Pages) finish(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, func(v *fiche, f *httpx.Form) { v.fin = f },
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
			le := f.DateOrNone("le")
			if err := f.Err(); err != nil {
				return "", err
			}
			p.Flash(ctx, "La fin de cette instruction est enregistrée.", "")
			return path(id), rattachement.Finir(ctx, tx, agent, id, f.Version(), le)
		})
}

// remove takes away a period recorded by mistake.
func (p Pages) remove(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, func(v *fiche, f *httpx.Form) { v.fin = f },
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
			p.Flash(ctx, "Le rattachement saisi par erreur est supprimé.", "")
			return "/rattachements", rattachement.Retirer(ctx, tx, agent, id, f.Version())
		})
}

// act does one act on the period; refused, the page comes back with the form that asked for it.
func (p Pages) act(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, typed func(*fiche, *httpx.Form),
	do func(context.Context, territoire.Tx, uuid.UUID, *httpx.Form) (string, error),
) error {
	id, f, status, err := p.ActOn(w, r, agent, do)
	if status == 0 {
		return err
	}
	v, err := p.readFiche(r.Context(), agent, id)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		v.conflict = v.differences(f)
	} else {
		v.Version = f.Version()
	}
	typed(v, f)
	return p.Render(w, r, status, fichePage(v))
}

// champs are the fields that two people may have typed otherwise.
var champs = []struct{ name, label string }{
	{"modalite", "Instruit"}, {"ecole_uai", "École de référence"}, {"debut", "Depuis"}, {"fin", "Jusqu’au"},
}

// differences sets what is recorded beside what was asked for without knowing it.
func (v *fiche) differences(f *httpx.Form) []ui.ConflictRow {
	recorded, rows := v.values(), []ui.ConflictRow{}
	for _, c := range champs {
		mine := f.Text(c.name)
		if c.name == "fin" && f.Values.Has("le") {
			mine = f.Text("le")
		}
		rows = append(rows, ui.ConflictRow{Label: c.label, Theirs: recorded[c.name], Mine: mine})
	}
	return rows
}

func (v *fiche) gere() bool { return v.agent.Can(habilitation.GererRattachements) }

func (v *fiche) failed() bool {
	return len(v.form.Errors())+len(v.fin.Errors())+len(v.conflict) > 0
}

// finie tells whether the last day is recorded.
func (v *fiche) finie() bool { return v.Fin != nil }

func (v *fiche) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Né(e) le", Value: date.Court(v.DateNaissance)},
		{Label: "Instruit", Value: modalite(v.Modalite, v.agent)},
		{Label: "Rattaché à", Value: v.reference()},
		{Label: "Habite", Value: v.residence()},
		{Label: "Depuis", Value: date.Long(v.Debut)},
	}
	if v.Fin != nil {
		rows = append(rows, ui.SummaryRow{Label: "Jusqu’au", Value: date.Long(*v.Fin)})
	}
	return rows
}

func modalites() []ui.Option {
	options := make([]ui.Option, len(rattachement.Modalites))
	for i, m := range rattachement.Modalites {
		options[i] = ui.Option{Value: string(m), Label: m.Label()}
	}
	return options
}
