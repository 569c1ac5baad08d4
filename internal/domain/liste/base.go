package liste

import (
	"slices"

	scol "base-eleves/internal/domain/scolarite"
)

// Inscrits and EnAttente are the states that list inscriptions instead of pupils: what a mairie has recorded and no
// school has answered yet.
const (
	Inscrits  = "inscrit"
	EnAttente = "en_attente"
)

var etats = []Valeur{
	{string(scol.AdmisDefinitif), "Présents"}, {string(scol.AdmisAccepte), "Admissions acceptées"}, {string(scol.Admissible), "Admissibles"},
	{Inscrits, "Inscrits par la mairie, sans réponse de l’école"}, {EnAttente, "Liste d’attente de la mairie"},
	{string(scol.Radie), "Radiés"}, {Tous, "Tous les états"},
}

// EtatParDefaut is what the filter of states says when it is left empty.
const EtatParDefaut = "Présents et attendus"

// ordinaires are the columns that a line of the register of inscriptions and one of the schools share.
const ordinaires = `s.id, s.eleve_id, s.ecole_uai, s.annee, s.etat, s.niveau, s.residence_insee, s.nom_famille, s.nom_usage, s.prenom,
		s.sexe, s.date_naissance, s.cle_nom`

// base is the lines that are looked through, each with what any list may ask of it. ici: of one's own schools.
func (q *requete) base() string {
	if etat := q.d.Valeur(EtatFiltre); etat == Inscrits || etat == EnAttente {
		return `select ` + ordinaires + `, s.id as inscription_id, null::uuid as classe_id, null::date as date_effet, null::date as date_admission,
		null::date as date_radiation, '' as motif_radiation, null::text as destination_uai, '' as destination,
		coalesce(s.ecole_uai = any ((select portee_ecoles())::text[]), s.commune_insee = any ((select portee_communes())::text[])) as ici
	from inscription s where ` + q.deLAnnee() + ` and s.etat = ` + q.lier(etat)
	}
	return `select ` + ordinaires + `, s.inscription_id, ` + q.classe() + ` as classe_id, s.date_effet, s.date_admission, s.date_radiation,
		s.motif_radiation, s.destination_uai, s.destination, s.ecole_uai = any ((select portee_ecoles())::text[]) as ici
	from scolarite s where ` + q.deLAnnee() + ` and s.etat = any (` + q.lier(q.etats()) + `)` + q.presence()
}

// etats are the states of the scolarités that the list looks through.
func (q *requete) etats() []string {
	etat := q.d.Valeur(EtatFiltre)
	if _, dated := q.d.le(); dated && etat == "" { // those who were there may have left since
		return []string{string(scol.AdmisDefinitif), string(scol.AdmisAccepte), string(scol.Radie)}
	}
	switch {
	case slices.Contains(scol.Etats, scol.Etat(etat)):
		return []string{etat}
	case etat == "" && (q.d.Valeur(partiDu) != "" || q.d.Valeur(partiAu) != ""):
		return []string{string(scol.Radie)}
	case etat == Tous:
		return []string{string(scol.Admissible), string(scol.AdmisAccepte), string(scol.AdmisDefinitif), string(scol.Radie)}
	}
	return []string{string(scol.AdmisDefinitif), string(scol.AdmisAccepte)}
}

// presence keeps those who belong to the school on the day of the list: of a day to come, those who are expected too.
func (q *requete) presence() string {
	le, dated := q.d.le()
	if !dated || q.d.Valeur(EtatFiltre) != "" {
		return ""
	}
	au := q.lier(le)
	there := "s.date_admission <= " + au + "::date"
	if le.After(q.jour) {
		there = "(s.date_admission is not null or s.date_effet <= " + au + "::date)"
	}
	return " and " + there + " and (s.date_radiation is null or s.date_radiation > " + au + "::date)"
}

// classe is the class of the pupil: that of the day, when it has gone by. The mairie, who reads no class, has no right on
// the periods spent in each.
func (q *requete) classe() string {
	le, dated := q.d.le()
	if _, allowed := ordreDe("classe", q.role); !allowed || !dated || !le.Before(q.jour) {
		return "s.classe_id"
	}
	au := q.lier(le)
	return `(select f.classe_id from affectation f where f.scolarite_id = s.id and f.debut <= ` + au + `::date
			and (f.fin is null or f.fin > ` + au + `::date) order by f.debut desc limit 1)`
}

// lignes makes the lines of the grain out of the pupils.
func (q *requete) lignes() string {
	return map[Grain]string{Eleves: lignesEleve, Responsables: lignesResponsable, Familles: lignesFamille}[q.d.Grain]
}

const lignesEleve = `
lignes as (select * from tout)`

// enfantsSQL names children, the eldest first.
const enfantsSQL = `string_agg(t.prenom || coalesce(' (' || t.niveau || ')', ''), ', ' order by t.date_naissance, t.id)`

// lignesResponsable goes from the pupils to their responsables, one by one: offset 0 keeps the planner from reading those
// of the whole country first, since row security hides from it how few are one's own.
const lignesResponsable = `
liens as (
	select l.responsable_id, t.g, t.gk, bool_or(t.ici) as ici, min(t.annee) as annee,
		(array_agg(t.eleve_id order by t.date_naissance, t.id))[1] as eleve_id, array_agg(t.eleve_id) as eleves, (array_agg(l.lien order by t.date_naissance, t.id))[1] as lien,
		bool_or(l.autorite_parentale) as autorite_parentale, bool_and(l.associations) as associations,
		` + enfantsSQL + ` as enfants, count(*) as nombre, array_agg(t.classe_id) as classes
	from tout t cross join lateral (select * from lien_responsable where eleve_id = t.eleve_id offset 0) l
	group by l.responsable_id, t.g, t.gk),
lignes as (
	select r.id, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.tel_portable, r.tel_domicile, r.tel_travail,
		r.courriel, r.adresse_id, l.*,
		cle_nom(case r.nature when 'organisme' then r.organisme else coalesce(nullif(r.nom_usage, ''), r.nom_famille) || ' ' || r.prenom end) as cle_nom
	from liens l cross join lateral (select * from responsable where id = l.responsable_id offset 0) r)`

const lignesFamille = `
familles as (
	select t.*, coalesce((select string_agg(l.responsable_id::text, ' ' order by l.responsable_id) from lien_responsable l
		where l.eleve_id = t.eleve_id), t.eleve_id::text) as famille
	from tout t),
lignes as (
	select t.famille as id, t.g, t.gk, bool_or(t.ici) as ici, min(t.annee) as annee, min(t.cle_nom) as cle_nom,
		(array_agg(t.eleve_id order by t.date_naissance, t.id))[1] as eleve_id, array_agg(t.eleve_id) as eleves, ` + enfantsSQL + ` as enfants, count(*) as nombre,
		string_agg(distinct upper(coalesce(nullif(t.nom_usage, ''), t.nom_famille)), ', ') as noms, array_agg(t.classe_id) as classes
	from familles t group by t.famille, t.g, t.gk)`
