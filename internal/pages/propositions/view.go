package propositions

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/web/ui"
)

func crumbsEleve(f fiche) ui.PageOption {
	return ui.Crumbs(ui.Crumb{Label: "Élèves", Href: "/eleves"},
		ui.Crumb{Label: f.dossier.Nom(), Href: "/eleves/" + f.dossier.Eleve.String()})
}

// parties are the parts of the file that may be corrected, each with the way to its form.
func (f fiche) parties() []ui.SummaryRow {
	base := pathProposer(f.dossier.Eleve)
	i := f.dossier.Identite()
	rows := []ui.SummaryRow{{Label: "Identité", Value: i.NomFamille + " " + i.Prenom, Href: base + "/identite", Action: "Corriger"}}
	if f.stricte {
		return rows
	}
	if _, seen := f.dossier.Domicile(f.dossier.Eleve); seen {
		rows = append(rows, ui.SummaryRow{Label: "Adresse", Value: f.domicile(), Href: base + "/adresse", Action: "Corriger"})
	}
	for _, id := range f.personnes {
		if r, ok := f.dossier.Responsable(id); ok {
			rows = append(rows, ui.SummaryRow{Label: r.Lien.Label(), Value: r.NomComplet(), Href: base + "/responsables/" + id.String(), Action: "Corriger"})
		}
	}
	return rows
}

func (f fiche) domicile() string {
	a, _ := f.dossier.Domicile(f.dossier.Eleve)
	if a.Voie == "" {
		return a.LieuDit + ", " + a.Commune
	}
	return a.Voie + ", " + a.Commune
}

func intro(agent habilitation.Agent) string {
	if agent.Role == habilitation.Mairie {
		return "Ce que vous avez proposé de corriger dans les dossiers que les écoles tiennent, et ce qu’elles en ont décidé."
	}
	return "Ce que la mairie propose de corriger dans vos dossiers\u00a0: acceptez ou refusez, rubrique par rubrique."
}
