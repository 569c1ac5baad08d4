package registre

import (
	"net/http"
	"strconv"
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is one line of the register, with the school that keeps it.
type fiche struct {
	ligne
	ecole.EnTete
}

const ficheSQL = `
	select r.id, r.numero, r.nom_famille, r.nom_usage, r.prenom, r.sexe, r.date_naissance, r.entree, r.niveau_entree, r.provenance,
		r.sortie, r.niveau_sortie, r.motif_sortie, r.destination, 0 as total, ` + ecole.EnTeteColonnes + `
	from registre r join ecole e on e.uai = r.ecole_uai join commune c on c.insee = e.commune_insee where r.id = $1`

// lire reads a line and leaves the line of the journal that says why.
func (p Pages) lire(r *http.Request, agent habilitation.Agent, acte journal.Acte) (f fiche, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return f, err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, acte, "registre", id)
		territoire.Une(l, &f, ficheSQL, id)
	})
	return f, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.lire(r, agent, journal.Consulter)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(f, agent))
}

func (f fiche) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Numéro d’entrée", Value: strconv.Itoa(f.Numero)},
		{Label: "École", Value: f.NomComplet()},
		{Label: "Naissance", Value: date.Long(f.DateNaissance)},
		{Label: "Entré le", Value: date.Long(f.Entree) + ", en " + f.NiveauEntree},
		{Label: "Venu de", Value: f.Provenance},
	}
	if f.Sortie == nil {
		return append(rows, ui.SummaryRow{Label: "Dernier niveau", Value: f.NiveauSortie})
	}
	return append(rows, ui.SummaryRow{Label: "Sorti le", Value: date.Long(*f.Sortie) + ", après le " + f.NiveauSortie},
		ui.SummaryRow{Label: "Motif", Value: f.motif()}, ui.SummaryRow{Label: "Destination", Value: f.Destination})
}

func (p Pages) certificatScolarite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.certifier(w, r, agent, "Certificat de scolarité", false)
}

func (p Pages) certificatRadiation(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.certifier(w, r, agent, "Certificat de radiation", true)
}

// certifier prints what the register says of a pupil, whose file may have gone or be purged.
func (p Pages) certifier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, title string, sorti bool) error {
	f, err := p.lire(r, agent, journal.Editer)
	if err != nil {
		return err
	}
	if sorti && f.Sortie == nil {
		return refusal.InConflict("Cet élève n’est pas sorti du registre\u00a0: son certificat se demande depuis son dossier.")
	}
	file, err := f.print(title, agent)
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", strings.ToLower(strings.ReplaceAll(title, " de ", "-"))+".pdf", file)
}

// print lays the certificate out. Its number is that of the register.
func (f fiche) print(title string, agent habilitation.Agent) ([]byte, error) {
	name := f.NomComplet()
	le := date.Long(agent.Aujourdhui())
	doc := pdf.New(pdf.Options{Title: title, Author: name, Date: agent.Aujourdhui()})
	doc.Begin(pdf.Footer{Number: strconv.Itoa(f.Numero) + " du registre", Date: le})
	doc.Header(pdf.Header{Issuer: f.EnTete.Lignes()})
	doc.Title(title, "Extrait du registre des élèves inscrits")
	doc.Paragraph(pdf.T("Je soussigné(e), "), pdf.B(agent.Nom), pdf.T(", directeur ou directrice de l’école, certifie que "+f.phrase()))
	doc.Rows(f.papier())
	doc.Paragraph(pdf.T("Certificat remis à la personne qui le demande, pour servir et valoir ce que de droit."))
	doc.Signature(pdf.Signature{
		Place: "Fait à " + f.Commune + ", le " + le, Role: "Direction de l’école", Name: agent.Nom, Stamp: "Cachet de l’école",
	})
	return doc.Bytes()
}

func (f fiche) phrase() string {
	if f.Sortie == nil {
		return "l’élève ci-dessous figure au registre de cette école depuis le " + date.Long(f.Entree) + "."
	}
	return "l’élève ci-dessous a figuré au registre de cette école du " + date.Long(f.Entree) + " au " + date.Long(f.Sortie.AddDate(0, 0, -1)) + "."
}

// papier are the rows of the certificate, those that say something.
func (f fiche) papier() []pdf.Row {
	rows := []pdf.Row{{Label: "Nom de famille", Value: []pdf.Span{pdf.B(f.NomFamille)}}, {Label: "Prénom", Value: []pdf.Span{pdf.B(f.Prenom)}}}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, pdf.R(label, value))
		}
	}
	add("Nom d’usage", f.NomUsage)
	add("Date de naissance", date.Long(f.DateNaissance))
	add("Numéro d’entrée", strconv.Itoa(f.Numero))
	add("Niveau à l’entrée", niveau(f.NiveauEntree))
	add("Dernier niveau", niveau(f.NiveauSortie))
	if f.Sortie != nil {
		add("Radiation à compter du", date.Long(*f.Sortie))
		add("Motif", f.motif())
		add("Destination", f.Destination)
	}
	return rows
}

func niveau(n string) string { return n + " – " + ecole.Niveau(n).Libelle() }
