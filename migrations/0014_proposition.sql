-- What a mairie proposes once the school holds the pen (design.md §2.4), and the two settings of a commune.

-- One row for each thing that is decided at once: a field, or what only makes sense whole (an address, a place of birth).
-- avant and propose hold columns and their texts; avant is what was recorded when the mairie proposed, version_lue the
-- version it read. objet_id: of an address, who lives there. lot: what one form proposed together.
create table proposition (
  id              uuid primary key,
  lot             uuid not null,
  eleve_id        uuid not null references eleve,
  version         integer not null default 1,
  objet           text not null constraint objet_connu check (objet in ('eleve', 'adresse', 'responsable', 'lien_responsable')),
  objet_id        uuid not null,
  champ           text not null,
  version_lue     integer not null,
  avant           jsonb not null,
  propose         jsonb not null,
  etat            text not null default 'proposee'
    constraint etat_connu check (etat in ('proposee', 'acceptee', 'refusee', 'perimee')),
  motif_refus     text not null default '' constraint motif_connu check (motif_refus in (
    '', 'sans_justificatif', 'verifie_exact', 'famille_dement', 'autre_enfant')),
  commune_insee   text not null references commune,
  propose_par     uuid not null,
  propose_le      timestamptz not null,
  decide_par      uuid,
  decide_le       timestamptz,
  ecole_uai       text,
  mairie_insee    text,
  residence_insee text,
  constraint propose_autre_chose check (avant <> propose),
  constraint decidee_a_une_date check ((etat = 'proposee') = (decide_le is null)),
  constraint refusee_avec_son_motif check ((etat = 'refusee') = (motif_refus <> ''))
);
create unique index une_proposition_ouverte_par_champ on proposition (eleve_id, objet, objet_id, champ) where etat = 'proposee';
create index proposition_par_objet on proposition (objet_id);
create index proposition_par_ecole on proposition (ecole_uai, etat, propose_le);
create index proposition_par_commune on proposition (commune_insee, etat, propose_le);
create index proposition_par_lot on proposition (lot);
create index proposition_par_eleve on proposition (eleve_id);

alter table proposition enable row level security;
create policy lire on proposition for select to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy decider on proposition for update to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
-- A mairie reads its own, while the child is in its schools; a strict one, the état civil alone.
create policy lire_mairie on proposition for select to be_mairie
  using (commune_insee = any ((select portee_communes())::text[]) and mairie_insee = any ((select portee_communes())::text[])
    and (objet = 'eleve' or mairie_insee = any ((select portee_communes_ouvertes())::text[])));
create policy proposer on proposition for insert to be_mairie
  with check (commune_insee = any ((select portee_communes())::text[]) and mairie_insee = any ((select portee_communes())::text[])
    and (objet = 'eleve' or mairie_insee = any ((select portee_communes_ouvertes())::text[]))
    and (select tenu_par from eleve where id = eleve_id) = 'ecole');
create policy reprendre on proposition for update to be_mairie
  using (etat = 'proposee' and commune_insee = any ((select portee_communes())::text[]))
  with check (etat = 'perimee');
grant select on proposition to be_directeur, be_mairie;
grant insert on proposition to be_mairie;
grant update (version, etat, motif_refus, decide_par, decide_le) on proposition to be_directeur, be_mairie;

create trigger lien_place before insert on proposition for each row execute function lien_place();

-- A child who leaves for another commune is no longer this mairie's to correct.
create function proposition_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_le timestamptz := coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now());
begin
  update proposition set etat = 'perimee', decide_le = v_le, version = version + 1
  where eleve_id = new.id and etat = 'proposee' and commune_insee is distinct from new.mairie_insee;
  update proposition set ecole_uai = new.ecole_uai, mairie_insee = new.mairie_insee, residence_insee = new.residence_insee
  where eleve_id = new.id;
  return null;
end
$$;
create trigger proposition_suit after update on eleve for each row
  when (old.ecole_uai is distinct from new.ecole_uai
    or old.mairie_insee is distinct from new.mairie_insee
    or old.residence_insee is distinct from new.residence_insee)
  execute function proposition_suit();

-- Whoever changes a field, by whatever way, settles what was proposed for it: done if it is what was proposed, out of
-- date otherwise. p_eleve: for a link, which is one pupil's.
create function proposition_reglee(p_objet text, p_id uuid, p_eleve uuid, p_ligne jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update proposition set version = version + 1,
    etat = case when exists (select from jsonb_each_text(propose) k where coalesce(p_ligne ->> k.key, '') <> k.value)
      then 'perimee' else 'acceptee' end,
    decide_par = nullif(current_setting('be.compte', true), '')::uuid,
    decide_le = coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now())
  where objet_id = p_id and objet = p_objet and etat = 'proposee' and (p_eleve is null or eleve_id = p_eleve)
    and exists (select from jsonb_each_text(avant) k where coalesce(p_ligne ->> k.key, '') <> k.value);
end
$$;
revoke execute on function proposition_reglee from public;

create function proposition_eleve() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform proposition_reglee('eleve', new.id, null, to_jsonb(new));
  if old.adresse_id is distinct from new.adresse_id then
    perform proposition_reglee('adresse', new.id, null, (select to_jsonb(a) from adresse a where a.id = new.adresse_id));
  end if;
  return null;
end
$$;
create trigger proposition_eleve after update on eleve for each row
  when (old.nom_famille is distinct from new.nom_famille
    or old.nom_usage is distinct from new.nom_usage
    or old.prenom is distinct from new.prenom
    or old.prenom2 is distinct from new.prenom2
    or old.prenom3 is distinct from new.prenom3
    or old.sexe is distinct from new.sexe
    or old.date_naissance is distinct from new.date_naissance
    or old.ne_etranger is distinct from new.ne_etranger
    or old.commune_naissance_insee is distinct from new.commune_naissance_insee
    or old.adresse_id is distinct from new.adresse_id)
  execute function proposition_eleve();

create function proposition_responsable() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform proposition_reglee('responsable', new.id, null, to_jsonb(new));
  if old.adresse_id is distinct from new.adresse_id then
    perform proposition_reglee('adresse', new.id, null, (select to_jsonb(a) from adresse a where a.id = new.adresse_id));
  end if;
  return null;
end
$$;
create trigger proposition_responsable after update on responsable for each row
  when (old.version <> new.version) execute function proposition_responsable();

create function proposition_adresse() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform proposition_reglee('adresse', h.id, null, to_jsonb(new))
  from (select id from eleve where adresse_id = new.id union all select id from responsable where adresse_id = new.id) h;
  return null;
end
$$;
create trigger proposition_adresse after update on adresse for each row
  when (old.version <> new.version) execute function proposition_adresse();

-- An address that becomes protected is written nowhere else: what was proposed of it, or instead of it, is forgotten.
create function proposition_oubliee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from proposition where objet = 'adresse'
    and objet_id in (select id from eleve where adresse_id = new.id union all select id from responsable where adresse_id = new.id);
  return null;
end
$$;
create trigger proposition_oubliee after update on adresse for each row
  when (new.protegee and not old.protegee) execute function proposition_oubliee();

-- A link taken away leaves nothing to correct.
create function proposition_lien() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    perform proposition_reglee('lien_responsable', new.responsable_id, new.eleve_id, to_jsonb(new));
    return null;
  end if;
  update proposition set etat = 'perimee', version = version + 1,
    decide_le = coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now())
  where eleve_id = old.eleve_id and objet_id = old.responsable_id and etat = 'proposee';
  return null;
end
$$;
create trigger proposition_lien after update or delete on lien_responsable for each row execute function proposition_lien();

-- completee_le: the day on which the mairie completed the inscription of a child whom the school typed first.
alter table inscription add completee_le date;

-- The IA sets what the mairies of its département see, and who types first; nothing else of a commune.
create function regler_commune(p_insee text, p_stricte boolean, p_saisie text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update commune set mairie_stricte = p_stricte, saisie = p_saisie, version = version + 1
  where insee = p_insee and departement_code = (
    select departement_code from habilitation where id = current_setting('be.habilitation')::uuid and role = 'ia');
  if not found then
    raise exception 'commune % is outside the territory', p_insee using errcode = '42501';
  end if;
end
$$;
grant execute on function regler_commune to be_ia;
