-- A file that leaves writes one line for each pupil whom it names (LAW-13, AUD-9), beside the one that says which list it is.
-- A line of a pupil is no file that leaves: the alerts go on counting the files (AUD-8).
create or replace function relever_alertes(p_le timestamptz, p_genres text[], p_seuils integer[], p_durees interval[]) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with regle as (
    select * from unnest(p_genres, p_seuils, p_durees) as r (genre, seuil, duree)),
  ligne as (
    select j.compte_id, j.le, g.genre, g.quoi
    from journal j cross join lateral (
      select 'lecture' as genre, j.objet_id::text as quoi where j.acte = 'consulter' and j.objet = 'eleve'
      union all
      select 'horaire', j.objet_id::text where j.acte = 'consulter' and j.objet = 'eleve'
        and (extract(hour from j.le at time zone 'Europe/Paris') not between 6 and 20
          or extract(isodow from j.le at time zone 'Europe/Paris') = 7)
      union all
      select 'sonde', coalesce(j.objet_id::text, j.id::text) where j.acte = 'sonder'
      union all
      select 'export', coalesce(j.requete, j.id::text) where j.acte in ('exporter', 'extraire')) g
    where j.le > p_le - (select max(duree) from regle where genre <> 'ine') and j.le <= p_le
      and j.acte in ('consulter', 'sonder', 'exporter', 'extraire')
      and not (j.objet = 'eleve' and j.acte in ('exporter', 'extraire'))
    union all
    select compte_id, le, 'ine', objet_id::text from journal
    where acte = 'reveler' and objet = 'immatriculation' and le > p_le - (select duree from regle where genre = 'ine') and le <= p_le),
  compte_fait as (
    select l.compte_id, r.genre, r.seuil, count(distinct l.quoi) as nombre, min(l.le) as premiere, max(l.le) as derniere
    from ligne l join regle r on r.genre = l.genre
    where l.le > p_le - r.duree
      and l.le > coalesce((select max(a.vue_le) from alerte a where a.compte_id = l.compte_id and a.genre = l.genre), '-infinity')
    group by l.compte_id, r.genre, r.seuil
    having count(distinct l.quoi) >= r.seuil),
  posee as (
    insert into alerte (genre, compte_id, departement_code, nombre, seuil, premiere, derniere)
    select f.genre, c.id, c.departement_code, f.nombre, f.seuil, f.premiere, f.derniere
    from compte_fait f join compte c on c.id = f.compte_id
    where c.departement_code is not null
    on conflict (compte_id, genre) where vue_le is null
    do update set nombre = greatest(alerte.nombre, excluded.nombre), derniere = excluded.derniere
    where alerte.derniere < excluded.derniere
    returning xmax = 0 as nouvelle)
  select count(*) filter (where nouvelle) from posee
$$;

-- The file of a pupil tells of the extractions that he was in, as of the lists.
create or replace function consultations(p_eleve uuid)
returns table (le timestamp, fois bigint, acte text, objet text, motif text, moi boolean, role text, lieu text, commune text)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.le, j.fois, j.acte, j.objet, j.motif, j.compte_id = portee_compte(), j.role, coalesce(l.lieu, ''), coalesce(l.commune, '')
  from (
    select max(g.le at time zone 'Europe/Paris') as le, count(*) as fois, g.acte, g.objet, coalesce(g.motif, '') as motif,
      g.compte_id, g.habilitation_id, g.role
    from dossier_lisible(p_eleve) e join journal g on g.objet_id = e.id
    where g.acte in ('consulter', 'reveler', 'editer', 'exporter', 'extraire')
    group by (g.le at time zone 'Europe/Paris')::date, g.acte, g.objet, g.motif, g.compte_id, g.habilitation_id, g.role
    order by 1 desc limit 200) j
  left join lateral lieu_de(j.habilitation_id) l on true
  order by j.le desc
$$;
