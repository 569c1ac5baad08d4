package qualite

import (
	"strings"

	"base-eleves/internal/domain/habilitation"
)

// famille is where the lines of a rule are looked for. In all of them $1 is the school year, $2 the day, and t the
// school or the commune that is looked at, by its code t.lieu: one row for a directeur, the schools shown for an
// inspection. All start from an index on that code.
type famille int

const (
	presents famille = iota
	inscrits
	attendus
	classes
	doublesResponsables
	radies
	inscritsMairie
	fichesMairie
	residents
)

// entourage says what is known of the responsables of a pupil.
const entourage = ` cross join lateral (
		select coalesce(bool_or(l.autorite_parentale), false) as autorite,
			coalesce(bool_or(r.tel_domicile || r.tel_travail || r.tel_portable <> ''), false) as telephone,
			(array_agg(l.responsable_id order by l.rang))[1] as premier
		from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = `

const (
	// One that is not seen is a protected address, not a missing one.
	sansAdresse = `exists (select from eleve x where x.id = p.eleve_id and (x.adresse_id is null
		or exists (select from adresse a where a.id = x.adresse_id and a.voie = '' and a.lieu_dit = '')))`
	sansLieuDeNaissance = `exists (select from eleve x where x.id = p.eleve_id and not x.ne_etranger and x.commune_naissance_insee is null)`
	sansPassage         = `$2::date >= make_date($1 + 1, 5, 1) and not exists (select from passage d where d.scolarite_id = p.id)`
	sansAttestation     = `not exists (select from autorisation o where o.eleve_id = p.eleve_id and o.annee = p.annee and o.attestation_fournie)`
	sansNumero          = `not exists (select from immatriculation n where n.eleve_id = p.eleve_id
		and (n.ine is not null or n.etat <> 'en_attente' or n.demande_le >= $2::date - 7))`
	numeroBloque = `exists (select from immatriculation n where n.eleve_id = p.eleve_id
		and (n.etat in ('bloque_doublon', 'en_erreur', 'litige') or n.etat = 'en_verification' and n.raison <> ''))`
	// A child of TPS is two in the year, one of PS three… (ecole.Niveau.Age).
	loinDeLAge = `abs($1 - extract(year from p.date_naissance)::int
		- array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], p.niveau) - 1) > 2`
	enDouble = `exists (select from scolarite o where o.ecole_uai = p.ecole_uai and o.annee = p.annee and o.cle_nom = p.cle_nom
		and o.etat in ('admissible', 'admis_accepte', 'admis_definitif') and o.eleve_id <> p.eleve_id
		and o.date_naissance = p.date_naissance and o.sexe = p.sexe)`
)

// doublesSQL are the people entered twice: the same name, and the same telephone, mail or home. They are counted by what
// they share, for comparing each with each grows with the square of the school; names last, their key is dear.
const doublesSQL = ` from (
	with d as (
		select distinct on (r.id) r.id, r.nom_famille, r.nom_usage, r.prenom, r.tel_portable, r.courriel, r.adresse_id,
			p.eleve_id, p.niveau, p.classe_id
		from scolarite p join lien_responsable l on l.eleve_id = p.eleve_id join responsable r on r.id = l.responsable_id
		where p.ecole_uai = t.lieu and p.annee = $1 and p.etat = 'admis_definitif' and r.nature = 'personne'),
	signe as (
		select id, nom_famille || ' ' || prenom as nom, 'tel ' || tel_portable as signe from d where tel_portable <> ''
		union all select id, nom_famille || ' ' || prenom, 'courriel ' || courriel from d where courriel <> ''
		union all select id, nom_famille || ' ' || prenom, adresse_id::text from d where adresse_id is not null),
	partage as (select id, nom, signe, count(*) over (partition by signe) as ensemble from signe),
	meme as (
		select id, count(*) over (partition by signe, cle_nom(nom)) as ensemble from partage where ensemble > 1)
	select d.* from d where id = any (array(select id from meme where ensemble > 1))) r
	where true`

// source is the rest of the query of a family, and the columns of its lines. cle is what the repair is about; autre, a
// second key it needs.
type source struct{ de, colonnes string }

// eleve are the columns of a line that names a pupil by its line of the register.
const nomme = `nom_famille, p.nom_usage, p.prenom, p.cle_nom as tri, coalesce(p.niveau, '') as niveau, `

var sources = map[famille]source{
	presents: {
		` from scolarite p` + entourage + `p.eleve_id) j where p.ecole_uai = t.lieu and p.annee = $1 and p.etat = 'admis_definitif'`,
		`p.eleve_id as cle, j.premier as autre, p.` + nomme + `coalesce((select libelle_court from classe where id = p.classe_id), '') as classe,
			p.date_admission as le`,
	},
	inscrits: {
		` from inscription p where p.ecole_uai = t.lieu and p.annee in ($1, $1 + 1) and p.etat = 'inscrit' and p.date_inscription < $2::date - 15`,
		`p.id as cle, p.eleve_id as autre, p.` + nomme + `'' as classe, p.date_inscription as le`,
	},
	attendus: {
		` from scolarite p where p.ecole_uai = t.lieu and p.annee in ($1, $1 + 1) and p.etat = 'admis_accepte' and p.date_effet <= $2::date`,
		`coalesce(p.inscription_id, p.id) as cle, p.eleve_id as autre, p.` + nomme + `'' as classe, p.date_effet as le`,
	},
	classes: {
		` from classe c where c.ecole_uai = t.lieu and c.annee = $1 and c.enseignant = ''`,
		`c.id as cle, null::uuid as autre, '' as nom_famille, '' as nom_usage, '' as prenom, c.libelle_court as tri, '' as niveau,
			c.libelle_court as classe, null::date as le`,
	},
	doublesResponsables: {
		doublesSQL,
		`r.eleve_id as cle, r.id as autre, r.nom_famille, r.nom_usage, r.prenom, cle_nom(r.nom_famille || ' ' || r.prenom) as tri,
			r.niveau, coalesce((select libelle_court from classe where id = r.classe_id), '') as classe, null::date as le`,
	},
	radies: {
		` from scolarite p where p.ecole_uai = t.lieu and p.annee = $1 and p.etat = 'radie' and p.date_radiation <= $2::date
			and not exists (select from document d where d.eleve_id = p.eleve_id and d.type = 'certificat_radiation' and d.emetteur = t.lieu)`,
		`p.eleve_id as cle, null::uuid as autre, p.` + nomme + `'' as classe, p.date_radiation as le`,
	},
	inscritsMairie: {
		` from inscription i where i.commune_insee = t.lieu and i.annee in ($1, $1 + 1) and i.etat = 'inscrit'`,
		`i.id as cle, i.eleve_id as autre, i.nom_famille, i.nom_usage, i.prenom, i.cle_nom as tri, coalesce(i.niveau, '') as niveau,
			'' as classe, i.date_inscription as le`,
	},
	// A strict commune is not shown the responsables: to it they would all seem to lack.
	fichesMairie: {
		` from inscription i join eleve x on x.id = i.eleve_id` + entourage + `x.id) j
			where i.commune_insee = t.lieu and i.annee in ($1, $1 + 1) and i.etat in ('en_attente', 'inscrit')
			and x.tenu_par = 'mairie' and x.mairie_insee = t.lieu and t.lieu = any (portee_communes_ouvertes())`,
		`x.id as cle, j.premier as autre, i.nom_famille, i.nom_usage, i.prenom, i.cle_nom as tri, coalesce(i.niveau, '') as niveau,
			'' as classe, i.date_demande as le`,
	},
	// Art. L131-1 and R131-3: from the rentrée of the year of the third birthday until the sixteenth. A child who left for
	// a known place is not unknown.
	residents: {
		` from eleve x where x.residence_insee = t.lieu and x.etat in ('actif', 'sans_ecole')
			and x.date_naissance <= make_date($1 - 3, 12, 31) and x.date_naissance > ($2::date - interval '16 years')
			and not exists (select from scolarite s where s.eleve_id = x.id and s.annee = $1
				and s.etat in ('admissible', 'admis_accepte', 'admis_definitif'))
			and not exists (select from scolarite s where s.eleve_id = x.id and s.etat = 'radie' and s.motif_radiation in
				('entree_6e', 'instruction_famille', 'cned', 'esms_hopital', 'depart_etranger', 'deces', 'doublon'))
			and not exists (select from inscription i where i.eleve_id = x.id and i.annee in ($1, $1 + 1)
				and i.etat in ('en_attente', 'inscrit'))`,
		`x.id as cle, null::uuid as autre, x.nom_famille, x.nom_usage, x.prenom, x.cle_nom as tri, '' as niveau, '' as classe,
			x.date_naissance as le`,
	},
}

// where is the query of the lines of a rule, from its FROM on.
func (a Anomalie) where() string {
	if a.condition == "" {
		return sources[a.de].de
	}
	return sources[a.de].de + " and " + a.condition
}

// comptesSQL is an array of how many lines each rule has, in their order. Présents are read once for all their rules.
func comptesSQL(list []Anomalie) string {
	var filters, others []string
	for _, a := range list {
		if a.de == presents {
			filters = append(filters, "count(*) filter (where "+a.condition+")")
		} else {
			others = append(others, "(select count(*)"+a.where()+")")
		}
	}
	counts := "array[" + strings.Join(others, ", ") + "]::int[]"
	if len(filters) > 0 {
		counts = "(select array[" + strings.Join(filters, ", ") + "]::int[]" + sources[presents].de + ") || " + counts
	}
	return counts
}

// ranger gives the counts read the order of the rules.
func ranger(list []Anomalie, read []int) []int {
	regular := 0
	for _, a := range list {
		if a.de == presents {
			regular++
		}
	}
	ordered, i, j := make([]int, len(list)), 0, regular
	for k, a := range list {
		if a.de == presents {
			ordered[k], i = read[i], i+1
		} else {
			ordered[k], j = read[j], j+1
		}
	}
	return ordered
}

// types says what $1 and $2 are where no rule reads them.
const types = "$1::int as annee, $2::date as jour"

// ancre is what t is for a role: its commune, or a school of its territory.
func ancre(role habilitation.Role) string {
	if role == habilitation.Mairie {
		return "(select insee as lieu, " + types + " from commune where insee = $3) t"
	}
	return "(select uai as lieu, " + types + " from ecole where uai = $3 and uai = any (portee_ecoles())) t"
}

// lignesSQL is the list of a rule in the place $3: lines $5 to $5 + $4.
func (a Anomalie) lignesSQL(role habilitation.Role) string {
	return `select cle, autre, nom_famille, nom_usage, prenom, niveau, classe, le, count(*) over () as total
		from ` + ancre(role) + ` cross join lateral (select ` + sources[a.de].colonnes + a.where() + `) ligne
		order by tri, cle, autre limit $4 offset $5`
}
