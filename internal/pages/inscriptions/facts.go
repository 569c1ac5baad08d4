package inscriptions

import (
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/web/ui"
)

// facts is the inscription in a summary.
func (d detail) facts() []ui.SummaryRow {
	a := d.acte
	rows := []ui.SummaryRow{
		{Label: "État", Content: ui.Tag(d.etat(), tone(a.Etat, a.EtatScolarite))},
		{Label: "Année scolaire", Value: a.Annee.Libelle()},
		{Label: "École", Value: d.ecole()},
		{Label: "Niveau", Value: a.Niveau.Libelle()},
	}
	if d.ici { // why another mairie has granted it is its own business
		rows = append(rows, ui.SummaryRow{Label: "Dérogation", Value: derogation(a.Derogation)})
	}
	if a.MotifAnnulation != "" {
		rows = append(rows, ui.SummaryRow{Label: "Motif de l’annulation", Value: inscription.Libelle(inscription.MotifsAnnulation, a.MotifAnnulation)})
	}
	return rows
}

func derogation(code string) string {
	if code == "" {
		return "Aucune"
	}
	return inscription.Libelle(inscription.Derogations, code)
}

// histoire tells what happened, in one line.
func (d detail) histoire() string {
	steps := []string{"demande le " + date.Court(d.acte.DateDemande)}
	add := func(what string, le *time.Time) {
		if le != nil {
			steps = append(steps, what+" le "+date.Court(*le))
		}
	}
	add("inscription", d.acte.DateInscription)
	if d.acte.EtatScolarite == scolarite.Admissible {
		steps = append(steps, "admission remise à plus tard")
	}
	add("admission acceptée à effet", d.acte.DateEffet)
	add("admission définitive", d.acte.DateAdmission)
	add("radiation", d.acte.DateRadiation)
	if d.acte.MotifAnnulation != "" {
		steps = append(steps, "annulation")
	}
	line := strings.Join(steps, ", ")
	return strings.ToUpper(line[:1]) + line[1:] + "."
}

// etatCivil is the child in a summary.
func (d detail) etatCivil() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Nom de famille", Value: d.acte.NomFamille},
		{Label: "Prénoms", Value: d.prenoms()},
		{Label: eleve.Accord(d.acte.Sexe, "Né le", "Née le"), Value: d.naissance()},
	}
	if d.acte.NomUsage != "" {
		rows = append(rows, ui.SummaryRow{Label: "Nom d’usage", Value: d.acte.NomUsage})
	}
	if a := d.adresse(); a != "" {
		rows = append(rows, ui.SummaryRow{Label: "Adresse", Value: a})
	}
	for _, r := range d.responsables {
		rows = append(rows, ui.SummaryRow{Label: r.qualite(), Value: r.nom()})
	}
	return rows
}

func (d detail) href() string { return pathListe + "/" + d.acte.ID.String() }

// certificatHref asks for the certificate of this year: a child may be inscrit for two.
func (d detail) certificatHref() string {
	return "/eleves/" + d.acte.EleveID.String() + "/certificat-inscription.pdf?annee=" + strconv.Itoa(int(d.acte.Annee))
}

func (d detail) dossierLabel() string {
	if d.corrigeable() {
		return "Corriger la fiche"
	}
	return "Ouvrir le dossier"
}
