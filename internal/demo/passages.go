package demo

// passagesSQL has each school follow a few pupils to where its work on passages stands on a day of the year: proposals, some
// of which families have been told of, one who never answered, one decision, a maintien on which the IEN has not given his
// opinion; and in one school in three, a family that appeals from another maintien. So early in the year that no pupil has
// been there for two months, nobody has begun.
const passagesSQL = `
	with present as (
		select s.id, s.ecole_uai, s.niveau, e.type, array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], s.niveau) as rang,
			row_number() over (partition by s.ecole_uai order by md5('passage' || s.id)) as n,
			row_number() over (partition by s.ecole_uai, s.niveau in ('CP', 'CE1', 'CE2', 'CM1') order by md5('maintien' || s.id)) as m
		from scolarite s join ecole e on e.uai = s.ecole_uai
		where s.annee = $1 and s.etat = 'admis_definitif' and s.date_radiation is null and s.date_admission < $2::date - 60),
	suivi as (
		select *, case when niveau in ('CP', 'CE1', 'CE2', 'CM1') and m = 1 then 'maintien'
			when niveau in ('CP', 'CE1', 'CE2', 'CM1') and m = 2 and left(md5(ecole_uai), 1) < '6' then 'recours'
			when n <= 3 then 'propose' when n <= 6 then 'notifie' when n = 7 then 'silence' when n = 8 then 'decide' end as ou
		from present),
	choisi as (
		select *, case when ou in ('maintien', 'recours') then 'maintien' when niveau = 'CM2' then 'passage_6e' else 'passage' end as decision,
			case when ou in ('maintien', 'recours') then niveau else ('{PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[])[rang] end as suivant,
			ou not in ('maintien', 'recours') and (niveau = 'CM2' or niveau = 'GS' and type = 'maternelle') as quittant
		from suivi where ou is not null)
	insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, avis_ien, avis, avis_le,
		propose_le, notifie_le, repondu_le, desaccord, decide_le, decision_notifiee_le, recours_le, choix_passes)
	select id, ecole_uai, $1, case ou when 'recours' then 'en_recours' when 'maintien' then 'propose' when 'silence' then 'notifie' else ou end,
		decision, suivant, quittant, ou = 'recours', case ou when 'recours' then 'favorable' else '' end,
		case ou when 'recours' then $2 - 45 end,
		case ou when 'recours' then $2 - 50 when 'decide' then $2 - 25 when 'silence' then $2 - 25 when 'notifie' then $2 - 9 else $2 - 4 end,
		case ou when 'recours' then $2 - 44 when 'decide' then $2 - 24 when 'silence' then $2 - 24 when 'notifie' then $2 - 8 end,
		case ou when 'recours' then $2 - 35 when 'decide' then $2 - 18 end, ou = 'recours',
		case ou when 'recours' then $2 - 28 when 'decide' then $2 - 12 end,
		case ou when 'recours' then $2 - 27 when 'decide' then $2 - 11 end,
		case ou when 'recours' then $2 - 20 end,
		case when ou in ('recours', 'decide') then jsonb_build_array(jsonb_build_object('decision', decision, 'niveau', coalesce(suivant, ''),
			'quittant', quittant, 'avis_ien', ou = 'recours')) else '[]' end
	from choisi`
