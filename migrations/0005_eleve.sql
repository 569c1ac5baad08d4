-- The pupil, the homes and the people responsible: blocks I and II of the closed list (arrêté of 20 October 2008,
-- art. 3). There is no column for what the law took out; a test reads the schema and proves it.

-- cle_nom is the key names are found by: no accent, no case, single spaces. Not [^a-z0-9]: a name written in
-- Cyrillic or Arabic would have an empty key.
create function cle_nom(t text) returns text immutable strict parallel safe language sql
  return trim(regexp_replace(
    lower(public.unaccent('public.unaccent'::regdictionary, normalize(t, NFC))),
    '[^[:alnum:]]+', ' ', 'g')) collate "C";
grant execute on function cle_nom to be_mairie, be_directeur, be_ien, be_ia, be_registre, be_college;

-- Homes and people are shared by siblings, who may be in several schools: ecoles and communes are those of the pupils
-- through whom the row is seen. Triggers keep them: a policy on the row itself costs a tenth of one that looks for the
-- pupils.
create table adresse (
  id            uuid primary key,
  version       integer not null default 1,
  complement    text not null default '',
  voie          text not null default '',
  lieu_dit      text not null default '',
  code_postal   text not null default '',
  commune_insee text,
  commune       text not null,
  pays          text not null default 'France',
  ecoles        text[] not null default '{}',
  communes      text[] not null default '{}',
  constraint commune_francaise_codee check (pays <> 'France' or commune_insee is not null)
);

-- ecole_uai: the school that holds the file: the one that admits, or the one where a newcomer is inscrit.
-- mairie_insee: the commune of that school, or the one that inscribes while there is none.
-- residence_insee: the commune of the pupil's address. Both are kept by triggers.
-- tenu_par: who holds the pen; the mairie until the school accepts the admission.
create table eleve (
  id                      uuid primary key,
  version                 integer not null default 1,
  ecole_uai               text references ecole,
  mairie_insee            text references commune,
  residence_insee         text,
  tenu_par                text not null constraint tenu_par_la_mairie_ou_l_ecole check (tenu_par in ('mairie', 'ecole')),
  etat                    text not null default 'actif'
    constraint etat_connu check (etat in ('actif', 'sans_ecole', 'sorti_1d', 'archive', 'fusionne', 'errone')),
  nom_famille             text not null constraint nom_ecrit check (nom_famille <> ''),
  nom_usage               text not null default '',
  prenom                  text not null constraint prenom_ecrit check (prenom <> ''),
  prenom2                 text not null default '',
  prenom3                 text not null default '',
  sexe                    text not null constraint sexe_connu check (sexe in ('F', 'M')),
  date_naissance          date not null,
  ne_etranger             boolean not null,
  commune_naissance_insee text,
  adresse_id              uuid references adresse,
  cle_nom                 text collate "C" not null generated always as (cle_nom(nom_famille || ' ' || prenom)) stored,
  cree_le                 timestamptz not null,
  constraint ne_a_l_etranger_ou_dans_une_commune check (ne_etranger = (commune_naissance_insee is null)),
  constraint un_dossier_a_une_ecole_ou_une_mairie check (ecole_uai is not null or mairie_insee is not null)
);
create index eleve_par_ecole on eleve (ecole_uai, cle_nom);
create index eleve_par_mairie on eleve (mairie_insee, cle_nom);
create index eleve_par_residence on eleve (residence_insee, cle_nom);
create index eleve_par_naissance on eleve (date_naissance, cle_nom);
create index eleve_par_adresse on eleve (adresse_id);

-- A person, or an organisation (aide sociale à l'enfance, foyer), shared by the siblings it is responsible for.
create table responsable (
  id           uuid primary key,
  version      integer not null default 1,
  nature       text not null constraint nature_connue check (nature in ('personne', 'organisme')),
  civilite     text not null default '' constraint civilite_connue check (civilite in ('', 'M.', 'Mme')),
  nom_famille  text not null default '',
  nom_usage    text not null default '',
  prenom       text not null default '',
  organisme    text not null default '',
  fonction     text not null default '',
  adresse_id   uuid references adresse,
  tel_domicile text not null default '',
  tel_travail  text not null default '',
  tel_portable text not null default '',
  courriel     text not null default '',
  ecoles       text[] not null default '{}',
  communes     text[] not null default '{}',
  constraint personne_nommee_ou_organisme_nomme check (
    case nature when 'personne' then nom_famille <> '' and prenom <> '' else organisme <> '' end)
);
create index responsable_par_adresse on responsable (adresse_id);

-- lien: nomenclature N3 of domain.md §3.11. The three territory columns repeat the pupil's, kept by triggers:
-- a policy on the row itself is 200 times cheaper than one that looks at the parent.
create table lien_responsable (
  eleve_id           uuid not null references eleve,
  responsable_id     uuid not null references responsable,
  version            integer not null default 1,
  lien               text not null constraint lien_connu check (lien in (
    'mere', 'pere', 'tuteur', 'ascendant', 'fratrie', 'autre_famille', 'ase', 'assistant_familial',
    'educateur', 'garde_enfant', 'autre')),
  autorite_parentale boolean not null,
  rang               smallint not null constraint rang_positif check (rang >= 1),
  ecole_uai          text,
  mairie_insee       text,
  residence_insee    text,
  primary key (eleve_id, responsable_id),
  constraint un_seul_responsable_par_rang unique (eleve_id, rang) deferrable initially deferred
);
create index lien_responsable_par_responsable on lien_responsable (responsable_id);

alter table adresse enable row level security;
alter table eleve enable row level security;
alter table responsable enable row level security;
alter table lien_responsable enable row level security;

create policy lire on eleve for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_mairie on eleve for select to be_mairie
  using (mairie_insee = any ((select portee_communes())::text[]) or residence_insee = any ((select portee_communes())::text[]));
create policy creer on eleve for insert to be_directeur
  with check (ecole_uai = any ((select portee_ecoles())::text[]));
create policy creer_mairie on eleve for insert to be_mairie
  with check (tenu_par = 'mairie' and mairie_insee = any ((select portee_communes())::text[]));
create policy modifier on eleve for update to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]));
-- Once the school holds the pen the mairie proposes, it no longer writes.
create policy modifier_mairie on eleve for update to be_mairie
  using (tenu_par = 'mairie' and mairie_insee = any ((select portee_communes())::text[]));

create policy lire on lien_responsable for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_mairie on lien_responsable for select to be_mairie
  using (mairie_insee = any ((select portee_communes_ouvertes())::text[])
    or residence_insee = any ((select portee_communes_ouvertes())::text[]));
create policy ecrire on lien_responsable to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire_mairie on lien_responsable to be_mairie
  using (mairie_insee = any ((select portee_communes_ouvertes())::text[])
    and (select tenu_par from eleve where id = eleve_id) = 'mairie');

-- A responsable, an address, are seen through a pupil one sees.
create policy lire on responsable for select to be_directeur, be_ien, be_ia
  using (ecoles && (select portee_ecoles())::text[]);
create policy lire_mairie on responsable for select to be_mairie
  using (communes && (select portee_communes_ouvertes())::text[]);
create policy creer on responsable for insert to be_directeur, be_mairie with check (true);
create policy modifier on responsable for update to be_directeur
  using (ecoles && (select portee_ecoles())::text[]);
create policy modifier_mairie on responsable for update to be_mairie
  using (exists (select from lien_responsable l join eleve e on e.id = l.eleve_id
    where l.responsable_id = responsable.id and e.tenu_par = 'mairie'));

create policy lire on adresse for select to be_directeur, be_ien, be_ia
  using (ecoles && (select portee_ecoles())::text[]);
create policy lire_mairie on adresse for select to be_mairie
  using (communes && (select portee_communes_ouvertes())::text[]);
create policy creer on adresse for insert to be_directeur, be_mairie with check (true);
create policy modifier on adresse for update to be_directeur
  using (ecoles && (select portee_ecoles())::text[]);
create policy modifier_mairie on adresse for update to be_mairie
  using (exists (select from eleve e where e.adresse_id = adresse.id and e.tenu_par = 'mairie')
    or exists (select from responsable r join lien_responsable l on l.responsable_id = r.id
      join eleve e on e.id = l.eleve_id where r.adresse_id = adresse.id and e.tenu_par = 'mairie'));

grant select on eleve, adresse, responsable, lien_responsable to be_mairie, be_directeur, be_ien, be_ia;
grant insert, update on eleve, lien_responsable to be_mairie, be_directeur;
-- All columns but those that say who sees the row.
grant insert (id, version, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays),
  update (version, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays)
  on adresse to be_mairie, be_directeur;
grant insert (id, version, nature, civilite, nom_famille, nom_usage, prenom, organisme, fonction, adresse_id,
    tel_domicile, tel_travail, tel_portable, courriel),
  update (version, nature, civilite, nom_famille, nom_usage, prenom, organisme, fonction, adresse_id,
    tel_domicile, tel_travail, tel_portable, courriel)
  on responsable to be_mairie, be_directeur;
grant delete on lien_responsable to be_mairie, be_directeur;

-- eleve_place keeps mairie_insee and residence_insee true to the school and to the address.
create function eleve_place() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ecole_uai is not null then
    new.mairie_insee := (select commune_insee from ecole where uai = new.ecole_uai);
  end if;
  new.residence_insee := (select commune_insee from adresse where id = new.adresse_id);
  return new;
end
$$;
create trigger eleve_place before insert or update of ecole_uai, mairie_insee, adresse_id on eleve
  for each row execute function eleve_place();

create function adresse_deplace() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update eleve set residence_insee = new.commune_insee where adresse_id = new.id;
  return null;
end
$$;
create trigger adresse_deplace after update of commune_insee on adresse
  for each row when (old.commune_insee is distinct from new.commune_insee) execute function adresse_deplace();

create function lien_place() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select ecole_uai, mairie_insee, residence_insee into new.ecole_uai, new.mairie_insee, new.residence_insee
  from eleve where id = new.eleve_id;
  return new;
end
$$;
create trigger lien_place before insert on lien_responsable for each row execute function lien_place();

-- Who sees a responsable: those who see a pupil he is linked to. The row is locked before the links are read, so that
-- of two who link siblings at the same time the second sees the link of the first.
create function voir_responsable(p_id uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ecoles text[];
  v_communes text[];
begin
  perform from responsable where id = p_id for no key update;
  select coalesce(array_agg(distinct ecole order by ecole) filter (where ecole is not null), '{}'),
    coalesce(array_agg(distinct commune order by commune) filter (where commune is not null), '{}')
  into v_ecoles, v_communes
  from lien_responsable, lateral (values (ecole_uai, mairie_insee), (null, residence_insee)) as l (ecole, commune)
  where responsable_id = p_id;
  update responsable set ecoles = v_ecoles, communes = v_communes
  where id = p_id and (ecoles, communes) is distinct from (v_ecoles, v_communes);
end
$$;

-- Who sees an address: those who see a pupil, or a responsable, who lives there.
create function voir_adresse(p_id uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ecoles text[];
  v_communes text[];
begin
  perform from adresse where id = p_id for no key update;
  select coalesce(array_agg(distinct ecole order by ecole) filter (where ecole is not null), '{}'),
    coalesce(array_agg(distinct commune order by commune) filter (where commune is not null), '{}')
  into v_ecoles, v_communes
  from (
    select ecole, commune
    from eleve, lateral (values (ecole_uai, mairie_insee), (null, residence_insee)) as e (ecole, commune)
    where adresse_id = p_id
    union all
    select unnest(ecoles), null from responsable where adresse_id = p_id
    union all
    select null, unnest(communes) from responsable where adresse_id = p_id) t;
  update adresse set ecoles = v_ecoles, communes = v_communes
  where id = p_id and (ecoles, communes) is distinct from (v_ecoles, v_communes);
end
$$;
revoke execute on function voir_responsable, voir_adresse from public;

create function lien_vu() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform voir_responsable(case tg_op when 'DELETE' then old.responsable_id else new.responsable_id end);
  return null;
end
$$;
create trigger lien_vu after insert or delete on lien_responsable for each row execute function lien_vu();
create trigger lien_vu_d_ailleurs after update on lien_responsable for each row
  when (old.ecole_uai is distinct from new.ecole_uai
    or old.mairie_insee is distinct from new.mairie_insee
    or old.residence_insee is distinct from new.residence_insee)
  execute function lien_vu();

-- For eleve and responsable: those who live at an address make it seen.
create function adresse_vue() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.adresse_id is distinct from new.adresse_id then
    perform voir_adresse(old.adresse_id);
  end if;
  perform voir_adresse(new.adresse_id);
  return null;
end
$$;
create trigger adresse_vue after insert on eleve for each row execute function adresse_vue();
create trigger adresse_vue_d_ailleurs after update on eleve for each row
  when (old.adresse_id is distinct from new.adresse_id
    or old.ecole_uai is distinct from new.ecole_uai
    or old.mairie_insee is distinct from new.mairie_insee
    or old.residence_insee is distinct from new.residence_insee)
  execute function adresse_vue();
create trigger adresse_vue_d_ailleurs after update on responsable for each row
  when (old.adresse_id is distinct from new.adresse_id
    or old.ecoles is distinct from new.ecoles
    or old.communes is distinct from new.communes)
  execute function adresse_vue();
