package eleves

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

var (
	risques       = []box{{"responsabilite_civile", "Responsabilité civile"}, {"individuelle_accident", "Individuelle accident"}, {"attestation_fournie", "Attestation fournie"}}
	permissions   = []box{{"photo", "Peut être pris en photo"}, {"rentre_seul", "Rentre seul(e)"}}
	champsAssurer = append([]champ{{"assureur", "Compagnie", nil}, {"num_contrat", "Numéro de contrat", nil}},
		champsOf(slices.Concat(risques, permissions))...)
)

func readAutorisation(f *httpx.Form) dossier.Autorisation {
	return dossier.Autorisation{
		Assureur: f.Limited("assureur", maxNom), NumContrat: f.Limited("num_contrat", maxNom),
		ResponsabiliteCivile: ticked(f, "responsabilite_civile"), IndividuelleAccident: ticked(f, "individuelle_accident"),
		AttestationFournie: ticked(f, "attestation_fournie"), Photo: ticked(f, "photo"), RentreSeul: ticked(f, "rentre_seul"),
	}
}

func fillAutorisation(f *httpx.Form, a dossier.Autorisation) {
	f.Values.Set("assureur", a.Assureur)
	f.Values.Set("num_contrat", a.NumContrat)
	tick(f, map[string]bool{
		"responsabilite_civile": a.ResponsabiliteCivile, "individuelle_accident": a.IndividuelleAccident,
		"attestation_fournie": a.AttestationFournie, "photo": a.Photo, "rentre_seul": a.RentreSeul,
	})
}

// sectionAutorisation edits the insurance and the authorisations of a year.
func sectionAutorisation(annee ecole.Annee) section {
	return section{
		titre: "Assurance et autorisations " + annee.Libelle(), submit: "Enregistrer", champs: champsAssurer,
		fields: func(_ vue, f *httpx.Form) templ.Component { return autorisationFields(f) },
		writes: directeurSeul,
		load: func(f *httpx.Form, d dossierLu) (int, error) {
			for _, a := range d.fiche.Complements.Autorisations {
				if a.Annee == annee {
					fillAutorisation(f, a.domain())
					return a.Version, nil
				}
			}
			return 0, nil
		},
		normal: func(f *httpx.Form) *httpx.Form {
			n := httpx.NewForm(nil)
			fillAutorisation(n, readAutorisation(f))
			return n
		},
		save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
			a := readAutorisation(f)
			formulaire.Refuser(f, a.Valider(""))
			if err := f.Err(); err != nil {
				return err
			}
			return dossier.NoterAutorisation(ctx, tx, agent, id, annee, f.Version(), a)
		},
	}
}

// autorisation is what is recorded of a year, if anything is.
func (v vue) autorisation(a ecole.Annee) (autorisationAn, bool) {
	for _, x := range v.fiche.Complements.Autorisations {
		if x.Annee == a {
			return x, true
		}
	}
	return autorisationAn{}, false
}

// anneesAutorisation are the years that the section shows.
func (v vue) anneesAutorisation() []ecole.Annee {
	var recorded []ecole.Annee
	for _, a := range v.fiche.Complements.Autorisations {
		recorded = append(recorded, a.Annee)
	}
	return v.annees(recorded)
}

// assurance is the insurance and the authorisations of one year, in words.
func (a autorisationAn) assurance() []ui.SummaryRow {
	d := a.domain()
	contrat := d.Assureur
	if d.NumContrat != "" {
		contrat += ", contrat " + d.NumContrat
	}
	return []ui.SummaryRow{
		{Label: "Assurance", Value: contrat}, {Label: "Couvre", Value: capital(d.Couvre())},
		{Label: "Attestation fournie", Value: ouiNon(d.AttestationFournie)},
		{Label: "Peut être pris en photo", Value: ouiNon(d.Photo)}, {Label: "Rentre seul(e)", Value: ouiNon(d.RentreSeul)},
	}
}

func (p Pages) editAutorisation(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.edit(w, r, agent, sectionAutorisation(anneeAsked(r, agent)))
}

func (p Pages) submitAutorisation(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.submit(w, r, agent, sectionAutorisation(anneeAsked(r, agent)))
}
