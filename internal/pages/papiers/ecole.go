package papiers

import (
	"fmt"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// etablissement is the school that prints.
type etablissement struct {
	ecole.EnTete
	Type            ecole.Type
	Secteur         ecole.Secteur
	Directeur       string
	Circonscription string
	Classes         []classe // of the year, to choose from
}

const ecoleSQL = `
	select ` + ecole.EnTeteColonnes + `, e.type, e.secteur, e.directeur,
		coalesce(k.nom, '') as circonscription,
		coalesce((select json_agg(json_build_object('id', id, 'libelle', libelle_court) order by libelle_court)
			from classe where ecole_uai = e.uai and annee = $2), '[]') as classes
	from ecole e join commune c on c.insee = e.commune_insee left join circonscription k on k.uai = e.circonscription_uai
	where e.uai = $1`

func (e etablissement) enTete(droite ...string) papier.EnTete {
	lines := e.Postale()
	if e.Telephone != "" {
		lines = append(lines, "Tél.\u00a0"+e.Telephone)
	}
	return papier.EnTete{Issuer: lines, Right: droite}
}

// effectif is a class with how many pupils it has.
type effectif struct {
	Classe     string
	Enseignant string
	Salle      string
	Niveaux    string
	Eleves     int
	Filles     int
}

const effectifsSQL = `
	select k.libelle_court as classe, k.enseignant, k.salle,
		(select string_agg(niveau, ', ' order by array_position($4::text[], niveau)) from classe_niveau where classe_id = k.id) as niveaux,
		count(s.id) as eleves, count(s.id) filter (where s.sexe = 'F') as filles
	from classe k left join scolarite s on s.classe_id = k.id and s.etat = $3 and s.ecole_uai = $1
	where k.ecole_uai = $1 and k.annee = $2 group by k.id order by k.libelle_court`

// ficheEcole is what an office asks of a school on one sheet: who, where, and how many in each class.
func ficheEcole(e etablissement, classes []effectif, annee ecole.Annee, agent habilitation.Agent) papier.Papier {
	table := papier.Tableau{Columns: []pdf.Column{
		{Title: "Classe", Bold: true}, {Title: "Niveaux"}, {Title: "Enseignant"}, {Title: "Salle"}, {Title: "Élèves", Align: pdf.Right},
		{Title: "Filles", Align: pdf.Right}, {Title: "Garçons", Align: pdf.Right},
	}, Empty: "Aucune classe n’est ouverte cette année."}
	total, filles := 0, 0
	var rows [][]string
	for _, c := range classes {
		total, filles = total+c.Eleves, filles+c.Filles
		rows = append(rows, []string{c.Classe, c.Niveaux, c.Enseignant, c.Salle, fmt.Sprint(c.Eleves), fmt.Sprint(c.Filles), fmt.Sprint(c.Eleves - c.Filles)})
	}
	if len(rows) > 0 {
		rows = append(rows, []string{"Total", "", "", "", fmt.Sprint(total), fmt.Sprint(filles), fmt.Sprint(total - filles)})
	}
	table.Groups = []pdf.Group{{Rows: rows}}
	le := date.Long(agent.Aujourdhui())
	return papier.Papier{Compact: true, Pieces: []papier.Piece{{
		Pied: pdf.Footer{Date: le},
		Blocs: []papier.Bloc{
			e.enTete("UAI\u00a0: " + e.UAI),
			papier.Titre{Titre: "Fiche de l’école", Sous: []string{"Année scolaire " + annee.Libelle()}},
			papier.Lignes(connues(
				pdf.R("Type", e.Type.Libelle()), pdf.R("Secteur", e.Secteur.Libelle()), pdf.R("Circonscription", e.Circonscription),
				pdf.R("Direction", e.Directeur), pdf.R("Courriel", e.Courriel), pdf.R("Téléphone", e.Telephone),
				pdf.R("Classes", ui.Count(len(classes))), pdf.R("Élèves présents", ui.Count(total)))),
			papier.Intertitre("Classes"), table,
		},
	}}}
}

// connues leaves out the facts that have nothing to say.
func connues(rows ...pdf.Row) []pdf.Row {
	var known []pdf.Row
	for _, r := range rows {
		if len(r.Value) != 1 || r.Value[0].Text != "" {
			known = append(known, r)
		}
	}
	return known
}
