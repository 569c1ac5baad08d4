package liste

import (
	"slices"
	"strings"
)

// jointures are the tables that columns, filters and orders may need beside the line s. An address that is protected is
// read by none of them: no list opens it (territoire.Portee.AvecProtegees).
var jointures = []struct{ code, sql string }{
	{"e", `left join eleve e on e.id = s.eleve_id`},
	{"a", `left join adresse a on a.id = e.adresse_id`},
	{"ar", `left join adresse a on a.id = s.adresse_id`},
	{"k", `left join classe k on k.id = s.classe_id`},
	{"ec", `left join ecole ec on ec.uai = s.ecole_uai left join commune ecc on ecc.insee = ec.commune_insee`},
	{"i", `left join inscription i on i.id = s.inscription_id`},
	{"p", `left join passage p on p.scolarite_id = s.id`},
	{"m", `left join immatriculation m on m.eleve_id = s.eleve_id`},
	{"v", `left join periscolaire v on v.eleve_id = s.eleve_id and v.annee = s.annee`},
	{"t", `left join autorisation t on t.eleve_id = s.eleve_id and t.annee = s.annee`},
	{"r1", responsableSQL("r1", 0)},
	{"r2", responsableSQL("r2", 1)},
}

// joindre writes the joins that are needed, each once and those it stands on before it.
func joindre(besoins []string) string {
	if slices.Contains(besoins, "a") {
		besoins = append(slices.Clone(besoins), "e")
	}
	var b strings.Builder
	for _, j := range jointures {
		if slices.Contains(besoins, j.code) {
			b.WriteString("\n\t" + j.sql)
		}
	}
	return b.String()
}

// responsableSQL is the responsable of a rank among those of the pupil.
func responsableSQL(alias string, rang int) string {
	return `left join lateral (select r.*, l.lien from lien_responsable l join responsable r on r.id = l.responsable_id
		where l.eleve_id = s.eleve_id order by l.rang limit 1 offset ` + string(rune('0'+rang)) + `) ` + alias + ` on true`
}

// adresseSQL is an address on one line.
const adresseSQL = `concat_ws(', ', nullif(a.complement, ''), nullif(a.voie, ''), nullif(a.lieu_dit, ''),
	nullif(concat_ws(' ', nullif(a.code_postal, ''), a.commune), ''), nullif(nullif(a.pays, ''), 'France'))`

// nomSQL is a person, or an organisation, as one writes to it.
func nomSQL(r string) string {
	return strings.ReplaceAll(`case R.nature when 'organisme' then R.organisme
		else concat_ws(' ', nullif(R.civilite, ''), upper(coalesce(nullif(R.nom_usage, ''), R.nom_famille)), R.prenom) end`, "R.", r+".")
}

// telSQL is the telephones of a person, the one he carries first.
func telSQL(r string) string {
	return strings.ReplaceAll(`concat_ws(' · ', nullif(R.tel_portable, ''), nullif(R.tel_domicile, ''), nullif(R.tel_travail, ''))`, "R.", r+".")
}

// ici keeps a value to the pupils of one's own schools: of the children who only live in its commune, a mairie reads
// neither telephones nor périscolaire (security.md §5, MAI-R).
func ici(sql string) string { return `case when s.ici then ` + sql + ` end` }

// personnesSQL names the people of a pupil who have a box ticked, with their telephones or not.
func personnesSQL(boite string, telephones bool) string {
	said := `concat_ws(' ', upper(c.nom_famille), c.prenom)`
	if telephones {
		said = `concat_ws(' ', upper(c.nom_famille), nullif(c.prenom, ''), ` + telSQL("c") + `)`
	}
	return `(select string_agg(` + said + `, ', ' order by c.rang) from personne_autorisee c where c.eleve_id = s.eleve_id and c.` + boite + `)`
}

func ouiSQL(condition string) string { return `case when ` + condition + ` then 'Oui' end` }

func ouiNonSQL(condition string) string {
	return `case when ` + condition + ` then 'Oui' else 'Non' end`
}

// contient tells whether a list of codes, separated by commas, has one of them.
func contient(codes, code string) bool { return slices.Contains(strings.Split(codes, ","), code) }
