package reprise

import (
	"fmt"
	"strings"
)

// table is how the lines of an operation are written in one of the tables, and taken back. The lines hold rows as JSON,
// which PostgreSQL reads itself: an import of a school is a few statements, whatever its size.
type table struct {
	nom         string
	cle         string   // joins the row c to the line l of the operation o
	colonnes    []string // of a row added
	modifiables []string
	sansVersion bool
}

const parID = "c.id = l.objet_id"

// tables are in the order in which they are written.
var tables = []table{
	{nom: "classe", cle: parID, colonnes: strings.Fields("id ecole_uai annee libelle_court libelle_long enseignant salle")},
	{nom: "classe_niveau", colonnes: strings.Fields("classe_id ecole_uai niveau")},
	{nom: "adresse", cle: parID, colonnes: strings.Fields("id complement voie lieu_dit code_postal commune_insee commune pays")},
	{nom: "eleve", cle: parID, colonnes: strings.Fields("id ecole_uai tenu_par etat nom_famille nom_usage prenom prenom2 prenom3 " +
		"sexe date_naissance ne_etranger commune_naissance_insee adresse_id adresse2_id cree_le"),
		modifiables: strings.Fields("nom_usage prenom2 prenom3 ne_etranger commune_naissance_insee adresse_id adresse2_id")},
	{nom: "scolarite", cle: parID, colonnes: strings.Fields("id eleve_id ecole_uai annee fin_annee etat niveau classe_id date_effet date_admission"),
		modifiables: strings.Fields("niveau classe_id")},
	{nom: "affectation", cle: parID, colonnes: strings.Fields("id scolarite_id ecole_uai classe_id debut"),
		modifiables: []string{"fin"}, sansVersion: true},
	{nom: "autorisation", cle: "c.eleve_id = l.objet_id and c.annee = o.annee",
		colonnes: strings.Fields("eleve_id annee assureur num_contrat responsabilite_civile individuelle_accident " +
			"attestation_fournie photo rentre_seul"),
		modifiables: strings.Fields("attestation_fournie photo")},
	{nom: "responsable", cle: parID, colonnes: strings.Fields("id nature civilite nom_famille nom_usage prenom organisme fonction " +
		"adresse_id tel_domicile tel_travail tel_portable courriel"),
		modifiables: strings.Fields("civilite nom_usage adresse_id tel_domicile tel_travail tel_portable courriel")},
	{nom: "lien_responsable", cle: "c.eleve_id = l.eleve_id and c.responsable_id = l.objet_id",
		colonnes:    strings.Fields("eleve_id responsable_id lien autorite_parentale rang heberge associations"),
		modifiables: strings.Fields("lien autorite_parentale associations")},
}

// insertion adds the rows that the operation $1 has planned.
func (t table) insertion() string {
	columns := strings.Join(t.colonnes, ", ")
	return fmt.Sprintf(`insert into %[1]s (%[2]s)
		select n.%[3]s from operation_ligne l, jsonb_populate_record(null::%[1]s, l.apres) n
		where l.operation_id = $1 and l.objet = '%[1]s' and l.operation = 'ajout' order by l.rang`,
		t.nom, columns, strings.Join(t.colonnes, ", n."))
}

// modification writes the columns that change; restauration writes back those that nobody has changed since.
func (t table) modification() string { return t.ecriture(`l.apres`) }

func (t table) restauration() string {
	return t.ecriture(`(select coalesce(jsonb_object_agg(k, l.avant -> k), '{}')
		from jsonb_object_keys(l.apres) k where k <> all (l.conserves))`)
}

func (t table) ecriture(values string) string {
	set := make([]string, len(t.modifiables))
	for i, column := range t.modifiables {
		set[i] = column + " = n." + column
	}
	if !t.sansVersion {
		set = append(set, "version = t.version + 1")
	}
	return fmt.Sprintf(`update %[1]s t set %[2]s
		from operation_ligne l join operation o on o.id = l.operation_id join %[1]s c on %[3]s
			cross join lateral jsonb_populate_record(c, %[4]s) n
		where l.operation_id = $1 and l.objet = '%[1]s' and l.operation = 'modification' and l.conserves <> '{tout}' and %[5]s`,
		t.nom, strings.Join(set, ", "), t.cle, values, t.memeLigne())
}

// memeLigne joins the row written to the row read.
func (t table) memeLigne() string {
	switch t.nom {
	case "autorisation":
		return "t.eleve_id = c.eleve_id and t.annee = c.annee"
	case "lien_responsable":
		return "t.eleve_id = c.eleve_id and t.responsable_id = c.responsable_id"
	}
	return "t.id = c.id"
}

// conservation notes the columns that somebody has changed since.
func (t table) conservation() string {
	return fmt.Sprintf(`update operation_ligne u set conserves = d.cles
		from (select l.rang, array_agg(k) as cles
			from operation_ligne l join operation o on o.id = l.operation_id join %[1]s c on %[2]s
				cross join lateral jsonb_object_keys(l.apres) k
			where l.operation_id = $1 and l.objet = '%[1]s' and l.operation = 'modification'
				and to_jsonb(c) -> k is distinct from l.apres -> k
			group by l.rang) d
		where u.operation_id = $1 and u.rang = d.rang`, t.nom, t.cle)
}
