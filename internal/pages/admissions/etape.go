package admissions

import (
	"strconv"
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/web/ui"
)

// etapes are the steps of an arrival, as the directeur counts them.
var etapes = []string{"Inscrit", "Admission acceptée", "Présent"}

// etape is where the child stands among them.
func (v *vue) etape() int {
	switch v.Etat {
	case scolarite.AdmisAccepte:
		return 1
	case scolarite.AdmisDefinitif, scolarite.Radie:
		return 2
	}
	return 0
}

// close tells that nothing more is to be decided here.
func (v *vue) close() bool { return v.situation() != "" }

// situation says why nothing more is to be decided; "" while something is.
func (v *vue) situation() string {
	switch {
	case v.Etat == scolarite.Radie:
		return "Cet élève a été radié le " + date.CourtOuRien(v.DateRadiation) + "."
	case v.Etat == scolarite.AdmisDefinitif:
		return "Cet élève est présent dans l’école depuis le " + date.CourtOuRien(v.DateAdmission) + "."
	case v.Inscription == inscription.Annulee || v.Inscription == inscription.Refusee:
		motif := inscription.Libelle(inscription.MotifsAnnulation, v.MotifAnnulation)
		return "Cet enfant ne viendra pas\u00a0: " + strings.ToLower(motif) + "."
	}
	return ""
}

// attendu tells that the child is to come on a day that has come.
func (v *vue) attendu() bool {
	return v.Etat == scolarite.AdmisAccepte && !v.DateEffet.After(v.today)
}

// effet is the day from which the child is expected.
func (v *vue) effet() string { return date.CourtOuRien(v.DateEffet) }

func (v *vue) version() string { return strconv.Itoa(v.Version) }

// deplie shows the rarer decisions when one of them was refused.
func (v *vue) deplie() bool {
	a := acte(v.form.Text("acte"))
	return len(v.form.Errors()) > 0 && a != accepter && a != admettre
}

// lead is where the child stands, in one line.
func (v *vue) lead() string {
	parts := []string{"Né", "le " + date.Court(v.DateNaissance)}
	if v.Sexe == "F" {
		parts[0] = "Née"
	}
	return strings.Join(parts, " ") + " · " + v.Annee.Libelle()
}

// identite is the first block: what the line of the register says, and what the file adds.
func (v *vue) identite() []ui.SummaryRow {
	prenoms, naissance := v.Prenom, date.Long(v.DateNaissance)
	if d := v.dossier; d != nil {
		prenoms = joindre(" ", v.Prenom, d.Prenom2, d.Prenom3)
		naissance += ", " + d.lieuNaissance()
	}
	rows := []ui.SummaryRow{{Label: "Nom de famille", Value: v.NomFamille}}
	if v.NomUsage != "" {
		rows = append(rows, ui.SummaryRow{Label: "Nom d’usage", Value: v.NomUsage})
	}
	rows = append(rows,
		ui.SummaryRow{Label: "Prénoms", Value: prenoms},
		ui.SummaryRow{Label: "Sexe", Value: map[string]string{"F": "Fille", "M": "Garçon"}[v.Sexe]},
		ui.SummaryRow{Label: "Naissance", Value: naissance})
	if v.dossier == nil {
		return rows
	}
	rows = append(rows, ui.SummaryRow{Label: "Adresse", Value: v.dossier.adresse()})
	for _, r := range v.responsables {
		rows = append(rows, r.fact())
	}
	return rows
}

// suivi is what was asked and what was answered so far.
func (v *vue) suivi() []ui.SummaryRow {
	par := "par la mairie"
	if v.SaisiePar == "ecole" {
		par = "par l’école"
	}
	rows := []ui.SummaryRow{{Label: "Inscription", Value: "le " + date.CourtOuRien(v.DateInscription) + ", " + par}}
	if v.NiveauDemande != "" {
		rows = append(rows, ui.SummaryRow{Label: "Niveau demandé", Value: v.NiveauDemande})
	}
	if v.DateEffet != nil {
		rows = append(rows, ui.SummaryRow{Label: "Admission acceptée", Value: v.Niveau + ", à compter du " + date.Court(*v.DateEffet)})
	}
	if v.DateAdmission != nil {
		rows = append(rows, ui.SummaryRow{Label: "Admission définitive", Value: "le " + date.Court(*v.DateAdmission)})
	}
	return rows
}

// etat is the state as its users name it.
func (v *vue) etat() string {
	if v.Etat != "" {
		return v.Etat.Label()
	}
	return v.Inscription.Label()
}

// differences sets what is recorded now beside what was decided without knowing it.
func (v *vue) differences() ui.ConflictProps {
	c := ui.ConflictProps{At: date.Court(v.today)}
	if d := v.derniere; d != nil {
		c.By, c.At = d.Role.Label(), date.Heure(d.Le)
	}
	mine := readDecision(v.form, acte(v.form.Text("acte")))
	c.Rows = append(c.Rows, ui.ConflictRow{Label: "Situation", Theirs: v.etat(), Mine: intentions[mine.acte]})
	if mine.acte == accepter {
		c.Rows = append(c.Rows,
			ui.ConflictRow{Label: "Niveau", Theirs: joindre("", v.Niveau, v.demande()), Mine: string(mine.niveau)},
			ui.ConflictRow{Label: "Date d’effet", Theirs: date.CourtOuRien(v.DateEffet), Mine: v.form.Text("date_effet")})
	}
	return c
}

// demande is the niveau asked for, as long as none is accepted.
func (v *vue) demande() string {
	if v.Niveau != "" {
		return ""
	}
	return v.NiveauDemande
}

// intentions are the acts as one who wanted to do them says.
var intentions = map[acte]string{
	accepter: "Accepter l’admission", reporter: "Mettre en admissibilité", admettre: "Admettre définitivement",
	retirer: "Retirer l’acceptation", abandonner: "Ne viendra pas",
}
