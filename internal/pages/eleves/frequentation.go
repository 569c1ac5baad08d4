package eleves

import (
	"net/http"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pdf"
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

// attestation shows the form; sent with a period, it shows the paper, or what is wrong with the period.
func (p Pages) attestationFrequentation(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	form := httpx.AskedForm(r.URL.Query(), agent.Aujourdhui())
	if m, ok := periodeDemandee(form); ok {
		err := p.relire(w, r, agent, m, id)
		if err == nil || !form.Refused(err) {
			return err
		}
	}
	d, err := p.readDossier(r.Context(), agent, id)
	if err != nil {
		return err
	}
	page, status := frequentation{vue: p.view(r.Context(), d, agent), form: form}, http.StatusUnprocessableEntity
	if !form.Values.Has("du") && !form.Values.Has("au") {
		page.form, status = httpx.NewForm(map[string]string{"du": date.Court(page.debut()), "au": date.Court(agent.Aujourdhui())}), http.StatusOK
	}
	return p.Render(w, r, status, frequentationPage(page))
}

// periodeDemandee is the attestation of the period that the form gives, if it gives one.
func periodeDemandee(form *httpx.Form) (modele, bool) {
	if !form.Values.Has("du") && !form.Values.Has("au") {
		return modele{}, false
	}
	du := form.Date("du", "Indiquez le premier jour de la période.")
	au := form.Date("au", "Indiquez le dernier jour de la période.")
	return modeleFrequentation(du, au), form.Err() == nil
}

// attestationPDF issues it, or asks for the period.
func (p Pages) attestationPDF(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	form := httpx.AskedForm(r.URL.Query(), agent.Aujourdhui())
	m, ok := periodeDemandee(form)
	if !ok {
		return p.attestationFrequentation(w, r, agent)
	}
	return p.certificat(w, r, agent, m)
}

// debut is the beginning of the present year, from which most attestations are asked for.
func (f frequentation) debut() time.Time {
	if e := f.present(); e != nil && e.DateAdmission != nil {
		return *e.DateAdmission
	}
	return ecole.AnneeDe(f.agent.Aujourdhui()).Debut()
}

// modeleFrequentation is the attestation of a period: the school says nothing of absences, which it does not keep.
func modeleFrequentation(du, au time.Time) modele {
	periode := "du " + date.Long(du) + " au " + date.Long(au)
	return modele{
		typ: document.AttestationFrequentation, titre: "Attestation de fréquentation", periode: periode, du: du, au: au,
		refus:  "Une attestation de fréquentation demande que l’élève ait été admis dans l’école.",
		lignes: func(attestation) []pdf.Row { return []pdf.Row{{Label: "Période", Value: []pdf.Span{pdf.B(periode)}}} },
		intro:  func(a attestation) string { return a.eleve() + " a fréquenté cette école " + periode + "." },
		fait:   func(attestation) string { return "Fréquentation " + periode },
		fin:    "Attestation remise à la famille pour servir et valoir ce que de droit.",
	}
}
