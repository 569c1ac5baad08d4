-- The registre des élèves inscrits: one line for each stay of a pupil in a school, numbered in the order of entry, kept
-- for ever (design.md §2.7: names, dates, school). It is written by triggers alone and holds no key to the file, which
-- is purged long before somebody asks for a certificate (domain.md, D10).
create table registre (
  id             uuid primary key default gen_random_uuid(),
  ecole_uai      text not null references ecole,
  numero         integer not null constraint numero_positif check (numero > 0),
  eleve_id       uuid not null,
  nom_famille    text not null,
  nom_usage      text not null,
  prenom         text not null,
  sexe           text not null,
  date_naissance date not null,
  entree         date not null,
  niveau_entree  text not null,
  provenance     text not null default '',
  sortie         date,
  niveau_sortie  text not null,
  motif_sortie   text not null default '',
  destination    text not null default '',
  cle_nom        text collate "C" not null generated always as (cle_nom(
    case when nom_usage = '' then nom_famille || ' ' || prenom
      else nom_usage || ' ' || prenom || ' ' || nom_famille end)) stored,
  constraint un_numero_par_ecole unique (ecole_uai, numero),
  constraint entre_puis_sort check (entree <= sortie),
  constraint sorti_avec_son_motif check ((sortie is null) = (motif_sortie = ''))
);
create index registre_par_nom on registre (ecole_uai, cle_nom);
create index registre_par_entree on registre (ecole_uai, entree);
create index registre_par_sortie on registre (ecole_uai, sortie) where sortie is not null;
create index registre_par_eleve on registre (eleve_id, ecole_uai);

alter table registre enable row level security;
create policy lire on registre for select to be_directeur, be_ia, be_mairie
  using (ecole_uai = any ((select portee_ecoles())::text[]));
grant select on registre to be_directeur, be_ia, be_mairie;

-- What the register says of a school: its name and where it is.
create function nom_ecole(p_uai text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select e.nom || ', ' || c.nom from ecole e join commune c on c.insee = e.commune_insee where e.uai = p_uai
$$;
revoke execute on function nom_ecole from public;

-- inscrire_au_registre opens the line of a stay, under the next number of the school.
create function inscrire_au_registre(s scolarite) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('registre ' || s.ecole_uai, 0));
  insert into registre (ecole_uai, numero, eleve_id, nom_famille, nom_usage, prenom, sexe, date_naissance, entree,
    niveau_entree, niveau_sortie, provenance)
  select s.ecole_uai, 1 + coalesce((select max(numero) from registre where ecole_uai = s.ecole_uai), 0), s.eleve_id,
    s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance, s.date_admission, s.niveau, s.niveau,
    coalesce((select nom_ecole(a.ecole_uai) from scolarite a where a.eleve_id = s.eleve_id and a.ecole_uai <> s.ecole_uai
      and a.date_admission is not null order by a.date_admission desc limit 1), '');
end
$$;
revoke execute on function inscrire_au_registre from public;

-- The register follows the scolarité: it is entered at the admission, carried on from year to year, closed by the
-- radiation on its day, opened again when that is taken back. An admission taken back on its day leaves no line.
create function tenir_registre() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ligne uuid;
begin
  if tg_op = 'UPDATE' and old.eleve_id <> new.eleve_id then
    update registre set eleve_id = new.eleve_id where eleve_id = old.eleve_id and ecole_uai = new.ecole_uai;
  end if;
  if new.date_admission is null then
    delete from registre r where r.eleve_id = new.eleve_id and r.ecole_uai = new.ecole_uai and r.sortie is null
      and not exists (select from scolarite s where s.eleve_id = r.eleve_id and s.ecole_uai = r.ecole_uai
        and s.date_admission >= r.entree);
    return null;
  end if;
  -- The line that is open, or the one that a radiation taken back had closed.
  select id into v_ligne from registre r
  where r.eleve_id = new.eleve_id and r.ecole_uai = new.ecole_uai and r.entree <= new.date_admission
    and (r.sortie is null or tg_op = 'UPDATE' and old.etat = 'radie' and r.sortie = old.date_radiation)
  order by r.entree desc limit 1;
  if v_ligne is null then
    perform inscrire_au_registre(new);
    select id into v_ligne from registre r
    where r.eleve_id = new.eleve_id and r.ecole_uai = new.ecole_uai and r.entree = new.date_admission and r.sortie is null;
  end if;
  update registre set niveau_sortie = new.niveau, nom_famille = new.nom_famille, nom_usage = new.nom_usage,
    prenom = new.prenom, sexe = new.sexe, date_naissance = new.date_naissance,
    sortie = case when new.etat = 'radie' then new.date_radiation end,
    motif_sortie = case when new.etat = 'radie' then new.motif_radiation else '' end,
    destination = case when new.etat = 'radie' then coalesce(nom_ecole(new.destination_uai), new.destination) else '' end
  where id = v_ligne;
  return null;
end
$$;
create trigger tenir_registre_entree after insert on scolarite for each row
  when (new.date_admission is not null) execute function tenir_registre();
create trigger tenir_registre after update on scolarite for each row
  when ((old.date_admission is not null or new.date_admission is not null) and (old.eleve_id is distinct from new.eleve_id
    or old.etat is distinct from new.etat
    or old.niveau is distinct from new.niveau
    or old.date_admission is distinct from new.date_admission
    or old.date_radiation is distinct from new.date_radiation
    or old.nom_famille is distinct from new.nom_famille
    or old.nom_usage is distinct from new.nom_usage
    or old.prenom is distinct from new.prenom
    or old.sexe is distinct from new.sexe
    or old.date_naissance is distinct from new.date_naissance))
  execute function tenir_registre();

-- ouvrir_registre writes the register of a base that has had none: its stays, numbered by day of entry, then by name.
create function ouvrir_registre() returns bigint
language sql set search_path = public, pg_temp as $$
  with ligne as (
    select s.*, lag(etat) over (partition by ecole_uai, eleve_id order by date_admission, annee) as avant
    from scolarite s where date_admission is not null),
  sejour as (
    select *, count(*) filter (where avant is null or avant = 'radie')
      over (partition by ecole_uai, eleve_id order by date_admission, annee) as rang
    from ligne),
  bornes as (
    select distinct on (ecole_uai, eleve_id, rang) *,
      first_value(date_admission) over (partition by ecole_uai, eleve_id, rang order by date_admission, annee) as entree,
      first_value(niveau) over (partition by ecole_uai, eleve_id, rang order by date_admission, annee) as niveau_entree
    from sejour order by ecole_uai, eleve_id, rang, date_admission desc, annee desc),
  parcours as (
    select b.*, lag(ecole_uai) over (partition by eleve_id order by entree) as ecole_avant from bornes b),
  ecrit as (
    insert into registre (ecole_uai, numero, eleve_id, nom_famille, nom_usage, prenom, sexe, date_naissance, entree,
      niveau_entree, sortie, niveau_sortie, motif_sortie, destination, provenance)
    select b.ecole_uai, row_number() over (partition by b.ecole_uai order by b.entree, b.cle_nom, b.eleve_id), b.eleve_id,
      b.nom_famille, b.nom_usage, b.prenom, b.sexe, b.date_naissance, b.entree, b.niveau_entree,
      case when b.etat = 'radie' then b.date_radiation end, b.niveau, case when b.etat = 'radie' then b.motif_radiation else '' end,
      case when b.etat = 'radie' then coalesce(d.nom || ', ' || dc.nom, b.destination) else '' end,
      coalesce(p.nom || ', ' || pc.nom, '')
    from parcours b left join ecole d on d.uai = b.destination_uai left join commune dc on dc.insee = d.commune_insee
    left join ecole p on p.uai = b.ecole_avant and p.uai <> b.ecole_uai left join commune pc on pc.insee = p.commune_insee
    returning 1)
  select count(*) from ecrit
$$;
revoke execute on function ouvrir_registre from public;
select ouvrir_registre();
