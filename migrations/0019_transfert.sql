-- A cohort goes to its next school in one act (domain.md §2.4): the school it leaves offers those whom the decision of
-- passage takes away, the one that receives them expects them. Names are not copied: lignes_transfert gives them to
-- those whom the transfer concerns.

-- annee: the year that ends. commune_insee: of the school that receives, whose mairie inscribes.
create table transfert (
  id            uuid primary key,
  version       integer not null default 1,
  ecole_uai     text not null references ecole,
  vers_uai      text not null references ecole,
  commune_insee text not null references commune,
  annee         integer not null references annee_scolaire,
  propose_le    timestamptz not null,
  compte_id     uuid not null,
  repondu_le    timestamptz,
  constraint vers_une_autre_ecole check (ecole_uai <> vers_uai),
  constraint reponse_apres_la_proposition check (repondu_le >= propose_le)
);
create index transfert_par_ecole on transfert (ecole_uai, annee);
create index transfert_par_destination on transfert (vers_uai, annee);
create index transfert_par_commune on transfert (commune_insee, annee);

-- niveau: of the next year. suite_id, inscription_id: no key, since what is undone is taken away; inscription_creee: the
-- acceptance made it. conserve: somebody had worked on it, the undo left it.
create table transfert_eleve (
  transfert_id      uuid not null references transfert,
  scolarite_id      uuid not null references scolarite,
  eleve_id          uuid not null references eleve,
  ecole_uai         text not null,
  vers_uai          text not null,
  commune_insee     text not null,
  niveau            text not null constraint niveau_connu check (niveau in (
    'TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2')),
  etat              text not null default 'propose'
    constraint etat_connu check (etat in ('propose', 'accepte', 'decline', 'retire')),
  repondu_le        timestamptz,
  inscription_id    uuid,
  inscription_creee boolean not null default false,
  suite_id          uuid,
  conserve          boolean not null default false,
  primary key (transfert_id, scolarite_id),
  constraint accepte_si_et_seulement_si_attendu check ((etat = 'accepte') = (suite_id is not null)),
  constraint repondu_a_une_date check (etat not in ('accepte', 'decline') or repondu_le is not null)
);
create unique index une_offre_par_eleve on transfert_eleve (scolarite_id) where etat = 'propose';
create index transfert_eleve_par_eleve on transfert_eleve (eleve_id);

alter table transfert enable row level security;
alter table transfert_eleve enable row level security;
-- Every query names the key it comes by, so that these conditions are only tried on the rows found.
create policy lire on transfert for select to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]) or vers_uai = any ((select portee_ecoles())::text[]));
create policy proposer on transfert for insert to be_directeur
  with check (ecole_uai = any ((select portee_ecoles())::text[]));
create policy repondre on transfert for update to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]) or vers_uai = any ((select portee_ecoles())::text[]));
create policy lire_mairie on transfert for select to be_mairie
  using (commune_insee = any ((select portee_communes())::text[]));
create policy lire on transfert_eleve for select to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]) or vers_uai = any ((select portee_ecoles())::text[]));
create policy proposer on transfert_eleve for insert to be_directeur
  with check (ecole_uai = any ((select portee_ecoles())::text[]));
create policy decliner on transfert_eleve for update to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]) or vers_uai = any ((select portee_ecoles())::text[]))
  with check (etat <> 'accepte');
create policy lire_mairie on transfert_eleve for select to be_mairie
  using (commune_insee = any ((select portee_communes())::text[]));
grant select on transfert, transfert_eleve to be_directeur, be_mairie;
grant insert on transfert, transfert_eleve to be_directeur;
grant update (version, repondu_le) on transfert to be_directeur;
grant update (etat, repondu_le) on transfert_eleve to be_directeur;

-- What keeps a pupil from being expected in p_vers in p_annee: where he is expected already, where the mairie has put him.
create function attentes(p_eleve uuid, p_annee integer)
returns table (attendu text, inscription_id uuid, inscription text, inscrit text)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select s.ecole_uai from scolarite s where s.eleve_id = p_eleve and s.annee = p_annee
      and s.etat in ('admissible', 'admis_accepte', 'admis_definitif') limit 1), ''),
    i.id, coalesce(i.etat, ''), coalesce(i.ecole_uai, '')
  from (select) d left join inscription i on i.eleve_id = p_eleve and i.annee = p_annee and i.etat in ('en_attente', 'inscrit')
$$;
revoke execute on function attentes from public;

-- The pupils of a transfer, for the two schools and the mairie that it concerns: civil status and niveau, as the
-- register of the school they leave has them.
create function lignes_transfert(p_transfert uuid)
returns table (id uuid, eleve_id uuid, nom_famille text, nom_usage text, prenom text, sexe text, date_naissance date,
  niveau text, etat text, repondu_le timestamptz, conserve boolean, attendu text, inscription_id uuid, inscription text,
  inscrit text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.scolarite_id, l.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance, l.niveau, l.etat,
    l.repondu_le, l.conserve, a.attendu, a.inscription_id, a.inscription, a.inscrit
  from transfert t join transfert_eleve l on l.transfert_id = t.id join scolarite s on s.id = l.scolarite_id
  cross join lateral attentes(l.eleve_id, t.annee + 1) a
  where t.id = p_transfert and (t.ecole_uai = any (portee_ecoles()) or t.vers_uai = any (portee_ecoles())
    or t.commune_insee = any (portee_communes()))
  order by l.niveau, s.cle_nom, l.scolarite_id
$$;
grant execute on function lignes_transfert to be_directeur, be_mairie;

-- Those whom the decision of passage takes from the agent's school to another one, and where they are expected already.
create function quittants(p_annee integer)
returns table (id uuid, eleve_id uuid, nom_famille text, nom_usage text, prenom text, date_naissance date, classe text,
  niveau text, offre boolean, attendu text, inscription_id uuid, inscription text, inscrit text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, coalesce(k.libelle_court, ''),
    p.niveau_suivant, exists (select from transfert_eleve l where l.scolarite_id = s.id and l.etat = 'propose'),
    a.attendu, a.inscription_id, a.inscription, a.inscrit
  from passage p join scolarite s on s.id = p.scolarite_id left join classe k on k.id = s.classe_id
  cross join lateral attentes(s.eleve_id, p_annee + 1) a
  where p.ecole_uai = any (portee_ecoles()) and p.annee = p_annee and p.etat in ('decide', 'confirme') and p.quittant
    and p.niveau_suivant is not null and s.etat in ('admis_definitif', 'radie')
  order by array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], p.niveau_suivant), s.cle_nom, s.id
$$;
grant execute on function quittants to be_directeur;

-- The schools nearest to that of the agent, and the niveaux of their classes of the year p_annee, or of the year before
-- while none is made: the map of a regroupement, read from what its schools open.
create function ecoles_proches(p_annee integer)
returns table (uai text, nom text, commune text, type text, secteur text, regroupement boolean, meme_commune boolean,
  niveaux text[])
language sql stable security definer set search_path = public, pg_temp as $$
  with ici as (select e.uai, e.rpi_code, e.commune_insee, e.circonscription_uai from ecole e where e.uai = any (portee_ecoles())),
  proche as (
    select e.uai from ici join ecole e on e.rpi_code = ici.rpi_code
    union
    select e.uai from ici join ecole e on e.commune_insee = ici.commune_insee
    union
    select e.uai from ici join ecole e on e.circonscription_uai = ici.circonscription_uai)
  select e.uai, e.nom, c.nom, e.type, e.secteur, coalesce(e.rpi_code = ici.rpi_code, false),
    e.commune_insee = ici.commune_insee,
    coalesce(
      (select array_agg(distinct n.niveau) from classe k join classe_niveau n on n.classe_id = k.id
        where k.ecole_uai = e.uai and k.annee = p_annee),
      (select array_agg(distinct n.niveau) from classe k join classe_niveau n on n.classe_id = k.id
        where k.ecole_uai = e.uai and k.annee = p_annee - 1), '{}')
  from ici cross join proche p join ecole e on e.uai = p.uai join commune c on c.insee = e.commune_insee
  where e.uai <> ici.uai and e.ouverte
  order by 6 desc, 7 desc, cle_nom(c.nom), cle_nom(e.nom), e.uai
$$;
grant execute on function ecoles_proches to be_directeur;

-- Opens in the school that receives the scolarités of those it accepts, and their inscriptions where the mairie has made
-- none. Who may be accepted is for internal/domain/transfert to say; that each is expected once is checked here again.
create function accueillir_transfert(p_transfert uuid, p_scolarites uuid[], p_effet date, p_fin date, p_le timestamptz)
returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t transfert;
  v_jour date := (p_le at time zone 'Europe/Paris')::date;
  v_nombre integer;
begin
  select * into t from transfert where id = p_transfert and vers_uai = any (portee_ecoles()) for update;
  if t.id is null then
    raise exception 'transfer % is outside the territory', p_transfert using errcode = '42501';
  end if;
  perform from eleve e join transfert_eleve l on l.eleve_id = e.id
  where l.transfert_id = t.id and l.scolarite_id = any (p_scolarites) order by e.id for no key update of e;
  if exists (select from transfert_eleve l cross join lateral attentes(l.eleve_id, t.annee + 1) a
      where l.transfert_id = t.id and l.scolarite_id = any (p_scolarites)
        and (l.etat <> 'propose' or a.attendu <> '' or a.inscription = 'en_attente' or a.inscrit not in ('', t.vers_uai))) then
    raise exception 'a pupil of % is expected elsewhere', p_transfert using errcode = 'BE018';
  end if;
  update transfert_eleve l set etat = 'accepte', repondu_le = p_le, suite_id = gen_random_uuid(), conserve = false,
    inscription_creee = a.inscription_id is null, inscription_id = coalesce(a.inscription_id, gen_random_uuid())
  from transfert_eleve m cross join lateral attentes(m.eleve_id, t.annee + 1) a
  where m.transfert_id = t.id and m.scolarite_id = any (p_scolarites)
    and l.transfert_id = m.transfert_id and l.scolarite_id = m.scolarite_id;
  insert into inscription (id, eleve_id, annee, commune_insee, ecole_uai, etat, niveau, date_demande, date_inscription, saisie_par)
  select l.inscription_id, l.eleve_id, t.annee + 1, t.commune_insee, t.vers_uai, 'transformee', l.niveau, v_jour, v_jour, 'ecole'
  from transfert_eleve l where l.transfert_id = t.id and l.scolarite_id = any (p_scolarites) and l.inscription_creee;
  update inscription i set etat = 'transformee', version = i.version + 1
  from transfert_eleve l where l.transfert_id = t.id and l.scolarite_id = any (p_scolarites) and not l.inscription_creee
    and i.id = l.inscription_id;
  insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, inscription_id, etat, niveau, date_effet)
  select l.suite_id, l.eleve_id, t.vers_uai, t.annee + 1, p_fin, l.inscription_id, 'admis_accepte', l.niveau, p_effet
  from transfert_eleve l where l.transfert_id = t.id and l.scolarite_id = any (p_scolarites);
  get diagnostics v_nombre = row_count;
  if v_nombre <> cardinality(p_scolarites) then
    raise exception '% pupils expected of % accepted', v_nombre, cardinality(p_scolarites) using errcode = 'BE018';
  end if;
  update passage p set suite_id = l.suite_id, suivie_le = p_le, version = p.version + 1
  from transfert_eleve l where l.transfert_id = t.id and l.scolarite_id = any (p_scolarites)
    and p.scolarite_id = l.scolarite_id and p.suite_id is null;
  update transfert set repondu_le = p_le, version = version + 1 where id = t.id;
  return v_nombre;
end
$$;
grant execute on function accueillir_transfert to be_directeur;

-- Takes the answers back, but for the pupils on whom the school that receives has worked since, and tells how many these
-- are. Undone by it they are offered still; by the school they leave, withdrawn.
create function defaire_transfert(p_transfert uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t transfert;
  v_etat text;
  v_laisses integer;
begin
  select * into t from transfert
  where id = p_transfert and (ecole_uai = any (portee_ecoles()) or vers_uai = any (portee_ecoles())) for update;
  if t.id is null then
    raise exception 'transfer % is outside the territory', p_transfert using errcode = '42501';
  end if;
  v_etat := case when t.vers_uai = any (portee_ecoles()) then 'propose' else 'retire' end;
  update transfert_eleve l set conserve = true
  where l.transfert_id = t.id and l.etat = 'accepte' and not exists (select from scolarite s where s.id = l.suite_id
    and s.version = 1 and s.etat = 'admis_accepte' and not exists (select from affectation where scolarite_id = s.id)
    and not exists (select from passage where scolarite_id = s.id));
  get diagnostics v_laisses = row_count;
  update passage p set suite_id = null, suivie_le = null, version = p.version + 1
  from transfert_eleve l where l.transfert_id = t.id and l.etat = 'accepte' and not l.conserve
    and p.scolarite_id = l.scolarite_id and p.suite_id = l.suite_id;
  delete from scolarite s using transfert_eleve l
  where l.transfert_id = t.id and l.etat = 'accepte' and not l.conserve and s.id = l.suite_id;
  delete from inscription i using transfert_eleve l
  where l.transfert_id = t.id and l.etat = 'accepte' and not l.conserve and l.inscription_creee and i.id = l.inscription_id;
  update inscription i set etat = 'inscrit', version = i.version + 1
  from transfert_eleve l where l.transfert_id = t.id and l.etat = 'accepte' and not l.conserve and not l.inscription_creee
    and i.id = l.inscription_id and i.etat = 'transformee';
  update transfert_eleve l set etat = v_etat, repondu_le = null, suite_id = null, inscription_id = null, inscription_creee = false
  where l.transfert_id = t.id and not l.conserve and (l.etat = 'accepte' or l.etat = 'decline' and v_etat = 'propose'
    and not exists (select from transfert_eleve o where o.scolarite_id = l.scolarite_id and o.transfert_id <> t.id
      and o.etat in ('propose', 'accepte')));
  update transfert set version = version + 1, repondu_le = null where id = t.id;
  return v_laisses;
end
$$;
grant execute on function defaire_transfert to be_directeur;

-- A file is taken by the school that admits a pupil for good, although last year's school has not struck him off: that
-- year is over. Only an admission of the same year, or of a later one, keeps it where it is.
create or replace function prendre_le_dossier(p_eleve uuid, p_ecole text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_ecole <> all (portee_ecoles()) then
    raise exception 'school % is outside the territory', p_ecole using errcode = '42501';
  end if;
  if not exists (select from scolarite
      where eleve_id = p_eleve and ecole_uai = p_ecole and etat in ('admis_accepte', 'admis_definitif')) then
    raise exception 'pupil % is not accepted in school %', p_eleve, p_ecole using errcode = '42501';
  end if;
  update eleve set ecole_uai = p_ecole, tenu_par = 'ecole', version = version + 1
  where id = p_eleve and (ecole_uai, tenu_par) is distinct from (p_ecole, 'ecole')
    and not exists (select from scolarite
      where eleve_id = p_eleve and ecole_uai <> p_ecole and etat = 'admis_definitif' and annee >= coalesce((
        select max(annee) from scolarite where eleve_id = p_eleve and ecole_uai = p_ecole and etat = 'admis_definitif'), 0));
end
$$;
