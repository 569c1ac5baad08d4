package raccordements

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/raccordement"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// titulaire is an account of the mairie.
type titulaire struct {
	ID, Nom, Identifiant string
}

const titulairesSQL = `
	select c.id::text as id, trim(c.prenom || ' ' || c.nom) as nom, c.identifiant from habilitation h join compte c on c.id = h.compte_id
	where h.commune_insee = $1 and h.role = 'mairie' and h.etat in ('demandee', 'accordee') and (h.fin is null or h.fin >= $2)
	group by c.id order by cle_nom(c.nom), c.id limit 20`

// fiche is the path of one commune.
type fiche struct {
	parcours
	agent      habilitation.Agent
	titulaires []titulaire
	form       *httpx.Form
}

func (p Pages) readOne(r *http.Request, agent habilitation.Agent) (f fiche, err error) {
	f.agent = agent
	insee := chi.URLParam(r, "insee")
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &f.parcours, parcoursSQL+` where k.insee = $2`, agent.Aujourdhui(), insee)
		territoire.Toutes(l, &f.titulaires, titulairesSQL, insee, agent.Aujourdhui())
	})
	f.form = httpx.NewForm(map[string]string{
		"demande_le": date.CourtOuRien(f.DemandeLe), "interlocuteur": f.Interlocuteur,
		"decision": string(f.Decision), "decision_le": date.CourtOuRien(f.DecisionLe), "motif": f.Motif,
	})
	if f.DecisionLe == nil {
		f.form.Values.Set("decision_le", date.Court(agent.Aujourdhui()))
	}
	return f, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.readOne(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(f))
}

func (p Pages) request(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, insee string, f *httpx.Form) (said string, err error) {
		q := raccordement.Requete{
			Insee: insee, Le: f.Date("demande_le", "Indiquez la date de la lettre du maire."),
			Interlocuteur: f.Limited("interlocuteur", 100), Version: f.Version(),
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		return "La demande est enregistrée. L’inspection académique décide.", raccordement.Demander(ctx, tx, agent, q)
	})
}

func (p Pages) withdraw(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, insee string, f *httpx.Form) (string, error) {
		return "La demande est retirée.", raccordement.Retirer(ctx, tx, agent, insee, f.Version())
	})
}

func (p Pages) decide(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, insee string, f *httpx.Form) (string, error) {
		v := raccordement.Verdict{
			Accord: raccordement.Accord(f.Choice("decision", []string{"", string(raccordement.Acceptee), string(raccordement.Refusee)}, "Choisissez la décision.")),
			Motif:  f.Text("motif"), Version: f.Version(),
		}
		if v.Accord != "" {
			v.Le = f.Date("decision_le", "Indiquez la date de la décision.")
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		return "La décision est enregistrée.", raccordement.Decider(ctx, tx, agent, insee, v)
	})
}

// on does an act about the commune of the address; refused, its page says why.
func (p Pages) on(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx, insee string, f *httpx.Form) (string, error),
) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	insee := chi.URLParam(r, "insee")
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		said, err := do(ctx, tx, insee, f)
		if err == nil {
			p.Flash(ctx, said, "")
		}
		return path + "/" + insee, err
	})
	if !f.Refused(err) {
		return err
	}
	v, err := p.readOne(r, agent)
	if err != nil {
		return err
	}
	v.form = f
	return p.Render(w, r, http.StatusUnprocessableEntity, showPage(v))
}

// etapes are the lines of the path.
func (f fiche) etapes() []ui.SummaryRow {
	rows := make([]ui.SummaryRow, 0, len(raccordement.Etapes))
	for _, e := range raccordement.Etapes {
		rows = append(rows, ui.SummaryRow{Label: e.Label(), Value: f.dit(e)})
	}
	return rows
}

// dit says when a step was taken, and by whom.
func (f fiche) dit(e raccordement.Etape) string {
	at := f.dates()[e]
	if at == nil {
		return "—"
	}
	said := date.Long(*at)
	switch {
	case e == raccordement.Demande && f.Interlocuteur != "":
		said = "lettre du " + said + ", " + f.Interlocuteur
	case e == raccordement.Demande:
		said = "lettre du " + said
	case e == raccordement.Decision && f.Decision == raccordement.Acceptee:
		said = "acceptée le " + said + ", par " + f.Decideur
	case e == raccordement.Decision:
		said = "refusée le " + said + ", par " + f.Decideur + "\u00a0: " + f.motif()
	}
	return said
}

func (f fiche) motif() string {
	for _, m := range raccordement.Motifs {
		if m.Code == f.Motif {
			return m.Label
		}
	}
	return ""
}

func motifs() []ui.Option {
	options := []ui.Option{{Value: "", Label: "Choisissez"}}
	for _, m := range raccordement.Motifs {
		options = append(options, ui.Option{Value: m.Code, Label: m.Label})
	}
	return options
}

// decisions offers to take one back once it is taken.
func (f fiche) decisions() []ui.Option {
	options := []ui.Option{{Value: string(raccordement.Acceptee), Label: "Acceptée"}, {Value: string(raccordement.Refusee), Label: "Refusée"}}
	if f.Decision != "" {
		options = append(options, ui.Option{Value: "", Label: "À reprendre\u00a0: la demande attend de nouveau"})
	}
	return options
}

func (f fiche) gere() bool { return f.agent.Can(habilitation.GererComptes) && f.Decision == "" }

func (f fiche) decide() bool {
	return f.agent.Can(habilitation.AccorderHabilitations) && f.DemandeLe != nil
}
