-- Reading that is not usual (security.md AUD-8): the journal is counted every half minute (internal/domain/alerte), and what
-- goes beyond a threshold waits here for somebody to look at it. An alert says who and how much, and names no pupil.
create table alerte (
  id               uuid primary key default gen_random_uuid(),
  genre            text not null constraint genre_connu check (genre in ('lecture', 'horaire', 'sonde', 'ine', 'export')),
  compte_id        uuid not null references compte,
  departement_code text not null references departement,
  nombre           integer not null,     -- the most that was counted at one time
  seuil            integer not null,     -- of that day
  premiere         timestamptz not null, -- the first line counted
  derniere         timestamptz not null, -- the last one
  vue_le           timestamptz,
  vue_par          uuid references compte,
  suite            text constraint suite_connue check (suite in ('normal', 'explique', 'arrete', 'violation')),
  constraint vue_par_quelqu_un check (num_nulls(vue_le, vue_par, suite) in (0, 3)),
  constraint vue_par_un_autre check (vue_par <> compte_id)
);
create unique index une_alerte_en_cours on alerte (compte_id, genre) where vue_le is null;
create index alerte_par_departement on alerte (departement_code, derniere);

alter table alerte enable row level security;
create policy du_departement on alerte to be_service, be_ia using (departement_code = (select portee_dsden()));
grant select, update (vue_le, vue_par, suite) on alerte to be_service, be_ia;

-- Lines come in the order of their instants: a page range tells where an hour is, at no cost for who writes.
create index journal_par_instant on journal using brin (le) with (pages_per_range = 16, autosummarize = on);
create index journal_revelations on journal (le) where acte = 'reveler';

-- Counts what each account has done until p_le, and keeps what goes beyond a threshold. p_le - duree is where the counting
-- of a kind begins; what was counted before somebody looked at the last alert is not counted again.
create function relever_alertes(p_le timestamptz, p_genres text[], p_seuils integer[], p_durees interval[]) returns bigint
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
revoke all on function relever_alertes from public;
grant execute on function relever_alertes to be_connexion;
