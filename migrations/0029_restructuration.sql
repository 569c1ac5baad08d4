-- Schools that open, close, merge and split (domain.md §2.4): acts of the IA, who has no right to write on pupils. These
-- functions do, for the schools of the département, and record what they changed so that it can be undone.

-- ouverte_le, fermee_le: the first day on which the school is open, closed. niveaux: those it opens; all those of its
-- type when empty. decidee_le: the day of the IA's last decision on it, which the import of the directory respects.
alter table ecole add ouverte_le date, add fermee_le date,
  add niveaux text[] not null default '{}', add decidee_le date,
  add constraint ouverte_puis_fermee check (ouverte_le < fermee_le);

-- Whether a school takes pupils for a school year.
create function ecole_accueille(p_ouverte boolean, p_ouverte_le date, p_fermee_le date, p_annee integer) returns boolean
  immutable language sql
  return p_ouverte and coalesce(p_ouverte_le <= make_date(p_annee + 1, 8, 31), true)
    and coalesce(p_fermee_le > make_date(p_annee, 9, 1), true);
grant execute on function ecole_accueille to be_mairie, be_directeur, be_ien, be_ia;

-- A school whose day has come is closed, beside the pages.
create function fermer_ecoles(p_le date) returns void
language sql security definer set search_path = public, pg_temp as $$
  update ecole set ouverte = false, version = version + 1 where ouverte and fermee_le <= p_le
$$;
grant execute on function fermer_ecoles to be_connexion;
create index ecole_a_fermer on ecole (fermee_le) where ouverte;

-- One decision. annee: the school year of its date. Announced, then done, then perhaps undone.
create table restructuration (
  id               uuid primary key,
  version          integer not null default 1,
  genre            text not null constraint genre_connu check (genre in ('ouverture', 'fermeture', 'fusion', 'scission')),
  departement_code text not null references departement,
  annee            integer not null,
  date_effet       date not null,
  annoncee_le      timestamptz not null,
  compte_id        uuid not null,
  faite_le         timestamptz,
  annulee_le       timestamptz,
  eleves           integer not null default 0,
  conserves        integer not null default 0,
  constraint annulee_apres check (annulee_le >= coalesce(faite_le, annoncee_le))
);
create index restructuration_par_departement on restructuration (departement_code, date_effet);

-- The schools concerned. ferme: it closes; type_apres: what it becomes, '' for what it is; creee: the decision opens it.
create table restructuration_ecole (
  restructuration_id uuid not null references restructuration on delete cascade,
  ecole_uai          text not null references ecole on delete cascade,
  ferme              boolean not null default false,
  creee              boolean not null default false,
  type_apres         text not null default '',
  primary key (restructuration_id, ecole_uai)
);
create index restructuration_ecole_par_ecole on restructuration_ecole (ecole_uai);

-- Where the pupils of a niveau, or of a class, go. Those of whom nothing is said stay.
create table restructuration_part (
  restructuration_id uuid not null references restructuration on delete cascade,
  ecole_uai          text not null,
  niveau             text,
  classe_id          uuid,
  vers_uai           text not null,
  constraint un_niveau_ou_une_classe check (num_nonnulls(niveau, classe_id) = 1),
  constraint vers_une_autre_ecole check (ecole_uai <> vers_uai)
);
create unique index une_part_par_niveau on restructuration_part (restructuration_id, ecole_uai, niveau) where niveau is not null;
create unique index une_part_par_classe on restructuration_part (restructuration_id, classe_id) where classe_id is not null;

-- What was done to each pupil. suite_id: the scolarité opened for him.
create table restructuration_eleve (
  restructuration_id uuid not null references restructuration,
  eleve_id           uuid not null references eleve,
  ecole_uai          text not null,
  vers_uai           text not null,
  acte               text not null constraint acte_connu check (acte in ('fermer', 'deplacer', 'ouvrir', 'inscrire')),
  annee              integer not null,
  etat               text not null,
  niveau             text,
  classe_id          uuid,
  scolarite_id       uuid,
  inscription_id     uuid,
  suite_id           uuid
);
create index restructuration_eleve_par_operation on restructuration_eleve (restructuration_id);

-- What was changed, row by row: null before for what was made. No name: the keys of the register follow the pupil's.
create table restructuration_ligne (
  restructuration_id uuid not null references restructuration,
  rang               bigint generated always as identity,
  ecole_uai          text not null,
  eleve_id           uuid,
  objet              text not null constraint objet_connu check (objet in (
    'scolarite', 'inscription', 'affectation', 'passage', 'eleve', 'rattachement', 'classe', 'ecole')),
  objet_id           text not null,
  avant              jsonb,
  apres              jsonb,
  conservee          boolean not null default false,
  primary key (restructuration_id, rang)
);

alter table restructuration enable row level security;
alter table restructuration_ecole enable row level security;
alter table restructuration_part enable row level security;
alter table restructuration_eleve enable row level security;
alter table restructuration_ligne enable row level security;
create policy decider on restructuration to be_ia using (departement_code = (select departement_de_l_ia()));
create policy decider on restructuration_ecole to be_ia
  using (restructuration_id in (select id from restructuration where departement_code = (select departement_de_l_ia())));
create policy decider on restructuration_part to be_ia
  using (restructuration_id in (select id from restructuration where departement_code = (select departement_de_l_ia())));
create policy lire on restructuration_eleve for select to be_ia using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy proprietaire on restructuration_ligne using (false);
-- An announcement is read by those whose school it is about.
create policy lire_ecole on restructuration_ecole for select to be_mairie, be_ien, be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_ecole on restructuration for select to be_mairie, be_ien, be_directeur
  using (id in (select restructuration_id from restructuration_ecole where ecole_uai = any ((select portee_ecoles())::text[])));
grant select on restructuration, restructuration_ecole to be_ia, be_mairie, be_ien, be_directeur;
grant select on restructuration_part, restructuration_eleve to be_ia;
grant insert on restructuration, restructuration_ecole, restructuration_part to be_ia;
grant delete on restructuration_ecole, restructuration_part to be_ia;
grant update (version, annulee_le, faite_le) on restructuration to be_ia;

-- Opens a school in the IA's département; its commune is known from then on.
create function ouvrir_ecole(p_ecole jsonb, p_commune text, p_le date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e ecole := jsonb_populate_record(null::ecole, p_ecole);
begin
  if departement_de_l_ia() is null or not exists (select from commune where insee = e.commune_insee)
    and exists (select from departement where code <> departement_de_l_ia() and code = left(e.commune_insee, length(code))) then
    raise exception 'school % is outside the territory', e.uai using errcode = '42501';
  end if;
  insert into commune (insee, nom, departement_code) values (e.commune_insee, p_commune, departement_de_l_ia()) on conflict do nothing;
  if (select departement_code from commune where insee = e.commune_insee) <> departement_de_l_ia()
    or e.circonscription_uai is not null and not exists (select from circonscription
      where uai = e.circonscription_uai and departement_code = departement_de_l_ia()) then
    raise exception 'school % is outside the territory', e.uai using errcode = '42501';
  end if;
  insert into ecole (uai, nom, type, secteur, adresse, code_postal, commune_insee, circonscription_uai, departement_code,
    ouverte_le, niveaux, decidee_le)
  values (e.uai, e.nom, e.type, e.secteur, coalesce(e.adresse, ''), coalesce(e.code_postal, ''), e.commune_insee,
    e.circonscription_uai, departement_de_l_ia(), e.ouverte_le, coalesce(e.niveaux, '{}'), p_le);
end
$$;
revoke execute on function ouvrir_ecole from public;
grant execute on function ouvrir_ecole to be_ia;

-- What a decision does to each pupil, read before it is done as when it is. Those of its year change schools: who was
-- there before the date is closed here and opened there (fermer), the others are moved (deplacer). Of the year before,
-- those decided who would have stayed are expected there (ouvrir); indecis: nothing is decided for them yet.
create function plan_restructuration(p_id uuid)
returns table (eleve_id uuid, ecole_uai text, vers_uai text, acte text, annee integer, etat text, niveau text, classe_id uuid,
  scolarite_id uuid, inscription_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with r as (select * from restructuration where id = p_id and departement_code = departement_de_l_ia()),
  source as (select distinct p.ecole_uai from r join restructuration_part p on p.restructuration_id = r.id),
  ligne as (
    select s.eleve_id, s.ecole_uai, s.annee, s.etat, s.niveau, s.classe_id, s.id as scolarite_id, s.inscription_id,
      s.date_naissance, s.annee as pour, case when s.etat = 'admis_definitif' and s.date_admission < r.date_effet then 'fermer'
        else 'deplacer' end as acte
    from r cross join source join scolarite s on s.ecole_uai = source.ecole_uai and s.annee >= r.annee
    where s.etat in ('admissible', 'admis_accepte', 'admis_definitif')
    union all
    select i.eleve_id, i.ecole_uai, i.annee, i.etat, i.niveau, null, null, i.id, i.date_naissance, i.annee, 'inscrire'
    from r cross join source join inscription i on i.ecole_uai = source.ecole_uai and i.annee >= r.annee and i.etat = 'inscrit'
    union all
    select s.eleve_id, s.ecole_uai, r.annee, 'admis_accepte', p.niveau_suivant, null, s.id, null, s.date_naissance, r.annee,
      case when p.etat in ('decide', 'confirme') then 'ouvrir' else 'indecis' end
    from r cross join source join scolarite s on s.ecole_uai = source.ecole_uai and s.annee = r.annee - 1
    join ecole e on e.uai = s.ecole_uai left join passage p on p.scolarite_id = s.id
    where r.date_effet = make_date(r.annee, 9, 1) and s.etat = 'admis_definitif'
      and not exists (select from scolarite n where n.eleve_id = s.eleve_id and n.annee >= r.annee
        and n.etat in ('admissible', 'admis_accepte', 'admis_definitif'))
      and case when p.etat in ('decide', 'confirme')
        then p.niveau_suivant is not null and (not p.quittant or e.type = 'maternelle' and p.niveau_suivant = 'CP')
        else s.niveau <> 'CM2' end)
  select l.eleve_id, l.ecole_uai, d.vers, l.acte, l.annee, l.etat, l.niveau, l.classe_id, l.scolarite_id, l.inscription_id
  from ligne l cross join lateral (select coalesce(
    (select p.vers_uai from restructuration_part p where p.restructuration_id = p_id and p.classe_id = l.classe_id),
    (select p.vers_uai from restructuration_part p where p.restructuration_id = p_id and p.ecole_uai = l.ecole_uai
      and p.niveau = coalesce(l.niveau, ('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[])[
        least(9, greatest(1, l.pour - extract(year from l.date_naissance)::integer - 1))]))) as vers) d
  where d.vers is not null or l.acte = 'indecis'
$$;
grant execute on function plan_restructuration to be_ia;
