package propositions

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/proposition"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// fiche is the file as the mairie reads it, with what it has proposed and waits for.
type fiche struct {
	dossier   proposition.Dossier
	attente   []proposition.Proposition
	encore    bool   // the mairie still holds the pen, or never did: nothing is proposed
	pourquoi  string // why
	stricte   bool
	personnes []uuid.UUID // responsables, in order
}

// etatFiche tells whether the mairie may propose.
type etatFiche struct {
	TenuPar     string
	MairieInsee string
	Stricte     bool
	Personnes   []uuid.UUID
}

const etatSQL = `
	select e.tenu_par, coalesce(e.mairie_insee, '') as mairie_insee, c.mairie_stricte as stricte,
		array(select responsable_id from lien_responsable where eleve_id = e.id order by rang) as personnes
	from eleve e join commune c on c.insee = $2 where e.id = $1`

const attenteSQL = `select ` + proposition.ColonnesSQL + ` from proposition p where p.eleve_id = $1 and p.etat = 'proposee'`

// read reads the file, and leaves the line that says it was opened, in one round trip.
func (p Pages) read(r *http.Request, agent habilitation.Agent) (f fiche, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return f, err
	}
	var e etatFiche
	f.dossier.Eleve = id
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, id)
		territoire.Une(l, &e, etatSQL, id, agent.Commune)
		territoire.Toutes(l, &f.dossier.Lignes, proposition.LignesSQL, id)
		territoire.Toutes(l, &f.attente, attenteSQL, id)
	})
	f.stricte, f.personnes = e.Stricte, e.Personnes
	switch {
	case e.MairieInsee != agent.Commune:
		f.pourquoi = "Cet enfant est scolarisé dans une autre commune\u00a0: vous lisez son dossier, vous ne le corrigez pas."
	case e.TenuPar != "ecole":
		f.pourquoi = "Vous tenez encore ce dossier\u00a0: corrigez-le directement."
	}
	f.encore = f.pourquoi != ""
	return f, err
}

// choose asks which part of the file is to be corrected.
func (p Pages) choose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.read(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, choosePage(f))
}

// partie is a part of the file with its form, the directeur's own.
type partie struct {
	titre   string
	stricte bool // proposed by a strict commune too
	fields  func(*httpx.Form) templ.Component
	// poser writes in the form what is recorded, or proposed already.
	poser func(f *httpx.Form, d proposition.Dossier, qui uuid.UUID) error
	// lire reads what was typed, and adds to the form what is wrong with it; it returns the act.
	lire func(f *httpx.Form, agent habilitation.Agent, eleve, qui uuid.UUID) acte
}

// acte records proposals and returns their lot.
type acte func(ctx context.Context, tx territoire.Tx) (uuid.UUID, error)

var identite = partie{
	titre: "Identité", stricte: true, fields: formulaire.ChampsIdentite,
	poser: func(f *httpx.Form, d proposition.Dossier, _ uuid.UUID) error {
		formulaire.PoserIdentite(f, d.Identite())
		return nil
	},
	lire: func(f *httpx.Form, agent habilitation.Agent, eleve, _ uuid.UUID) acte {
		i := formulaire.Identite(f)
		formulaire.Refuser(f, i.Valider(agent.Aujourdhui()))
		return func(ctx context.Context, tx territoire.Tx) (uuid.UUID, error) {
			return proposition.ProposerIdentite(ctx, tx, agent, eleve, i)
		}
	},
}

var adresse = partie{
	titre:  "Adresse",
	fields: func(f *httpx.Form) templ.Component { return formulaire.ChampsAdresse(f, "", true) },
	poser: func(f *httpx.Form, d proposition.Dossier, _ uuid.UUID) error {
		a, _ := d.Domicile(d.Eleve)
		formulaire.PoserAdresse(f, "", a)
		return nil
	},
	lire: func(f *httpx.Form, agent habilitation.Agent, eleve, _ uuid.UUID) acte {
		a := formulaire.Adresse(f, "")
		formulaire.Refuser(f, a.Valider(""))
		return func(ctx context.Context, tx territoire.Tx) (uuid.UUID, error) {
			return proposition.ProposerAdresse(ctx, tx, agent, eleve, a)
		}
	},
}

var responsable = partie{
	titre:  "Responsable",
	fields: champsResponsable,
	poser: func(f *httpx.Form, d proposition.Dossier, qui uuid.UUID) error {
		r, ok := d.Responsable(qui)
		if !ok {
			return refusal.NotFound()
		}
		formulaire.PoserResponsable(f, "", r)
		return nil
	},
	lire: func(f *httpx.Form, agent habilitation.Agent, eleve, qui uuid.UUID) acte {
		r := formulaire.Responsable(f, "")
		formulaire.Refuser(f, r.Valider(""))
		return func(ctx context.Context, tx territoire.Tx) (uuid.UUID, error) {
			return proposition.ProposerResponsable(ctx, tx, agent, eleve, qui, r)
		}
	},
}

// proposable reads the file for one who means to propose in that part of it.
func (p Pages) proposable(r *http.Request, agent habilitation.Agent, part partie) (f fiche, qui uuid.UUID, err error) {
	if f, err = p.read(r, agent); err != nil {
		return f, qui, err
	}
	if chi.URLParam(r, "responsable") != "" {
		if qui, err = httpx.ID(r, "responsable"); err != nil {
			return f, qui, err
		}
	}
	switch {
	case f.encore:
		err = refusal.InConflict(f.pourquoi)
	case f.stricte && !part.stricte && qui == uuid.Nil:
		err = refusal.InConflict("Votre commune a choisi de ne connaître que l’état civil\u00a0: elle ne propose rien d’autre.")
	default:
		err = part.poser(httpx.NewForm(nil), f.dossier, qui)
	}
	return f, qui, err
}

// ask shows the form, filled with what is recorded and with what the mairie has proposed already.
func (p Pages) ask(part partie) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		page, qui, err := p.proposable(r, agent, part)
		if err != nil {
			return err
		}
		f := httpx.NewForm(nil)
		if err := part.poser(f, page.dossier.Avec(page.attente), qui); err != nil {
			return err
		}
		return p.Render(w, r, http.StatusOK, formPage(page, part, f))
	}
}

func (p Pages) submit(part partie) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		page, qui, err := p.proposable(r, agent, part)
		if err != nil {
			return err
		}
		f, err := httpx.ReadForm(r, agent.Aujourdhui())
		if err != nil {
			return err
		}
		propose := part.lire(f, agent, page.dossier.Eleve, qui)
		if err = f.Err(); err == nil {
			err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
				lot, err := propose(ctx, tx)
				if err == nil {
					p.Flash(ctx, "La correction est proposée à l’école.", "")
				}
				return pathLot(lot), err
			})
		}
		if f.Refused(err) {
			return p.Render(w, r, http.StatusUnprocessableEntity, formPage(page, part, f))
		}
		return err
	}
}
