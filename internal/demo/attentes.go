package demo

// attentes are what waits for somebody: a departure announced, a pupil whom a school asks another to let go, a
// répartition that is being tried, the first assignments to the collèges, which fetch them already.
var attentes = []garniture{
	// One school in two knows that a pupil leaves in three weeks.
	{"scolarite", `
		update scolarite s set date_radiation = $2::date + 21, motif_radiation = 'demenagement', destination = 'Toulouse', version = 2
		from (select id, ecole_uai, row_number() over (partition by ecole_uai order by md5(id::text) desc) as n from scolarite
			where etat = 'admis_definitif' and annee = $1 and date_radiation is null and niveau in ('MS', 'CE2')) p
		where p.id = s.id and p.n = 1 and left(md5(p.ecole_uai), 1) < '8'`},
	// A child of a school of the same commune is expected elsewhere, and the first school has not let him go.
	{"inscription", `
		with depart as (
			select distinct on (n.uai) s.id as scolarite_id, s.eleve_id, s.ecole_uai, s.niveau, n.uai as vers, n.commune_insee,
				md5('liberation' || s.id)::uuid as inscription_id
			from scolarite s join ecole e on e.uai = s.ecole_uai
			join ecole n on n.commune_insee = e.commune_insee and n.uai <> e.uai and n.type = e.type and n.ouverte
			where s.annee = $1 and s.etat = 'admis_definitif' and s.date_radiation is null and s.niveau in ('MS', 'CE1')
				and s.date_admission < $2::date - 20
			order by n.uai, md5(s.id::text)),
		inscrit as (
			insert into inscription (id, eleve_id, annee, commune_insee, ecole_uai, etat, niveau, date_demande, date_inscription, saisie_par)
			select inscription_id, eleve_id, $1, commune_insee, vers, 'transformee', niveau, $2::date - 9, $2::date - 8, 'mairie' from depart
			returning id),
		attendu as (
			insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, inscription_id, etat, niveau, date_effet)
			select md5('attendu' || d.scolarite_id)::uuid, d.eleve_id, d.vers, $1, s.fin_annee, d.inscription_id, 'admis_accepte', d.niveau, $2::date - 2
			from depart d join inscrit i on i.id = d.inscription_id join scolarite s on s.id = d.scolarite_id
			returning inscription_id)
		insert into liberation (id, eleve_id, scolarite_id, inscription_id, ecole_uai, demandeur_uai, depart, motif_radiation,
			demandee_le, echeance, etat, nom_famille, nom_usage, prenom, sexe, date_naissance)
		select md5('demande' || d.scolarite_id)::uuid, d.eleve_id, d.scolarite_id, d.inscription_id, d.ecole_uai, d.vers, $2::date - 3,
			'changement_ecole_commune', $2::date - case when n % 2 = 0 then 1 else 6 end, $2::date + case when n % 2 = 0 then 2 else -1 end,
			'ouverte', x.nom_famille, x.nom_usage, x.prenom, x.sexe, x.date_naissance
		from (select *, row_number() over (order by vers) as n from depart) d join eleve x on x.id = d.eleve_id
		join attendu a on a.inscription_id = d.inscription_id`},
	// A school of six classes tries another répartition: two pupils of a niveau go to its other class.
	{"scenario", `
		insert into scenario (id, ecole_uai, annee, nom, cree_le, modifie_le)
		select md5('scenario' || ecole_uai)::uuid, ecole_uai, $1, 'Deux élèves changent de classe', $2::date - 1 + time '16:30', $2::date - 1 + time '16:30'
		from classe where annee = $1 group by ecole_uai having count(*) >= 6`},
	{"scenario_place", `
		insert into scenario_place (scenario_id, eleve_id, ecole_uai, classe_id, a_la_main)
		select c.id, s.eleve_id, s.ecole_uai, coalesce(autre.id, s.classe_id), autre.id is not null
		from scenario c join (
			select *, row_number() over (partition by ecole_uai, niveau order by md5(id::text)) as n from scolarite
			where annee = $1 and etat in ('admis_accepte', 'admis_definitif') and $2::date is not null) s on s.ecole_uai = c.ecole_uai
		left join lateral (
			select k.id from classe k join classe_niveau v on v.classe_id = k.id and v.niveau = s.niveau
			where k.ecole_uai = s.ecole_uai and k.annee = $1 and k.id <> s.classe_id and s.niveau = 'CE1' and s.n <= 2
			order by k.libelle_court limit 1) autre on true
		where s.classe_id is not null`},
	// The collèges fetch early: every pupil of a commune goes to its collège, the others wait for theirs.
	{"campagne_6e", `
		insert into campagne_6e (departement_code, annee, debut, fin)
		select distinct departement_code, $1 + 1, $2::date - 10, $2::date + 30 from ecole`},
	{"affectation_6e", `
		with place as (
			select distinct on (s.eleve_id) s.eleve_id, s.ecole_uai, e.departement_code, c.uai as college_uai, s.cle_nom
			from scolarite s join ecole e on e.uai = s.ecole_uai join college c on c.commune_insee = e.commune_insee
			where s.annee = $1 and s.etat = 'admis_definitif' and s.date_radiation is null and s.niveau = 'CM2'
			order by s.eleve_id, c.uai),
		lot as (
			insert into lot_6e (id, departement_code, annee, eleves, fait_le, compte_id)
			select md5('lot' || departement_code)::uuid, departement_code, $1 + 1, count(*), $2::date - 10, md5('demo')::uuid
			from place group by 2
			returning id, departement_code)
		insert into affectation_6e (id, eleve_id, ecole_uai, annee, college_uai, numero, affecte_le, lot_id)
		select md5('affectation' || p.eleve_id)::uuid, p.eleve_id, p.ecole_uai, $1 + 1, p.college_uai,
			row_number() over (partition by p.college_uai order by p.cle_nom, p.eleve_id), $2::date - 10, lot.id
		from place p join lot using (departement_code)`},
}
