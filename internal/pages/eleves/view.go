package eleves

import (
	"context"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/web/ui"
)

// vue is a file as one role reads it.
type vue struct {
	dossierLu
	agent       habilitation.Agent
	path        string
	writes      bool // this agent holds the pen
	coordonnees bool // phones and mail are shown
	ine         string
	ineShown    bool
	partage     famille.Partage // who shares what the page changes
}

// view keeps of the file what the role may read: security.md §5.
func (p Pages) view(ctx context.Context, d dossierLu, agent habilitation.Agent) vue {
	v := vue{dossierLu: d, agent: agent, path: "/eleves/" + d.fiche.ID.String()}
	switch agent.Role {
	case habilitation.Mairie:
		v.writes = d.fiche.TenuPar == "mairie" && d.fiche.MairieInsee == agent.Commune
		// A resident schooled elsewhere is read for the list of the obligation d'instruction: no phone (R131-3).
		v.coordonnees = d.fiche.MairieInsee == agent.Commune
	case habilitation.Directeur:
		v.writes, v.coordonnees = true, true
	default:
		v.coordonnees = p.revealed(ctx, immatriculation.Coordonnees, d.fiche.ID)
	}
	v.writes = v.writes && !v.clos()
	v.ine, v.ineShown = p.number(ctx, d.fiche)
	return v
}

// number is the INE, masked unless this session has just said why it needs it.
func (p Pages) number(ctx context.Context, f fiche) (text string, shown bool) {
	if f.INE == "" {
		return "", false
	}
	if p.revealed(ctx, immatriculation.Numero, f.ID) {
		return f.INE, true
	}
	return immatriculation.INE(f.INE).Masque(), false
}

func (v vue) showsINE() bool { return v.agent.Can(habilitation.RevelerINE) }

// showsClasse: a mairie reads school and niveau, not the class.
func (v vue) showsClasse() bool { return v.agent.Role != habilitation.Mairie }

// fratriePage begins the entry of a brother or a sister; "" where the agent enters nobody, or does not know the family.
func (v vue) fratriePage() string {
	query := "?aine=" + v.fiche.ID.String()
	switch {
	case len(v.responsables) == 0:
		return ""
	case v.agent.Role == habilitation.Mairie && v.fiche.MairieInsee == v.agent.Commune:
		return "/inscriptions/nouvelle" + query
	case v.agent.Role == habilitation.Directeur:
		return "/admissions/nouvelle" + query
	}
	return ""
}

// lead says where the pupil is, in one line.
func (v vue) lead() string {
	e := v.present()
	if e == nil {
		if len(v.cursus) == 0 {
			return v.sansInscription()
		}
		e = &v.cursus[0]
	}
	parts := []string{e.situation(v.agent.Aujourdhui())}
	classe := v.showsClasse() && e.Classe != ""
	if e.Niveau != "" && !(classe && strings.HasPrefix(e.Classe, e.Niveau)) {
		parts = append(parts, e.Niveau)
	}
	if classe {
		parts = append(parts, "classe "+e.Classe)
	}
	if e.Ecole != "" {
		parts = append(parts, ecole.NomComplet(e.Ecole, e.Commune))
	}
	return strings.Join(parts, " · ")
}

// situation is the state as its users name it. One who stayed until the end of a year is no longer present in it.
func (e etape) situation(today time.Time) string {
	switch {
	case e.achevee(today):
		return "Année achevée"
	case e.Etat != "":
		return e.Etat.Situation(e.DateRadiation)
	}
	return e.Inscription.Label()
}

func (e etape) achevee(today time.Time) bool {
	return e.Etat == scolarite.AdmisDefinitif && ecole.Annee(e.Annee).Fin().Before(today)
}

func (e etape) kind(today time.Time) ui.Kind {
	switch {
	case e.achevee(today):
		return ui.Neutral
	case e.Etat == scolarite.AdmisDefinitif:
		return ui.Success
	case e.Etat == scolarite.AdmisAccepte || e.Inscription == inscription.Inscrit:
		return ui.Info
	default:
		return ui.Neutral
	}
}

// periode tells the dates of the line, those that are known.
func (e etape) periode() string {
	var parts []string
	if e.DateAdmission != nil {
		parts = append(parts, "admission le "+date.Court(*e.DateAdmission))
	} else if e.DateEffet != nil {
		parts = append(parts, "arrivée prévue le "+date.Court(*e.DateEffet))
	} else if e.DateInscription != nil {
		parts = append(parts, "inscription le "+date.Court(*e.DateInscription))
	}
	if e.DateRadiation != nil {
		parts = append(parts, "radiation le "+date.Court(*e.DateRadiation)+" ("+motif(e.MotifRadiation)+")")
	}
	if e.Destination != "" {
		parts = append(parts, "vers "+e.Destination)
	}
	return strings.Join(parts, ", ")
}

func motif(code string) string {
	return strings.ToLower(inscription.Libelle(scolarite.MotifsRadiation, code))
}

// identite is the first block.
func (v vue) identite() []ui.SummaryRow {
	f := v.fiche
	rows := []ui.SummaryRow{
		{Label: "Nom de famille", Value: f.NomFamille},
		{Label: "Prénoms", Value: strings.Join(strings.Fields(strings.Join([]string{f.Prenom, f.Prenom2, f.Prenom3}, " ")), " ")},
		{Label: "Sexe", Value: map[string]string{"F": "Fille", "M": "Garçon"}[f.Sexe]},
		{Label: "Naissance", Value: date.Long(f.DateNaissance) + ", " + f.lieuNaissance()},
	}
	if f.NomUsage != "" {
		rows = append(rows[:1], append([]ui.SummaryRow{{Label: "Nom d’usage", Value: f.NomUsage}}, rows[1:]...)...)
	}
	if v.showsINE() {
		rows = append(rows, v.ineRow())
	}
	return rows
}

// ineRow shows the number, masked, with the way to the whole of it; or where its attribution stands.
func (v vue) ineRow() ui.SummaryRow {
	row := ui.SummaryRow{Label: "INE"}
	switch {
	case v.ine == "" && v.fiche.INEEtat != "":
		row.Value, row.Href, row.Action = v.fiche.INEEtat.Label(), "/ine/"+v.fiche.ID.String(), "Suivre ce numéro"
	case v.ine == "":
		row.Content = ui.Tag(v.fiche.INEEtat.Label(), ui.Neutral)
	case v.ineShown:
		row.Content = ui.Masked(ui.MaskedProps{Value: v.ine})
	default:
		row.Content = ui.Masked(ui.MaskedProps{Value: v.ine, Href: v.path + "/ine", Action: "Afficher l’INE"})
	}
	return row
}

// facts is what is known of a responsable.
func (v vue) facts(r responsable) []ui.SummaryRow {
	name := ui.SummaryRow{Label: "Nom", Value: r.nom()}
	if v.writes {
		name.Href, name.Action = v.path+"/responsables/"+r.ID.String(), "Modifier"
	}
	rows := []ui.SummaryRow{name, {Label: "Autorité parentale", Value: ouiNon(r.AutoriteParentale)}, {Label: "Héberge l’enfant", Value: ouiNon(r.Heberge)}}
	if r.Fonction != "" {
		rows = append(rows, ui.SummaryRow{Label: "Fonction", Value: r.Fonction})
	}
	adresse := strings.Join(r.adresse(), ", ")
	if r.MemeAdresse {
		adresse = "Même adresse que l’élève"
	}
	rows = append(rows, ui.SummaryRow{Label: "Adresse", Value: r.dite(adresse)})
	if v.coordonnees {
		rows = append(rows, ui.SummaryRow{Label: "Téléphone", Value: strings.Join(r.telephones(), " · ")},
			ui.SummaryRow{Label: "Courriel", Value: r.Courriel})
	}
	if directeurSeul(v) {
		rows = append(rows, ui.SummaryRow{Label: "Associations de parents", Value: communication(r.Associations)})
	}
	return rows
}

// rang is the order in which the responsables are called, to those who set it.
func (v vue) rang(i int) []ui.SummaryRow {
	if !v.writes || len(v.responsables) < 2 {
		return nil
	}
	row := ui.SummaryRow{Label: "Ordre d’appel", Value: "En premier"}
	if i > 0 {
		row.Value, row.Content = "", ui.PostButton(ui.ButtonProps{
			Label: "Appeler avant", Action: v.path + "/responsables/" + v.responsables[i].ID.String() + "/avancer",
		})
	}
	return []ui.SummaryRow{row}
}

// communication says what a responsable has accepted: the answer is his, nobody's by default.
func communication(accepte bool) string {
	if accepte {
		return "Accepte que son nom et son adresse leur soient donnés"
	}
	return "N’a pas accepté d’être joint"
}
