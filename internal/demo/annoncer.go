package demo

// annoncerSQL announces, for the next rentrée, the merger of a public maternelle and of the élémentaire of its commune: the
// IA finds it on its home page and in its preview. Nothing is done yet.
const annoncerSQL = `
	with paire as (
		select m.uai as maternelle, e.uai as elementaire, m.departement_code
		from ecole m join ecole e on e.commune_insee = m.commune_insee and e.type = 'elementaire' and e.secteur = 'public' and e.ouverte
		where m.type = 'maternelle' and m.secteur = 'public' and m.ouverte and m.departement_code = '65'
		order by m.uai, e.uai limit 1),
	decision as (
		insert into restructuration (id, genre, departement_code, annee, date_effet, annoncee_le, compte_id)
		select md5('fusion' || maternelle)::uuid, 'fusion', departement_code, $1 + 1, make_date($1 + 1, 9, 1), $2::date - 3,
			md5('inspection' || departement_code)::uuid
		from paire returning id),
	ecoles as (
		insert into restructuration_ecole (restructuration_id, ecole_uai, ferme, type_apres)
		select d.id, x.uai, x.ferme, case when x.ferme then '' else 'primaire' end
		from decision d, paire p, lateral (values (p.maternelle, true), (p.elementaire, false)) as x (uai, ferme))
	insert into restructuration_part (restructuration_id, ecole_uai, niveau, vers_uai)
	select d.id, p.maternelle, n, p.elementaire
	from decision d, paire p, unnest('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[]) n`
