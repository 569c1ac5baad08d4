package inscriptions

import (
	"net/http"
	"strings"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// export gives the whole list, as filtered and sorted, in a file. That it left is noted in the journal.
func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCriteria(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "inscription"})
	})
	if err != nil {
		return err
	}
	return p.Export(w, r, agent, "inscriptions-"+c.annee.Libelle(), all.table(agent, c))
}

func (all liste) table(agent habilitation.Agent, c criteria) tableau.Table {
	t := tableau.Table{
		Title: "Inscriptions " + c.annee.Libelle(), Issuer: agent.Territoire, Made: agent.Maintenant,
		Details: all.details(c), Empty: c.empty().Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Sexe", "Né(e) le", "Niveau", "École",
			"Commune", "Demandé le", "Inscrit(e) le", "État", "Dérogation"),
	}
	for _, l := range all.lignes {
		t.Eleves = append(t.Eleves, l.EleveID)
		row := []any{
			l.NomFamille, l.NomUsage, l.Prenom, string(l.Sexe), l.DateNaissance, string(l.Niveau), l.EcoleNom,
			l.CommuneNom, l.DateDemande, "", etat(l.Etat, l.EtatScolarite), l.derogation(agent.Commune),
		}
		if l.DateInscription != nil {
			row[9] = *l.DateInscription
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// derogation says that there is one. Its motive, which may be of health, does not leave in a file; what another mairie
// has granted is not said at all.
func (l ligne) derogation(commune string) string {
	if l.Derogation == "" || l.CommuneInsee != commune {
		return ""
	}
	return "Oui"
}

// details say on paper what the list was narrowed to, and how long it is.
func (all liste) details(c criteria) []string {
	var criteres []string
	for _, e := range all.ecoles {
		if e.UAI == c.ecole {
			criteres = append(criteres, e.Nom)
		}
	}
	if c.etat != "" {
		criteres = append(criteres, "état\u00a0: "+etatLabel(c.etat))
	}
	switch c.lieu {
	case lieuCommune:
		criteres = append(criteres, "dans la commune")
	case lieuAilleurs:
		criteres = append(criteres, "hors commune")
	}
	if c.nom != "" {
		criteres = append(criteres, "«\u00a0"+c.nom+"\u00a0»")
	}
	nombre := ui.Plural(len(all.lignes), "inscription", "inscriptions")
	return []string{strings.Join(append([]string{nombre}, criteres...), ", ")}
}
