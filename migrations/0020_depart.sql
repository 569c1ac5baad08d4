-- Departures (domain.md §2.3, T13 and T14). A pupil whose radiation is announced for a day to come is present until that
-- day: he is counted, listed, placed in a class. date_radiation is what says it, the state follows it: the first work
-- done in a territory on a day brings about what was announced for it, before anything is read (departs_effectifs). No
-- batch runs at night, and a server that was down is never late.
alter table scolarite drop constraint radie_si_et_seulement_si_date_et_motif;
alter table scolarite add constraint depart_avec_date_et_motif check (
  (date_radiation is null) = (motif_radiation = '') and (etat <> 'radie' or date_radiation is not null)
  and (date_radiation is null or etat in ('admis_definitif', 'radie')));
alter table scolarite drop constraint annulation_connue;
alter table scolarite add constraint annulation_connue check (motif_annulation in (
  '', 'double_demande', 'derogation_refusee', 'famille_renonce', 'jamais_venu', 'erreur_saisie', 'depart'));
create index depart_annonce on scolarite (ecole_uai, date_radiation)
  where etat = 'admis_definitif' and date_radiation is not null;
create index depart_annonce_par_residence on scolarite (residence_insee, date_radiation)
  where etat = 'admis_definitif' and date_radiation is not null;

-- The last day of the services taken, when the pupil leaves before the end of the year.
alter table periscolaire add column fin date;

-- quitter strikes off those whose day has come. What others hold is left to them.
create function quitter(p_ids uuid[], p_le date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ids uuid[] := array(select id from scolarite
    where id = any (p_ids) and etat = 'admis_definitif' and date_radiation <= p_le order by id for update skip locked);
begin
  update affectation a set fin = greatest(a.debut, s.date_radiation) from scolarite s
  where s.id = any (v_ids) and a.scolarite_id = s.id and a.fin is null;
  update scolarite set etat = 'radie', version = version + 1 where id = any (v_ids);
end
$$;
revoke execute on function quitter from public;

-- departs_effectifs brings about what was announced in the open scope, and tells whether some is left: another
-- transaction holds it, or there was too much for one page to wait.
create function departs_effectifs(p_le date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_reste boolean := false;
begin
  if exists (select from scolarite where etat = 'admis_definitif' and date_radiation <= p_le and ecole_uai = any (portee_ecoles()))
    or exists (select from scolarite where etat = 'admis_definitif' and date_radiation <= p_le
      and residence_insee = any (portee_communes())) then
    perform quitter(array(
      select id from scolarite where etat = 'admis_definitif' and date_radiation <= p_le and ecole_uai = any (portee_ecoles())
      union
      select id from scolarite where etat = 'admis_definitif' and date_radiation <= p_le
        and residence_insee = any (portee_communes())
      limit 300), p_le);
    v_reste := exists (select from scolarite
        where etat = 'admis_definitif' and date_radiation <= p_le and ecole_uai = any (portee_ecoles()))
      or exists (select from scolarite
        where etat = 'admis_definitif' and date_radiation <= p_le and residence_insee = any (portee_communes()));
  end if;
  return v_reste;
end
$$;
revoke execute on function departs_effectifs from public;
grant execute on function departs_effectifs to
  be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;

-- What a departure carries along from the day on which it is announced: the périscolaire ends with it, and the year already
-- prepared in the same school is closed while it stands. Taken back, all is as before, the place in a class included.
create function depart_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_suite uuid;
begin
  update periscolaire set fin = new.date_radiation where eleve_id = new.eleve_id and annee = new.annee;
  for v_suite in select id from scolarite
    where eleve_id = new.eleve_id and ecole_uai = new.ecole_uai and annee > new.annee for update loop
    if new.date_radiation is not null then
      update scolarite set etat = 'annulee', classe_id = null, motif_annulation = 'depart', version = version + 1
      where id = v_suite and etat in ('admissible', 'admis_accepte');
      update affectation set fin = debut where scolarite_id = v_suite and fin is null;
    else
      perform rouvrir_suite(v_suite);
    end if;
  end loop;
  return null;
end
$$;
create function rouvrir_suite(p_suite uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_place uuid := (select a.id from affectation a join scolarite s on s.id = a.scolarite_id
    join classe_niveau n on n.classe_id = a.classe_id and n.niveau = s.niveau
    where s.id = p_suite order by a.debut desc, a.id limit 1);
begin
  update scolarite set etat = case when niveau is null then 'admissible' else 'admis_accepte' end, motif_annulation = '',
    classe_id = (select classe_id from affectation where id = v_place and fin = debut), version = version + 1
  where id = p_suite and motif_annulation = 'depart';
  if found then
    update affectation set fin = null where id = v_place and fin = debut;
  end if;
end
$$;
revoke execute on function rouvrir_suite from public;
create trigger depart_suit after update on scolarite for each row
  when (old.date_radiation is distinct from new.date_radiation) execute function depart_suit();

-- The file goes to the school that admits as soon as the one that announced the departure has let the pupil go, though
-- nobody has worked there since.
create or replace function prendre_le_dossier(p_eleve uuid, p_ecole text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_le date := coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now())::date;
begin
  if p_ecole <> all (portee_ecoles()) then
    raise exception 'school % is outside the territory', p_ecole using errcode = '42501';
  end if;
  if not exists (select from scolarite
      where eleve_id = p_eleve and ecole_uai = p_ecole and etat in ('admis_accepte', 'admis_definitif')) then
    raise exception 'pupil % is not accepted in school %', p_eleve, p_ecole using errcode = '42501';
  end if;
  perform quitter(array(select id from scolarite
    where eleve_id = p_eleve and ecole_uai <> p_ecole and etat = 'admis_definitif' and date_radiation <= v_le), v_le);
  update eleve set ecole_uai = p_ecole, tenu_par = 'ecole', version = version + 1
  where id = p_eleve and (ecole_uai, tenu_par) is distinct from (p_ecole, 'ecole')
    and not exists (select from scolarite
      where eleve_id = p_eleve and ecole_uai <> p_ecole and etat = 'admis_definitif' and annee >= coalesce((
        select max(annee) from scolarite where eleve_id = p_eleve and ecole_uai = p_ecole and etat = 'admis_definitif'), 0));
end
$$;

-- A departure of several pupils: one act, undone as one for 30 days.
create table depart (
  id         uuid primary key,
  version    integer not null default 1,
  ecole_uai  text not null references ecole,
  faite_le   timestamptz not null,
  compte_id  uuid not null,
  le         date not null,
  annulee_le timestamptz,
  constraint annulee_apres check (annulee_le >= faite_le)
);
create index depart_par_ecole on depart (ecole_uai, faite_le);

-- conservee: the undo left him, another school has him or his departure was changed since.
create table depart_ligne (
  depart_id    uuid not null references depart on delete cascade,
  scolarite_id uuid not null references scolarite,
  ecole_uai    text not null,
  conservee    boolean not null default false,
  primary key (depart_id, scolarite_id)
);
create index depart_ligne_par_scolarite on depart_ligne (scolarite_id);

alter table depart enable row level security;
alter table depart_ligne enable row level security;
create policy ecrire on depart to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on depart_ligne to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
grant select, insert, update (version, annulee_le) on depart to be_directeur;
grant select, insert, update (conservee) on depart_ligne to be_directeur;

-- A school is found anywhere in the nation by its number, or by words of its name and of its commune.
create index ecole_par_mots on ecole using gin (cle_nom(nom) gin_trgm_ops);
create index commune_par_mots on commune using gin (cle_nom(nom) gin_trgm_ops);
create function ecoles_trouvees(p_texte text) returns table (uai text, nom text, commune text)
language sql stable security definer rows 20
set search_path = public, pg_temp set enable_bitmapscan = on set plan_cache_mode = force_custom_plan as $$
  with mots as (select mot, length(mot) as long from unnest(string_to_array(cle_nom(p_texte), ' ')) as mot),
  cherche as (select mot from mots where long > 2 order by long desc limit 1),
  proche as (
    select e.uai from ecole e where e.uai = upper(trim(p_texte))
    union
    select e.uai from cherche, ecole e where cle_nom(e.nom) like '%' || mot || '%'
    union
    select e.uai from cherche, commune c join ecole e on e.commune_insee = c.insee where cle_nom(c.nom) like '%' || mot || '%')
  select e.uai, e.nom, c.nom
  from proche p join ecole e on e.uai = p.uai join commune c on c.insee = e.commune_insee
  where e.ouverte and (e.uai = upper(trim(p_texte))
    or ' ' || cle_nom(e.nom || ' ' || c.nom) like all (array(select '% ' || mot || '%' from mots)))
  order by cle_nom(c.nom) = cle_nom(p_texte) desc, c.nom, e.nom, e.uai
  limit 20
$$;
revoke execute on function ecoles_trouvees from public;
grant execute on function ecoles_trouvees to be_directeur, be_mairie, be_ien, be_ia;

-- A child known elsewhere comes with the day on which he leaves, or left, his school: another may take his file over.
drop function enfants_connus;
create function enfants_connus(p_nom text, p_usage text, p_prenom text, p_naissance date)
returns table (eleve_id uuid, nom_famille text, nom_usage text, prenom text, prenom2 text, prenom3 text, sexe text,
  date_naissance date, commune_naissance_insee text, ecole text, commune text, etat text, depart date)
language sql stable security definer
set search_path = public, pg_temp set enable_bitmapscan = on set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
  with proche as (
    select e.id, cle_date(e.date_naissance) = cle_date(p_naissance) as ne_ce_jour,
      greatest(similarity(e.cle_nom, q.nom), similarity(e.cle_nom, q.usage),
        case when e.nom_usage = '' then 0 else similarity(cle_nom(e.nom_usage || ' ' || e.prenom), q.nom) end) as ressemble
    from (select cle_nom(p_nom || ' ' || p_prenom) as nom, cle_nom(p_usage || ' ' || p_prenom) as usage) q, eleve e
    where cles_eleve(e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, e.mairie_insee, e.residence_insee)
        && cles_eleve(p_nom, p_usage, p_prenom, p_naissance, null, null)
      and e.etat not in ('fusionne', 'errone')
    order by 2 desc, 3 desc, 1 limit 30)
  select e.id, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance,
    coalesce(e.commune_naissance_insee, ''), coalesce(ec.nom, ''), coalesce(c.nom, ''), coalesce(s.etat, 'inscrit'), s.date_radiation
  from proche p join eleve e on e.id = p.id
  left join ecole ec on ec.uai = e.ecole_uai
  left join commune c on c.insee = e.mairie_insee
  left join lateral (select etat, date_radiation from scolarite where eleve_id = e.id and etat <> 'annulee'
    order by annee desc, date_effet desc limit 1) s on true
  where p.ne_ce_jour or p.ressemble > 0.4
  order by p.ne_ce_jour desc, p.ressemble desc, e.id
$$;
revoke execute on function enfants_connus from public;
grant execute on function enfants_connus to be_mairie, be_directeur;

-- A school that takes over a file must know whether another one expects the child, for whatever year is not over: of the
-- lines of the register it sees its own only, and the last of them may be somebody else's.
create function est_attendu(p_eleve uuid, p_le date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from scolarite
    where eleve_id = p_eleve and etat in ('admissible', 'admis_accepte') and fin_annee >= p_le)
$$;
revoke execute on function est_attendu from public;
grant execute on function est_attendu to be_directeur;
