-- What completes the file (domain.md §3, blocks I to V of the arrêté): the second home, hosting and consent on the link
-- to a responsable, the people to call or who may fetch the child, périscolaire, insurance and authorisations, the
-- opposition of a parent; who changed what; and what was being typed when the line was cut.

alter table eleve add adresse2_id uuid references adresse
  constraint deux_adresses_differentes check (adresse2_id <> adresse_id);
create index eleve_par_adresse2 on eleve (adresse2_id) where adresse2_id is not null;

-- protegee: never printed, shown to the school alone (security.md §5, G5bis).
alter table adresse add protegee boolean not null default false;
grant insert (protegee), update (protegee) on adresse to be_directeur;

-- heberge: the child lives, or also lives, with this person. associations: the name and address may be given to the
-- associations of parents (D111-8 of the code de l'éducation).
alter table lien_responsable add heberge boolean not null default false,
  add associations boolean not null default false;

-- People to call in an emergency, people who may fetch the child: one entity, two boxes (domain.md §3.3).
create table personne_autorisee (
  id            uuid primary key,
  eleve_id      uuid not null references eleve,
  version       integer not null default 1,
  nom_famille   text not null constraint nom_ecrit check (nom_famille <> ''),
  prenom        text not null default '',
  lien          text not null default '',
  tel_domicile  text not null default '',
  tel_travail   text not null default '',
  tel_portable  text not null default '',
  urgence         boolean not null,
  autorisee       boolean not null,
  rang          smallint not null constraint rang_positif check (rang >= 1),
  ecole_uai     text,
  mairie_insee  text,
  residence_insee text,
  constraint appelee_ou_autorisee check (urgence or autorisee),
  constraint un_telephone_pour_prevenir check (
    not urgence or tel_domicile <> '' or tel_travail <> '' or tel_portable <> '')
);
create index personne_autorisee_par_eleve on personne_autorisee (eleve_id, rang);

create table periscolaire (
  eleve_id        uuid not null references eleve,
  annee           integer not null references annee_scolaire,
  version         integer not null default 1,
  garderie_matin  boolean not null default false,
  garderie_soir   boolean not null default false,
  etude           boolean not null default false,
  restaurant      boolean not null default false,
  transport       boolean not null default false,
  ecole_uai       text,
  mairie_insee    text,
  residence_insee text,
  primary key (eleve_id, annee)
);

-- Insurance and authorisations of a year (domain.md §3.7); the school's alone.
create table autorisation (
  eleve_id                uuid not null references eleve,
  annee                   integer not null references annee_scolaire,
  version                 integer not null default 1,
  assureur                text not null default '',
  num_contrat             text not null default '',
  responsabilite_civile   boolean not null default false,
  individuelle_accident   boolean not null default false,
  attestation_fournie     boolean not null default false,
  photo                   boolean not null default false,
  rentre_seul             boolean not null default false,
  ecole_uai               text,
  mairie_insee            text,
  residence_insee         text,
  primary key (eleve_id, annee)
);

-- A parent opposes the radiation (domain.md §2.4): no radiation, no certificate of it, until a decision is referred to.
create table opposition (
  id              uuid primary key,
  eleve_id        uuid not null references eleve,
  version         integer not null default 1,
  responsable_id  uuid references responsable,
  recue_le        date not null,
  levee_le        date,
  motif_levee     text not null default '' constraint motif_connu check (motif_levee in (
    '', 'accord_des_parents', 'decision_du_juge', 'retrait_autorite')),
  reference       text not null default '',
  ecole_uai       text,
  mairie_insee    text,
  residence_insee text,
  constraint levee_apres_la_reception check (levee_le >= recue_le),
  constraint levee_avec_motif_et_reference check (
    (levee_le is null) = (motif_levee = '') and (levee_le is null) = (reference = ''))
);
create unique index une_opposition_ouverte_par_eleve on opposition (eleve_id) where levee_le is null;
create index opposition_par_eleve on opposition (eleve_id);

-- Who changed which field, before and after. operation: 'ajout' and 'retrait' concern the whole object; for a retrait
-- avant holds what each field was. precision: the year, where the object has one a year.
create table historique (
  id         bigint generated always as identity primary key,
  le         timestamptz not null,
  compte_id  uuid,
  eleve_id   uuid,
  objet      text not null,
  objet_id   uuid not null,
  precision  text not null default '',
  operation  text not null constraint operation_connue check (operation in ('ajout', 'modification', 'retrait')),
  champ      text not null default '',
  avant      text,
  apres      text
);
create index historique_par_objet on historique (objet_id, le);
create index historique_par_eleve on historique (eleve_id, le) where eleve_id is not null;

-- What one was typing, given back after a cut or a time-out; contenu is the form as it would have been sent.
create table brouillon (
  compte_id       uuid not null,
  habilitation_id uuid not null,
  page            text not null,
  contenu         text not null,
  le              timestamptz not null,
  primary key (compte_id, habilitation_id, page)
);
create index brouillon_par_date on brouillon (le);

alter table personne_autorisee enable row level security;
alter table periscolaire enable row level security;
alter table autorisation enable row level security;
alter table opposition enable row level security;
alter table historique enable row level security;
alter table brouillon enable row level security;

create policy ecrire on personne_autorisee to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
-- security.md §5, G7: the mairie reads them of the children who come to its périscolaire.
create policy lire_mairie on personne_autorisee for select to be_mairie
  using (mairie_insee = any ((select portee_communes_ouvertes())::text[])
    and exists (select from periscolaire p where p.eleve_id = personne_autorisee.eleve_id));
create policy ecrire on periscolaire to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
-- G9: also of a strict commune (design.md §2.4).
create policy ecrire_mairie on periscolaire to be_mairie using (mairie_insee = any ((select portee_communes())::text[]));
create policy ecrire on autorisation to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on opposition to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
-- The history of what one sees.
create policy lire on historique for select to be_directeur, be_ia
  using (case objet
    when 'adresse' then exists (select from adresse a where a.id = objet_id)
    when 'responsable' then exists (select from responsable r where r.id = objet_id)
    else exists (select from eleve e where e.id = eleve_id) end);
create policy sien on brouillon to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique
  using (compte_id = (select portee_compte()));
-- Drafts left for a week are deleted beside the pages, unread.
create policy purger on brouillon to be_connexion using (true);

grant select, insert, update, delete on personne_autorisee to be_directeur;
grant select on personne_autorisee to be_mairie;
grant select, insert, update on periscolaire to be_directeur, be_mairie;
grant select, insert, update on autorisation, opposition to be_directeur;
grant select on historique to be_directeur, be_ia;
grant select, insert, update, delete on brouillon to
  be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;
grant select (le), delete on brouillon to be_connexion;

-- What hangs from a pupil has his territory, and follows him.
create trigger lien_place before insert on personne_autorisee for each row execute function lien_place();
create trigger lien_place before insert on periscolaire for each row execute function lien_place();
create trigger lien_place before insert on autorisation for each row execute function lien_place();
create trigger lien_place before insert on opposition for each row execute function lien_place();

create function dossier_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update personne_autorisee set ecole_uai = new.ecole_uai, mairie_insee = new.mairie_insee,
    residence_insee = new.residence_insee where eleve_id = new.id;
  update periscolaire set ecole_uai = new.ecole_uai, mairie_insee = new.mairie_insee,
    residence_insee = new.residence_insee where eleve_id = new.id;
  update autorisation set ecole_uai = new.ecole_uai, mairie_insee = new.mairie_insee,
    residence_insee = new.residence_insee where eleve_id = new.id;
  update opposition set ecole_uai = new.ecole_uai, mairie_insee = new.mairie_insee,
    residence_insee = new.residence_insee where eleve_id = new.id;
  return null;
end
$$;
create trigger dossier_suit after update on eleve for each row
  when (old.ecole_uai is distinct from new.ecole_uai
    or old.mairie_insee is distinct from new.mairie_insee
    or old.residence_insee is distinct from new.residence_insee)
  execute function dossier_suit();

-- A second home is seen like the first. Addresses are taken many at a time, in one order, since a file taken over enters
-- a whole school at once. Not one condition with an or: a directeur's connections draw no bitmaps (territoire.Reglages),
-- and without them an or reads the whole table.
create function voir_adresses(p_ids uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from adresse where id = any (p_ids) order by id for no key update;
  update adresse a set ecoles = v.ecoles, communes = v.communes
  from (
    select i.id, coalesce(array_agg(distinct ecole order by ecole) filter (where ecole is not null), '{}') as ecoles,
      coalesce(array_agg(distinct commune order by commune) filter (where commune is not null), '{}') as communes
    from unnest(p_ids) as i (id)
    left join (
      select adresse_id as id, ecole, commune
      from eleve, lateral (values (ecole_uai, mairie_insee), (null, residence_insee)) as e (ecole, commune)
      where adresse_id = any (p_ids)
      union all
      select adresse2_id, ecole, commune
      from eleve, lateral (values (ecole_uai, mairie_insee), (null, residence_insee)) as e (ecole, commune)
      where adresse2_id = any (p_ids)
      union all
      select adresse_id, unnest(ecoles), null from responsable where adresse_id = any (p_ids)
      union all
      select adresse_id, null, unnest(communes) from responsable where adresse_id = any (p_ids)) t using (id)
    group by i.id) v
  where a.id = v.id and (a.ecoles, a.communes) is distinct from (v.ecoles, v.communes);
end
$$;
revoke execute on function voir_adresses from public;

create or replace function voir_adresse(p_id uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform voir_adresses(array[p_id]);
end
$$;

create function adresses_vues() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform voir_adresses(array(select adresse_id from entres where adresse_id is not null
    union select adresse2_id from entres where adresse2_id is not null));
  return null;
end
$$;
drop trigger adresse_vue on eleve;
create trigger adresses_vues after insert on eleve referencing new table as entres
  for each statement execute function adresses_vues();

create function adresse2_vue() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.adresse2_id is distinct from new.adresse2_id then
    perform voir_adresse(old.adresse2_id);
  end if;
  perform voir_adresse(new.adresse2_id);
  return null;
end
$$;
create trigger adresse2_vue_d_ailleurs after update on eleve for each row
  when ((old.adresse2_id is not null or new.adresse2_id is not null)
    and (old.adresse2_id is distinct from new.adresse2_id
    or old.ecole_uai is distinct from new.ecole_uai
    or old.mairie_insee is distinct from new.mairie_insee
    or old.residence_insee is distinct from new.residence_insee))
  execute function adresse2_vue();

-- The history, written by whoever writes. The instant is the application's (be.instant), else the base's. What triggers
-- keep is no history: territory, versions, keys.
create function historier() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  avant jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  apres jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  ligne jsonb := case when tg_op = 'DELETE' then avant else apres end;
  v_le timestamptz := coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now());
  v_compte uuid := nullif(current_setting('be.compte', true), '')::uuid;
  v_eleve uuid := case tg_table_name when 'eleve' then ligne ->> 'id' else ligne ->> 'eleve_id' end;
  v_objet uuid := coalesce(ligne ->> 'id', ligne ->> 'responsable_id', ligne ->> 'eleve_id');
  v_precision text := coalesce(ligne ->> 'annee', '');
begin
  if tg_op = 'INSERT' then
    insert into historique (le, compte_id, eleve_id, objet, objet_id, precision, operation)
    values (v_le, v_compte, v_eleve, tg_table_name, v_objet, v_precision, 'ajout');
    return null;
  end if;
  insert into historique (le, compte_id, eleve_id, objet, objet_id, precision, operation, champ, avant, apres)
  select v_le, v_compte, v_eleve, tg_table_name, v_objet, v_precision,
    case tg_op when 'DELETE' then 'retrait' else 'modification' end, k, avant ->> k, apres ->> k
  from jsonb_object_keys(avant) k
  where (avant ->> k) is distinct from (apres ->> k)
    and k <> all ('{id,eleve_id,responsable_id,annee,version,cle_nom,cree_le,ecole_uai,mairie_insee,residence_insee,ecoles,communes,tenu_par}');
  return null;
end
$$;
create trigger historier after insert or update or delete on lien_responsable for each row execute function historier();
create trigger historier after insert or update or delete on personne_autorisee for each row execute function historier();
create trigger historier after insert or update on periscolaire for each row execute function historier();
create trigger historier after insert or update on autorisation for each row execute function historier();
create trigger historier after insert or update on opposition for each row execute function historier();
create trigger historier after update on eleve for each row execute function historier();
create trigger historier after update on adresse for each row execute function historier();
create trigger historier after update on responsable for each row execute function historier();
