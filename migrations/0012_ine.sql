-- The life of the number after the demand (domain.md §4.3): look-alikes that the register does not tell apart by itself,
-- what the directeur and the IA decide about them, numbers replaced. Only the register, and the functions below, write a
-- number; the directeur and the IA write states.

-- raison: why it waits for somebody, a code, '' while the register has yet to look. depuis: when it came to its state.
-- remplace_par: the file that bears the number now, for one replaced.
alter table immatriculation
  add raison       text not null default '' constraint raison_connue check (raison in (
    '', 'ressemblance', 'identite_connue', 'nom_famille', 'prenom', 'sexe', 'date_naissance', 'commune_naissance')),
  add depuis       timestamptz,
  add remplace_par uuid references eleve constraint remplace_par_un_autre check (remplace_par <> eleve_id),
  drop constraint attribue_avec_son_numero,
  add constraint numero_selon_l_etat check (case
    when etat in ('attribue', 'en_verification') then ine is not null
    when etat in ('en_attente', 'bloque_doublon', 'en_erreur') then ine is null
    else true end),
  add constraint remplace_par_un_dossier check ((etat = 'remplace') = (remplace_par is not null));
create index immatriculation_par_remplacant on immatriculation (remplace_par) where remplace_par is not null;
create index immatriculation_a_verifier on immatriculation (demande_le) where etat = 'en_verification' and raison = '';
create index immatriculation_suivie on immatriculation (ecole_uai) where etat not in ('attribue', 'remplace');

-- Two files that may be one child: that of eleve_id waits, candidat_id bears a number. ecole_uai follows eleve_id.
create table ressemblance (
  eleve_id    uuid not null references eleve,
  candidat_id uuid not null references eleve,
  version     integer not null default 1,
  ecole_uai   text not null,
  score       real not null constraint score_entre_zero_et_un check (score between 0 and 1),
  raisons     text[] not null,
  detecte_le  timestamptz not null,
  decision    text not null default '' constraint decision_connue check (decision in ('', 'meme', 'autre')),
  motif       text not null default '',
  decide_le   timestamptz,
  decide_par  text constraint decide_par_qui_peut check (decide_par in ('registre', 'directeur', 'ia')),
  primary key (eleve_id, candidat_id),
  constraint deux_dossiers check (eleve_id <> candidat_id),
  constraint decidee_par_quelqu_un check (
    (decision = '') = (decide_le is null) and (decision = '') = (decide_par is null))
);
create index ressemblance_par_candidat on ressemblance (candidat_id);

-- Numbers that no longer are a pupil's own but still lead to him: of a file merged into his, or corrected.
-- ancien_id: the file that bore it.
create table ine_alias (
  ine       text primary key constraint forme_de_l_ine check (ine ~ '^([0-9]{10}[A-Z]|[0-9]{9}[A-Z]{2})$'),
  eleve_id  uuid not null references eleve,
  ancien_id uuid not null references eleve,
  le        timestamptz not null
);
create index ine_alias_par_eleve on ine_alias (eleve_id);

-- What a replacement found, so that it can be undone. Nobody reads it but the function that undoes.
create table ine_remplacement (
  id              bigint generated always as identity primary key,
  garde_id        uuid not null references eleve,
  remplace_id     uuid not null references eleve,
  le              timestamptz not null,
  annule_le       timestamptz,
  garde_etat      text,
  garde_raison    text,
  remplace_etat   text not null,
  remplace_raison text not null,
  remplace_ine    text,
  attribue_le     timestamptz
);
create unique index un_remplacement_en_vigueur_par_dossier on ine_remplacement (remplace_id) where annule_le is null;
create index ine_remplacement_par_garde on ine_remplacement (garde_id);

alter table ressemblance enable row level security;
alter table ine_alias enable row level security;
alter table ine_remplacement enable row level security;

create policy lire on ressemblance for select to be_directeur, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy decider on ressemblance for update to be_directeur, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy registre on ressemblance to be_registre using (true) with check (true);
create policy decider on immatriculation for update to be_directeur, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire on ine_alias for select to be_directeur, be_ia
  using (exists (select from immatriculation i where i.eleve_id = ine_alias.eleve_id));
create policy registre on ine_alias for select to be_registre using (true);
create policy personne on ine_remplacement using (false);

-- The register holds the identities (arrêté of 16 February 2012): no home, no responsable, no class.
create policy registre on eleve for select to be_registre using (true);
grant select (id, nom_famille, nom_usage, prenom, prenom2, prenom3, sexe, date_naissance, ne_etranger,
  commune_naissance_insee) on eleve to be_registre;

grant select on ressemblance, ine_alias to be_directeur, be_ia;
grant select on ine_alias to be_registre;
grant update (version, decision, motif, decide_le, decide_par) on ressemblance to be_directeur, be_ia;
grant update (version, etat, raison, depuis) on immatriculation to be_directeur, be_ia;
grant select, insert, update, delete on ressemblance to be_registre;

-- The file that bears the number of one replaced, at the end of the chain.
create function porteur_de_l_ine(p_eleve uuid) returns uuid stable language sql security definer set search_path = public, pg_temp
begin atomic
  with recursive chaine (id, suivant) as (
    select eleve_id, remplace_par from immatriculation where eleve_id = p_eleve
    union
    select i.eleve_id, i.remplace_par from chaine c join immatriculation i on i.eleve_id = c.suivant)
  select id from chaine where suivant is null limit 1;
end;
revoke execute on function porteur_de_l_ine from public;

-- Who has a number, was born on the same day, or on it with day and month exchanged, and has a word of his names in
-- common by its skeleton (0010); not those of whom somebody has said that they are another child. A file replaced leads
-- to the one that bears its number now. Whether they are alike is for internal/domain/rapprochement to say.
create function ine_candidats(p_eleve uuid, p_le date)
returns table (id uuid, nom_famille text, nom_usage text, prenom text, prenom2 text, prenom3 text, sexe text,
  date_naissance date, ne_etranger boolean, commune_naissance text, present boolean)
language sql stable security definer
set search_path = public, pg_temp set enable_bitmapscan = on set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
  with demandeur as (
    select d.id, d.cle_nom, cle_date(d.date_naissance) as jour, array(
      select hashtext('d' || cle_date(d.date_naissance) || mot)
      from unnest(string_to_array(squelette(d.nom_famille || ' ' || d.nom_usage || ' ' || d.prenom), ' ')) as mot) as cles
    from eleve d where d.id = p_eleve),
  proche as (
    select distinct on (p.id) p.id, e.id as trouve, similarity(e.cle_nom, d.cle_nom) as ressemble
    from demandeur d join eleve e
      on cles_eleve(e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, e.mairie_insee, e.residence_insee) && d.cles
      and cle_date(e.date_naissance) = d.jour and e.id <> d.id and e.etat <> 'errone'
    join immatriculation i on i.eleve_id = e.id and i.etat in ('attribue', 'en_verification', 'remplace')
    cross join lateral (select case i.etat when 'remplace' then porteur_de_l_ine(e.id) else e.id end as id) p
    where p.id <> d.id
      and not exists (select from ressemblance r where r.decision = 'autre'
        and (r.eleve_id, r.candidat_id) in ((d.id, p.id), (p.id, d.id)))
      and not exists (select from distinction x where x.eleve_id = least(d.id, p.id) and x.autre_id = greatest(d.id, p.id))
    order by p.id, ressemble desc)
  select p.id, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger,
    coalesce(e.commune_naissance_insee, ''),
    exists (select from scolarite s where s.eleve_id = p.id and s.fin_annee >= p_le
      and s.etat in ('admissible', 'admis_accepte', 'admis_definitif'))
  from proche p join eleve e on e.id = p.trouve
  order by p.ressemble desc, p.id limit 30
$$;
grant execute on function ine_candidats to be_registre;

-- deplacer_ine is the one place where a number goes from a file to another: p_garde keeps its own, or takes that of
-- p_remplace, whose number otherwise becomes an alias. Rows are locked in the order of their keys.
create function deplacer_ine(p_garde uuid, p_remplace uuid, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  g immatriculation;
  r immatriculation;
begin
  perform from immatriculation where eleve_id in (p_garde, p_remplace) order by eleve_id for update;
  select * into g from immatriculation where eleve_id = p_garde;
  select * into r from immatriculation where eleve_id = p_remplace;
  if r.eleve_id is null or r.etat = 'remplace' then
    return;
  end if;
  if g.etat = 'remplace' then
    raise exception 'the number of % is replaced itself', p_garde using errcode = 'BE012';
  end if;
  insert into ine_remplacement (garde_id, remplace_id, le, garde_etat, garde_raison, remplace_etat, remplace_raison,
    remplace_ine, attribue_le)
  values (p_garde, p_remplace, p_le, g.etat, g.raison, r.etat, r.raison, r.ine, r.attribue_le);
  update immatriculation set etat = 'remplace', raison = '', ine = null, remplace_par = p_garde, depuis = p_le,
    version = version + 1 where eleve_id = p_remplace;
  if g.eleve_id is null then
    insert into immatriculation (eleve_id, ecole_uai, etat, raison, demande_le, depuis, ine, attribue_le)
    select p_garde, coalesce(e.ecole_uai, r.ecole_uai), r.etat, r.raison, r.demande_le, p_le, r.ine, r.attribue_le
    from eleve e where e.id = p_garde;
  elsif g.ine is not null then
    insert into ine_alias (ine, eleve_id, ancien_id, le) select r.ine, p_garde, p_remplace, p_le where r.ine is not null;
  elsif r.ine is not null then
    update immatriculation set etat = 'attribue', raison = '', ine = r.ine, attribue_le = r.attribue_le, depuis = p_le,
      version = version + 1 where eleve_id = p_garde;
  end if;
  update ine_alias set eleve_id = p_garde where eleve_id = p_remplace;
  -- What was asked about the file that goes is asked no more; whoever waited for that answer is looked at anew.
  with tombees as (
    delete from ressemblance where decision = '' and p_remplace in (eleve_id, candidat_id) returning eleve_id)
  update immatriculation i set etat = case when ine is null then 'en_attente' else 'en_verification' end, raison = '',
    depuis = p_le, version = version + 1
  from tombees t where i.eleve_id = t.eleve_id and i.eleve_id not in (p_garde, p_remplace)
    and i.etat in ('bloque_doublon', 'litige', 'en_verification');
end
$$;
grant execute on function deplacer_ine to be_registre;

-- Who may: both files are in the territory, or the directeur or the IA has said of these two that they are one child.
create function controler_remplacement(p_garde uuid, p_remplace uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from eleve e where e.id in (p_garde, p_remplace)
      and (e.ecole_uai = any (portee_ecoles()) or e.mairie_insee = any (portee_communes()))) < 2
    and not exists (select from ressemblance where eleve_id = p_garde and candidat_id = p_remplace
      and decision = 'meme' and ecole_uai = any (portee_ecoles())) then
    raise exception 'files % and % are not both in the territory', p_garde, p_remplace using errcode = '42501';
  end if;
end
$$;

create function remplacer_ine(p_garde uuid, p_remplace uuid, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform controler_remplacement(p_garde, p_remplace);
  perform deplacer_ine(p_garde, p_remplace, p_le);
end
$$;

-- A state to come back to, unless it waits for an answer to a question that is no longer asked.
create function etat_a_retablir(p_eleve uuid, p_etat text) returns text stable language sql
begin atomic
  select case when p_etat in ('bloque_doublon', 'litige')
      and not exists (select from ressemblance where eleve_id = p_eleve and decision = '')
    then 'en_attente' else p_etat end;
end;

-- retablir_ine undoes remplacer_ine: the file replaced has its number again, the other what remains to it.
create function retablir_ine(p_garde uuid, p_remplace uuid, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m ine_remplacement;
begin
  perform controler_remplacement(p_garde, p_remplace);
  perform from immatriculation where eleve_id in (p_garde, p_remplace) order by eleve_id for update;
  update ine_remplacement set annule_le = p_le
  where garde_id = p_garde and remplace_id = p_remplace and annule_le is null returning * into m;
  if m.id is null then
    return;
  end if;
  delete from ine_alias where ine = m.remplace_ine;
  if m.garde_etat is null then
    delete from ressemblance where eleve_id = p_garde;
    delete from immatriculation where eleve_id = p_garde;
  else
    update immatriculation set ine = null, attribue_le = null, depuis = p_le, version = version + 1,
      etat = etat_a_retablir(p_garde, m.garde_etat),
      raison = case etat_a_retablir(p_garde, m.garde_etat) when 'en_attente' then '' else m.garde_raison end
    where eleve_id = p_garde and ine = m.remplace_ine;
  end if;
  update immatriculation set etat = case when m.remplace_ine is null then 'en_attente' else m.remplace_etat end,
    raison = case when m.remplace_ine is null then '' else m.remplace_raison end, ine = m.remplace_ine,
    remplace_par = null, depuis = p_le, version = version + 1 where eleve_id = p_remplace;
  with recursive dossiers (id) as (
    select p_remplace
    union
    select i.eleve_id from dossiers d join immatriculation i on i.remplace_par = d.id)
  update ine_alias a set eleve_id = p_remplace from dossiers d where a.ancien_id = d.id and a.eleve_id = p_garde;
end
$$;
revoke execute on function controler_remplacement, etat_a_retablir from public;
grant execute on function remplacer_ine, retablir_ine to be_directeur, be_ia, be_mairie;

-- poser_ine records a number typed by the IA; the former one becomes an alias. A number that another pupil bears, or
-- bore, is refused as the unique index would.
create function poser_ine(p_eleve uuid, p_ine text, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ancien text;
begin
  select ine into ancien from immatriculation
  where eleve_id = p_eleve and ecole_uai = any (portee_ecoles()) and etat <> 'remplace' for update;
  if not found then
    raise exception 'pupil % is outside the territory', p_eleve using errcode = '42501';
  end if;
  if exists (select from immatriculation where ine = p_ine and eleve_id <> p_eleve)
    or exists (select from ine_alias where ine = p_ine and eleve_id <> p_eleve) then
    raise exception 'this number is another pupil''s' using errcode = '23505', constraint = 'un_ine_un_eleve';
  end if;
  delete from ine_alias where ine = p_ine;
  update immatriculation set ine = p_ine, etat = 'attribue', raison = '', attribue_le = p_le, depuis = p_le,
    version = version + 1 where eleve_id = p_eleve;
  insert into ine_alias (ine, eleve_id, ancien_id, le) select ancien, p_eleve, p_eleve, p_le where ancien <> p_ine;
  delete from ressemblance where eleve_id = p_eleve and decision = '';
end
$$;
grant execute on function poser_ine to be_ia;

-- Who looks alike, for those who must say whether he is the same child: civil status, schools and dates, never the home,
-- the family nor the number. Where the home is protected the school is not told to another school: it would tell where.
create function voir_ressemblances(p_eleve uuid, p_le date)
returns table (candidat_id uuid, version int, raisons text[], decision text, motif text, decide_le timestamptz,
  decide_par text, nom_famille text, nom_usage text, prenom text, prenom2 text, prenom3 text, sexe text,
  date_naissance date, ne_etranger boolean, commune_naissance_insee text, present boolean, ici boolean, protege boolean,
  fusionne boolean, ecole_uai text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.candidat_id, r.version, r.raisons, r.decision, r.motif, r.decide_le, coalesce(r.decide_par, ''), e.nom_famille,
    e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger,
    coalesce(e.commune_naissance_insee, ''),
    exists (select from scolarite s where s.eleve_id = e.id and s.etat in ('admissible', 'admis_accepte', 'admis_definitif')
      and s.fin_annee >= p_le),
    coalesce(e.ecole_uai = any (portee_ecoles()), false),
    exists (select from adresse a where a.id in (e.adresse_id, e.adresse2_id) and a.protegee),
    e.etat = 'fusionne', coalesce(e.ecole_uai, '')
  from ressemblance r join eleve e on e.id = r.candidat_id
  where r.eleve_id = p_eleve and r.ecole_uai = any (portee_ecoles()) and (r.decision = '' or r.decide_le > p_le - 30)
  order by r.decision <> '', r.score desc, r.candidat_id
$$;

create function voir_parcours_ressemblances(p_eleve uuid, p_le date)
returns table (candidat_id uuid, annee int, ecole text, commune text, etat text, date_admission date, date_radiation date)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.candidat_id, s.annee, case when cache then '' else ec.nom end, case when cache then '' else c.nom end, s.etat,
    s.date_admission, s.date_radiation
  from voir_ressemblances(p_eleve, p_le) v
  cross join lateral (select v.protege and not v.ici as cache) k
  join scolarite s on s.eleve_id = v.candidat_id and s.etat <> 'annulee'
  join ecole ec on ec.uai = s.ecole_uai join commune c on c.insee = ec.commune_insee
  order by v.candidat_id, s.annee desc, s.date_effet desc
$$;
grant execute on function voir_ressemblances, voir_parcours_ressemblances to be_directeur, be_ia;

-- The identity was corrected, by whoever: the register looks again, and what it had asked is asked no more. What the IA
-- has before it stays before it.
create function ine_identite_corrigee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update immatriculation set version = version + 1, raison = '',
    depuis = coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now()),
    etat = case when ine is null then 'en_attente' else 'en_verification' end
  where eleve_id = new.id and etat in ('en_attente', 'en_erreur', 'bloque_doublon', 'attribue', 'en_verification');
  if found then
    delete from ressemblance where eleve_id = new.id and decision = '';
  end if;
  return null;
end
$$;
create trigger ine_identite_corrigee after update on eleve for each row
  when (old.nom_famille is distinct from new.nom_famille
    or old.prenom is distinct from new.prenom
    or old.sexe is distinct from new.sexe
    or old.date_naissance is distinct from new.date_naissance
    or old.ne_etranger is distinct from new.ne_etranger
    or old.commune_naissance_insee is distinct from new.commune_naissance_insee)
  execute function ine_identite_corrigee();

create function ressemblance_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update ressemblance set ecole_uai = new.ecole_uai where eleve_id = new.id;
  return null;
end
$$;
create trigger ressemblance_suit after update of ecole_uai on eleve
  for each row when (new.ecole_uai is not null and old.ecole_uai is distinct from new.ecole_uai)
  execute function ressemblance_suit();
