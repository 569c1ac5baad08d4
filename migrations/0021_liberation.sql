-- A pupil has arrived in a school, and the former one has not struck him off: the new one asks it to (domain.md §2.4).
-- It answers within three working days; after that, or when it refuses, the IEN or the IA decides. The name and the birth
-- are those that the school which asks has found by its search: it reads nothing else of the pupil.
create table liberation (
  id              uuid primary key,
  version         integer not null default 1,
  eleve_id        uuid not null references eleve,
  scolarite_id    uuid not null references scolarite,   -- of the former school
  inscription_id  uuid not null references inscription, -- in the new one
  ecole_uai       text not null references ecole,       -- the former school
  demandeur_uai   text not null references ecole,       -- the new one
  depart          date not null,
  motif_radiation text not null constraint motif_connu check (motif_radiation in (
    'demenagement', 'changement_ecole_commune', 'passage_autre_ecole', 'ecole_publique', 'ecole_privee')),
  demandee_le     date not null,
  echeance        date not null,
  etat            text not null constraint etat_connu check (etat in (
    'ouverte', 'accordee', 'refusee', 'retiree', 'liberee', 'rejetee')),
  motif_refus     text not null default '' constraint refus_connu check (motif_refus in (
    '', 'present', 'opposition', 'autre_enfant')),
  repondue_le     date,
  nom_famille     text not null,
  nom_usage       text not null,
  prenom          text not null,
  sexe            text not null,
  date_naissance  date not null,
  constraint demandee_puis_repondue check (demandee_le <= echeance and demandee_le <= repondue_le),
  constraint repondue_a_un_jour check ((etat = 'ouverte') = (repondue_le is null)),
  constraint refusee_avec_son_motif check (etat not in ('refusee', 'rejetee') or motif_refus <> '')
);
create unique index une_liberation_en_cours_par_scolarite on liberation (scolarite_id) where etat in ('ouverte', 'refusee');
create index liberation_par_ecole on liberation (ecole_uai, demandee_le);
create index liberation_par_demandeur on liberation (demandeur_uai, demandee_le);
create index liberation_par_inscription on liberation (inscription_id);
create index liberation_par_eleve on liberation (eleve_id);

alter table liberation enable row level security;
create policy recues on liberation for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy envoyees on liberation for select to be_directeur
  using (demandeur_uai = any ((select portee_ecoles())::text[]));
create policy repondre on liberation for update to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]) and etat = 'ouverte')
  with check (ecole_uai = any ((select portee_ecoles())::text[]) and etat in ('accordee', 'refusee'));
create policy retirer on liberation for update to be_directeur
  using (demandeur_uai = any ((select portee_ecoles())::text[]) and etat in ('ouverte', 'refusee'))
  with check (demandeur_uai = any ((select portee_ecoles())::text[]) and etat = 'retiree');
grant select on liberation to be_directeur, be_ien, be_ia;
grant update (version, etat, motif_refus, repondue_le) on liberation to be_directeur;

-- demander_liberation asks the school that still has the pupil whom the inscription expects. It returns why it cannot, ''
-- when it has: 'arrivee' is no admission accepted here, 'parti' nobody has him, 'annonce' he leaves by then already,
-- 'date' he was not there yet on that day, 'deja' it was asked.
create function demander_liberation(p_id uuid, p_inscription uuid, p_depart date, p_motif text, p_le date, p_echeance date)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ici record;
  la record;
begin
  select s.eleve_id, s.ecole_uai, s.annee into ici from scolarite s
  where s.inscription_id = p_inscription and s.etat = 'admis_accepte' and s.ecole_uai = any (portee_ecoles());
  if not found then
    return 'arrivee';
  end if;
  select s.* into la from scolarite s
  where s.eleve_id = ici.eleve_id and s.ecole_uai <> ici.ecole_uai and s.etat = 'admis_definitif'
    and s.annee >= ici.annee
  order by s.annee desc, s.date_admission desc limit 1 for update;
  case
    when not found then return 'parti';
    when la.date_radiation <= p_depart then return 'annonce';
    when p_depart < la.date_admission then return 'date';
    when exists (select from liberation where scolarite_id = la.id and etat in ('ouverte', 'refusee')) then return 'deja';
    else null;
  end case;
  insert into liberation (id, eleve_id, scolarite_id, inscription_id, ecole_uai, demandeur_uai, depart, motif_radiation,
    demandee_le, echeance, etat, nom_famille, nom_usage, prenom, sexe, date_naissance)
  select p_id, e.id, la.id, p_inscription, la.ecole_uai, ici.ecole_uai, p_depart, p_motif, p_le, p_echeance, 'ouverte',
    e.nom_famille, e.nom_usage, e.prenom, e.sexe, e.date_naissance
  from eleve e where e.id = ici.eleve_id;
  return '';
end
$$;
revoke execute on function demander_liberation from public;
grant execute on function demander_liberation to be_directeur;

-- The school of a pupil whom another school expects, and since when it is asked to let him go: what the search has said
-- already (enfants_connus).
create function encore_ailleurs(p_inscription uuid) returns table (ecole text, commune text, depart date)
language sql stable security definer rows 1 set search_path = public, pg_temp as $$
  select e.nom, c.nom, la.date_radiation
  from scolarite s join scolarite la on la.eleve_id = s.eleve_id and la.ecole_uai <> s.ecole_uai
    and la.etat = 'admis_definitif' and la.annee >= s.annee
  join ecole e on e.uai = la.ecole_uai join commune c on c.insee = e.commune_insee
  where s.inscription_id = p_inscription and s.etat = 'admis_accepte' and s.ecole_uai = any (portee_ecoles())
  order by la.annee desc, la.date_admission desc limit 1
$$;
revoke execute on function encore_ailleurs from public;
grant execute on function encore_ailleurs to be_directeur;

-- decider_liberation is the decision of the IEN or of the IA, for a school of their territory that has let the delay go or
-- has refused: they write no pupil's line, this does what the school's own radiation does. It returns why it cannot, ''
-- when it has: 'delai' the school may still answer, 'close' it is settled, 'opposition' a parent refuses.
create function decider_liberation(p_id uuid, p_libere boolean, p_motif_refus text, p_le date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l record;
begin
  select * into l from liberation where id = p_id and ecole_uai = any (portee_ecoles()) for update;
  case
    when not found or current_setting('be.role') not in ('ien', 'ia') then
      raise exception 'request % is outside the territory', p_id using errcode = '42501';
    when l.etat not in ('ouverte', 'refusee') then return 'close';
    when l.etat = 'ouverte' and p_le <= l.echeance then return 'delai';
    when p_libere and exists (select from opposition where eleve_id = l.eleve_id and levee_le is null) then
      return 'opposition';
    else null;
  end case;
  update liberation set etat = case when p_libere then 'liberee' else 'rejetee' end, version = version + 1,
    motif_refus = case when p_libere then motif_refus else p_motif_refus end, repondue_le = p_le
  where id = p_id;
  if p_libere then
    update scolarite set date_radiation = l.depart, motif_radiation = l.motif_radiation, destination_uai = l.demandeur_uai,
      destination = '', version = version + 1
    where id = l.scolarite_id and etat = 'admis_definitif';
    perform quitter(array[l.scolarite_id], p_le);
  end if;
  return '';
end
$$;
revoke execute on function decider_liberation from public;
grant execute on function decider_liberation to be_ien, be_ia;

-- A former school that strikes the pupil off by itself has answered.
create function liberation_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update liberation set etat = 'accordee', version = version + 1,
    repondue_le = greatest(demandee_le, coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now())::date)
  where scolarite_id = new.id and etat in ('ouverte', 'refusee') and (new.etat = 'radie' or new.date_radiation <= depart);
  return null;
end
$$;
create trigger liberation_suit after update on scolarite for each row
  when (new.date_radiation is not null and old.date_radiation is distinct from new.date_radiation)
  execute function liberation_suit();
