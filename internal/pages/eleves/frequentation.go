package eleves

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
)

// frequentation is the form of an attestation: a pupil, a period.
type frequentation struct {
	vue
	form *httpx.Form
}

// sejoursSQL are the stays of the pupil in the school of the agent, in their order.
const sejoursSQL = `
	select date_admission as debut, least(coalesce(date_radiation, fin_annee + 1), fin_annee + 1) as fin
	from scolarite where eleve_id = $1 and ecole_uai = $2 and date_admission is not null and etat in ('admis_definitif', 'radie')
	order by date_admission`

// attestation shows the form; sent with a period, it gives the paper.
func (p Pages) attestationFrequentation(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.readDossier(r.Context(), agent, id)
	if err != nil {
		return err
	}
	asked := r.URL.Query()
	page := frequentation{vue: p.view(r.Context(), d, agent), form: httpx.AskedForm(asked, agent.Aujourdhui())}
	if !asked.Has("du") && !asked.Has("au") {
		page.form = httpx.NewForm(map[string]string{"du": date.Court(page.debut()), "au": date.Court(agent.Aujourdhui())})
		return p.Render(w, r, http.StatusOK, frequentationPage(page))
	}
	du := page.form.Date("du", "Indiquez le premier jour de la période.")
	au := page.form.Date("au", "Indiquez le dernier jour de la période.")
	if page.form.Err() == nil {
		file, err := p.attester(r.Context(), agent, id, du, au)
		if err == nil {
			return httpx.File(w, "application/pdf", "attestation-frequentation.pdf", file)
		}
		if !page.form.Refused(err) {
			return err
		}
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, frequentationPage(page))
}

// debut is the beginning of the present year, from which most attestations are asked for.
func (f frequentation) debut() time.Time {
	if e := f.present(); e != nil && e.DateAdmission != nil {
		return *e.DateAdmission
	}
	return ecole.AnneeDe(f.agent.Aujourdhui()).Debut()
}

// attester numbers the attestation of a period and notes it in the journal.
func (p Pages) attester(ctx context.Context, agent habilitation.Agent, id uuid.UUID, du, au time.Time) (file []byte, err error) {
	err = p.DB.Ecrire(ctx, agent.Portee(), func(tx territoire.Tx) error {
		sejours, err := territoire.Lignes[scolarite.Sejour](ctx, tx, sejoursSQL, id, agent.Ecole)
		if err != nil {
			return fmt.Errorf("eleves: read the stays: %w", err)
		}
		if err := scolarite.Attester(du, au, agent.Aujourdhui(), sejours); err != nil {
			return err
		}
		file, err = modeleFrequentation(du, au).make(ctx, tx, agent, p.Code, []uuid.UUID{id})
		return err
	})
	return file, err
}

// modeleFrequentation is the attestation of a period: the school says nothing of absences, which it does not keep.
func modeleFrequentation(du, au time.Time) modele {
	periode := "du " + date.Long(du) + " au " + date.Long(au)
	return modele{
		typ: document.AttestationFrequentation, titre: "Attestation de fréquentation", periode: periode,
		refus:  "Une attestation de fréquentation demande que l’élève ait été admis dans l’école.",
		lignes: func(attestation) []pdf.Row { return []pdf.Row{{Label: "Période", Value: []pdf.Span{pdf.B(periode)}}} },
		intro:  func(a attestation) string { return a.eleve() + " a fréquenté cette école " + periode + "." },
		fait:   func(attestation) string { return "Fréquentation " + periode },
		fin:    "Attestation remise à la famille pour servir et valoir ce que de droit.",
	}
}
