package passages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// readInspecte reads the passage of a pupil of the territory; the journal says who looked at it.
func (p Pages) readInspecte(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (fiche, error) {
	v := fiche{agent: agent}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "scolarite", id)
		territoire.Une(l, &v.ligne, colonnesSQL(passage.SituationSQLSansINE)+` where s.id = $1 and p.scolarite_id is not null`, id)
	})
	return v, err
}

// suivre shows a passage to an inspection.
func (p Pages) suivre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readInspecte(r.Context(), agent, id)
	if err != nil {
		return err
	}
	values := v.proposes()
	values["avis"] = string(v.ligne.Avis)
	v.form = httpx.NewForm(values)
	return p.Render(w, r, http.StatusOK, fichePage(v))
}

// aviser records the opinion of the IEN, or takes it back.
func (p Pages) aviser(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.inspecter(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
		a, said := passage.Avis(f.Text("avis")), "Votre avis est enregistré\u00a0: l’école le voit."
		if f.Checked("retirer") {
			a, said = passage.SansAvis, "Votre avis est retiré."
		} else if a == passage.SansAvis {
			f.Refuse("avis", "Choisissez un avis.")
			return f.Err()
		}
		p.Flash(ctx, said, "")
		return passage.Aviser(ctx, tx, agent, id, f.Version(), a)
	})
}

// trancher records the decision of the commission, or takes it back.
func (p Pages) trancher(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.inspecter(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
		if passage.Etape(f.Text("etape")) == passage.EtapeRevenir {
			p.Flash(ctx, "La décision de la commission est annulée\u00a0: le recours est de nouveau en cours.", "")
			return passage.RevenirTrancher(ctx, tx, agent, id, f.Version())
		}
		d := readChoix(f)
		le := f.DateOrNone("le")
		if err := f.Err(); err != nil {
			return err
		}
		p.Flash(ctx, "La décision de la commission est enregistrée\u00a0: l’école la voit, et son année prochaine la suit.", "")
		return passage.Trancher(ctx, tx, agent, id, f.Version(), d, le)
	})
}

// inspecter does what an inspection asks, or shows the page again with what is wrong or has changed.
func (p Pages) inspecter(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
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
		return path(id), do(ctx, tx, id, f)
	})
	status := http.StatusUnprocessableEntity
	if httpx.Stale(err) {
		status = http.StatusConflict
	} else if !f.Refused(err) {
		return err
	}
	v, err := p.readInspecte(r.Context(), agent, id)
	if err != nil {
		return err
	}
	v.completer(f, status)
	return p.Render(w, r, status, fichePage(v))
}

func (v fiche) vers(acte string) string { return path(v.ligne.ScolariteID) + "/" + acte }

// avisable tells whether the IEN may give his opinion.
func (v fiche) avisable() bool { return v.ligne.Choix().Exceptionnel() && v.ligne.DecideLe == nil }

// attente says to an inspection that has nothing to do where the passage stands.
func (v fiche) attente() string {
	switch v.ligne.Attend(v.agent.Aujourdhui()) {
	case passage.ANotifier:
		return "L’école n’a pas encore prévenu la famille."
	case passage.EnAttente:
		return "L’école attend la réponse de la famille."
	case passage.ADecider:
		return "Le conseil des maîtres doit décider."
	case passage.EnAppel:
		return "La commission d’appel doit se prononcer."
	}
	return "La décision est prise."
}

func avisOptions() []ui.Option {
	var options []ui.Option
	for _, a := range []passage.Avis{passage.Favorable, passage.Defavorable} {
		options = append(options, ui.Option{Value: string(a), Label: a.Label()})
	}
	return options
}

func hrefCalendrier(a ecole.Annee) string {
	return pathCalendrier + "?" + url.Values{"annee": {strconv.Itoa(int(a))}}.Encode()
}
