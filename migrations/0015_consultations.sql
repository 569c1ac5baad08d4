-- Who opened a file and who changed it, as a directeur or an IA may read it: accounts are none of their business, so
-- these functions name a role and a territory, never a person. They also give back what a pupil no longer has, a home he
-- left, a person no longer responsible for him: row security hides it with the last link, the history needs it.

-- An IA reads neither contacts, nor périscolaire, nor insurance (security.md §5, G6, G7, G9), in the history either.
drop policy lire on historique;
create policy lire on historique for select to be_directeur, be_ia
  using ((current_setting('be.role') = 'directeur'
      or objet <> all ('{personne_autorisee,periscolaire,autorisation,opposition}'))
    and case objet
      when 'adresse' then exists (select from adresse a where a.id = objet_id)
      when 'responsable' then exists (select from responsable r where r.id = objet_id)
      else exists (select from eleve e where e.id = eleve_id) end);

-- The pupil, if his file is in the territory of a directeur or of an IA.
create function dossier_lisible(p_eleve uuid) returns setof eleve
language sql stable security definer set search_path = public, pg_temp as $$
  select * from eleve
  where id = p_eleve and ecole_uai = any (portee_ecoles()) and current_setting('be.role') in ('directeur', 'ia')
$$;

-- Where one acts for, in the words of the reference tables.
create function lieu_de(p_habilitation uuid)
returns table (lieu text, commune text)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(co.nom, e.nom, ci.nom, d.nom, cl.nom, ''), coalesce(ce.nom, '')
  from habilitation h
  left join commune co on co.insee = h.commune_insee
  left join ecole e on e.uai = h.ecole_uai
  left join circonscription ci on ci.uai = h.circonscription_uai
  left join departement d on d.code = h.departement_code
  left join college cl on cl.uai = h.college_uai
  left join commune ce on ce.insee = coalesce(e.commune_insee, cl.commune_insee)
  where h.id = p_habilitation
$$;

-- The openings of a file, one line for each day, agent and kind. le is the hour of France.
create function consultations(p_eleve uuid)
returns table (le timestamp, fois bigint, acte text, objet text, motif text, moi boolean, role text, lieu text, commune text)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.le, j.fois, j.acte, j.objet, j.motif, j.compte_id = portee_compte(), j.role, coalesce(l.lieu, ''), coalesce(l.commune, '')
  from (
    select max(g.le at time zone 'Europe/Paris') as le, count(*) as fois, g.acte, g.objet, coalesce(g.motif, '') as motif,
      g.compte_id, g.habilitation_id, g.role
    from dossier_lisible(p_eleve) e join journal g on g.objet_id = e.id
    where g.acte in ('consulter', 'reveler', 'editer', 'exporter')
    group by (g.le at time zone 'Europe/Paris')::date, g.acte, g.objet, g.motif, g.compte_id, g.habilitation_id, g.role
    order by 1 desc limit 200) j
  left join lateral lieu_de(j.habilitation_id) l on true
  order by j.le desc
$$;
grant execute on function consultations to be_directeur, be_ia;

-- All that a pupil has or has had: the rows as they are now.
create function objets_du_dossier(p_eleve uuid)
returns table (objet text, objet_id uuid, present jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  with e as (select * from dossier_lisible(p_eleve)),
  gens as (
    select l.responsable_id as id from e join lien_responsable l on l.eleve_id = e.id
    union
    select h.objet_id from e join historique h on h.eleve_id = e.id where h.objet = 'lien_responsable'),
  foyers as (
    select unnest(array[adresse_id, adresse2_id]) as id from e
    union
    select unnest(array[h.avant, h.apres])::uuid from e join historique h on h.eleve_id = e.id
    where h.objet = 'eleve' and h.champ in ('adresse_id', 'adresse2_id')
    union
    select r.adresse_id from gens join responsable r on r.id = gens.id
    union
    select unnest(array[h.avant, h.apres])::uuid from gens join historique h on h.objet_id = gens.id
    where h.objet = 'responsable' and h.champ = 'adresse_id')
  select 'eleve', e.id, to_jsonb(e) from e
  union all
  select 'lien_responsable', l.responsable_id, to_jsonb(l) from e join lien_responsable l on l.eleve_id = e.id
  union all
  select 'responsable', r.id, to_jsonb(r) from gens join responsable r on r.id = gens.id
  union all
  select 'adresse', a.id, to_jsonb(a) from foyers join adresse a on a.id = foyers.id
  union all
  select 'personne_autorisee', p.id, to_jsonb(p) from e join personne_autorisee p on p.eleve_id = e.id
  where current_setting('be.role') = 'directeur'
$$;
grant execute on function objets_du_dossier to be_directeur, be_ia;

-- The changes of all that, the latest first. An act and its lines bear the same instant: the journal tells in which role
-- it was done.
create function historique_du_dossier(p_eleve uuid)
returns table (id bigint, le timestamp, moi boolean, role text, lieu text, commune text, objet text, objet_id uuid,
  "precision" text, operation text, champ text, avant text, apres text)
language sql stable security definer set search_path = public, pg_temp as $$
  with ligne as (
    select h.* from dossier_lisible(p_eleve) e join historique h on h.eleve_id = e.id
    where current_setting('be.role') = 'directeur'
      or h.objet <> all ('{personne_autorisee,periscolaire,autorisation,opposition}')
    union all
    select h.* from objets_du_dossier(p_eleve) o join historique h on h.objet_id = o.objet_id and h.objet = o.objet
    where o.objet in ('adresse', 'responsable')),
  acte as (
    select c.compte_id, c.le, j.role, j.habilitation_id
    from (select distinct compte_id, le from ligne where compte_id is not null) c
    cross join lateral (select role, habilitation_id from journal where journal.compte_id = c.compte_id and journal.le = c.le limit 1) j)
  select l.id, l.le at time zone 'Europe/Paris', coalesce(l.compte_id = portee_compte(), false), coalesce(a.role, ''),
    coalesce(p.lieu, ''), coalesce(p.commune, ''), l.objet, l.objet_id, l."precision", l.operation, l.champ, l.avant, l.apres
  from ligne l
  left join acte a on a.compte_id = l.compte_id and a.le = l.le
  left join lateral lieu_de(a.habilitation_id) p on true
  order by l.le desc, l.id desc
  limit 2000
$$;
grant execute on function historique_du_dossier to be_directeur, be_ia;
