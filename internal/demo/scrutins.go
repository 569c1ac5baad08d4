package demo

// scrutins are the elections of the parents that most schools have under way.
var scrutins = []garniture{
	// Most schools prepare the election of the parents, two or three weeks ahead, out of season as well: then the date is said
	// to be the authority's. Those of several classes have fixed the list of voters nine days ago.
	{"election", `
		with vote as (
			select uai, classes, le, case when le > date_trunc('week', make_date($1, 9, 1) + 2)::date + 48 then 'autorite' else '' end as report
			from (select ecole_uai as uai, count(*)::smallint as classes, $2::date + 12 + (12 - extract(isodow from $2::date + 12)::int) % 7 as le
				from classe where annee = $1 group by 1) e
			where left(md5(uai), 1) < 'd' and $2::date - 9 > make_date($1, 9, 1) and le < make_date($1 + 1, 7, 1)),
		ouverte as (
			insert into election (id, ecole_uai, annee, scrutin_le, report, mode, ouvre_a, ferme_a, reunion_le, sieges, arretee_le, inscrits)
			select md5('election' || uai)::uuid, uai, $1, le, report, 'urne', 495, 735, least($2::date - 2, make_date($1, 9, 14)),
				case when classes > 1 then classes end, case when classes > 1 then $2::date - 9 end, case when classes > 1 then 0 end
			from vote
			returning id, ecole_uai, arretee_le),
		voix as (
			select distinct o.id, o.ecole_uai, l.responsable_id, l.lien not in ('mere', 'pere') as tiers
			from ouverte o join scolarite s on s.ecole_uai = o.ecole_uai and s.annee = $1 and s.etat = 'admis_definitif'
				and s.date_admission <= o.arretee_le
			join lien_responsable l on l.eleve_id = s.eleve_id and l.autorite_parentale
			where l.lien not in ('mere', 'pere') or not exists (select from lien_responsable t
				where t.eleve_id = l.eleve_id and t.autorite_parentale and t.lien not in ('mere', 'pere'))),
		une as (select id, ecole_uai, responsable_id, bool_and(tiers) as tiers from voix group by 1, 2, 3)
		insert into electeur (id, election_id, ecole_uai, responsable_id, numero, civilite, nom_famille, nom_usage, prenom, organisme, tiers)
		select md5(u.id::text || r.id)::uuid, u.id, u.ecole_uai, r.id, row_number() over (partition by u.id order by cle_nom(
				case when r.organisme <> '' then r.organisme when r.nom_usage <> '' then r.nom_usage || ' ' || r.prenom || ' ' || r.nom_famille
				else r.nom_famille || ' ' || r.prenom end), r.id),
			r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, u.tiers
		from une u join responsable r on r.id = u.responsable_id`},
	{"election", `
		update election x set inscrits = (select count(*) from electeur t where t.election_id = x.id)
		where arretee_le is not null and annee = $1 and $2::date is not null`},
	// Two days ago one list of candidates was handed in, or two in the greater schools; somebody asks to be taken off the list.
	{"liste_candidats", `
		with liste as (
			insert into liste_candidats (id, election_id, ecole_uai, nom, deposee_le)
			select md5(l.nom || x.id)::uuid, x.id, x.ecole_uai, l.nom, $2::date - 2
			from election x, (values ('Parents de l’école', 1), ('Liste indépendante', 4)) l (nom, classes)
			where x.annee = $1 and x.sieges >= l.classes
			returning id, election_id, ecole_uai, nom)
		insert into candidat (liste_id, rang, ecole_uai, electeur_id, nom)
		select l.id, row_number() over (partition by l.id order by t.n), l.ecole_uai, t.id, t.nom
		from liste l join election x on x.id = l.election_id join (
			select id, election_id, upper(case when nom_usage <> '' then nom_usage else nom_famille end) || ' ' || prenom as nom,
				row_number() over (partition by election_id order by md5(id::text)) as n
			from electeur where organisme = '') t on t.election_id = l.election_id
		where case l.nom when 'Parents de l’école' then t.n <= least(2 * x.sieges, 7) else t.n between 8 and 11 end`},
	{"reclamation", `
		insert into reclamation (id, election_id, ecole_uai, nature, responsable_id, nom, motif, recue_le)
		select md5('demande' || t.election_id)::uuid, t.election_id, t.ecole_uai, 'retrait', t.responsable_id,
			upper(case when t.nom_usage <> '' then t.nom_usage else t.nom_famille end) || ' ' || t.prenom, 'depart', $2::date - 3
		from electeur t join election x on x.id = t.election_id
		where x.annee = $1 and t.numero = 2 and t.organisme = '' and not exists (select from candidat c where c.electeur_id = t.id)`},
}
