-- Accounts, secure keys and habilitations. Only be_connexion, the pool of the log-in pages, reads them.

create table compte (
  id               uuid primary key,
  identifiant      text not null constraint identifiant_unique unique
    constraint identifiant_en_minuscules check (identifiant = lower(identifiant) and length(identifiant) between 3 and 60)
    -- June 2007: no identifier is the public number of a school or of a commune.
    constraint identifiant_ni_uai_ni_insee check (identifiant !~ '^([0-9]{7}[a-z]|[0-9][0-9ab][0-9]{3})$'),
  civilite         text not null default '' constraint civilite_connue check (civilite in ('', 'M.', 'Mme')),
  nom              text not null,
  prenom           text not null,
  mot_de_passe     text not null,
  -- An initial password must be changed at the first log-in, before it expires.
  a_changer        boolean not null default true,
  initial_jusqu_au timestamptz,
  actif            boolean not null default true,
  version          integer not null default 1,
  cree_le          timestamptz not null,
  constraint initial_si_et_seulement_si_a_changer check (a_changer = (initial_jusqu_au is not null))
);

-- secret_chiffre: AES-256-GCM under a key kept outside the base, serial number as associated data.
-- dernier_pas: the last time step accepted (RFC 6238 §5.2: a code is used once).
create table cle (
  id             uuid primary key,
  compte_id      uuid not null references compte,
  numero_serie   text not null constraint numero_de_serie_unique unique,
  secret_chiffre bytea not null,
  algorithme     text not null default 'SHA1' constraint algorithme_connu check (algorithme in ('SHA1', 'SHA256', 'SHA512')),
  chiffres       smallint not null default 6 constraint six_ou_huit_chiffres check (chiffres in (6, 8)),
  periode        smallint not null default 30 constraint periode_raisonnable check (periode between 15 and 120),
  dernier_pas    bigint not null default 0,
  active         boolean not null default true
);
create unique index une_cle_active_par_compte on cle (compte_id) where active;

-- A dated right of one person on one territory.
create table habilitation (
  id                 uuid primary key,
  compte_id          uuid not null references compte,
  role               text not null constraint role_connu
    check (role in ('mairie', 'directeur', 'ien', 'ia', 'service', 'college', 'statistique')),
  commune_insee      text references commune,
  ecole_uai          text references ecole,
  circonscription_uai text references circonscription,
  departement_code   text references departement,
  college_uai        text references college,
  academie_code      text references academie,
  debut              date not null,
  fin                date,
  compte_actif       boolean not null default true, -- of the account, kept by triggers: each page asks for it
  constraint habilitation_dans_l_ordre check (fin is null or debut <= fin),
  constraint un_territoire_celui_du_role check (
    num_nonnulls(commune_insee, ecole_uai, circonscription_uai, departement_code, college_uai, academie_code) <= 1
    and case role
      when 'mairie' then commune_insee is not null
      when 'directeur' then ecole_uai is not null
      when 'ien' then circonscription_uai is not null
      when 'ia' then departement_code is not null
      when 'service' then departement_code is not null
      when 'college' then college_uai is not null
      else commune_insee is null and ecole_uai is null and circonscription_uai is null and college_uai is null
    end)
);
create index habilitation_par_compte on habilitation (compte_id);

create function habilitation_d_un_compte() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select actif into new.compte_actif from compte where id = new.compte_id for share;
  return new;
end
$$;
create trigger habilitation_d_un_compte before insert or update of compte_id, compte_actif on habilitation
  for each row execute function habilitation_d_un_compte();

create function compte_suspendu() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update habilitation set compte_actif = new.actif where compte_id = new.id;
  return null;
end
$$;
create trigger compte_suspendu after update on compte
  for each row when (old.actif is distinct from new.actif) execute function compte_suspendu();
create index habilitation_par_commune on habilitation (commune_insee) where commune_insee is not null;
create index habilitation_par_ecole on habilitation (ecole_uai) where ecole_uai is not null;
create index habilitation_par_circonscription on habilitation (circonscription_uai) where circonscription_uai is not null;
create index habilitation_par_departement on habilitation (departement_code) where departement_code is not null;
create index habilitation_par_college on habilitation (college_uai) where college_uai is not null;

-- Throttling, shared by all server processes. cle: 'adresse:<address>', or 'compte:<keyed hash of the identifier typed>',
-- the same for an account that exists and one that does not, or 'appareil:<keyed hash of a known browser>'.
create table frein (
  cle          text primary key,
  echecs       integer not null,
  jusqu_a      timestamptz not null,
  dernier      timestamptz not null
);
create index frein_par_date on frein (dernier);

-- One-use tokens for the first administrator; only their SHA-256 is kept.
create table amorce (
  empreinte bytea primary key,
  expire_le timestamptz not null
);

-- The table that scs/pgxstore expects; token is hashed (HashTokenInStore).
create table sessions (
  token  text primary key,
  data   bytea not null,
  expiry timestamptz not null
);
create index sessions_par_echeance on sessions (expiry);

-- Processes remember the sessions they have read (internal/postgres/sessions): each is told of one that is no longer
-- what it was. Only the hash of a token is told.
create function session_changee() returns trigger language plpgsql as $$
begin
  perform pg_notify('sessions', old.token);
  return null;
end
$$;
create trigger session_changee after update or delete on sessions for each row execute function session_changee();

alter table compte enable row level security;
alter table cle enable row level security;
alter table habilitation enable row level security;
alter table frein enable row level security;
alter table amorce enable row level security;
alter table sessions enable row level security;
create policy connexion on compte to be_connexion using (true) with check (true);
create policy connexion on cle to be_connexion using (true) with check (true);
create policy connexion on habilitation to be_connexion using (true) with check (true);
create policy connexion on frein to be_connexion using (true) with check (true);
create policy connexion on amorce to be_connexion using (true) with check (true);
create policy connexion on sessions to be_connexion using (true) with check (true);

grant select, insert on compte, cle, habilitation to be_connexion;
grant update (mot_de_passe, a_changer, initial_jusqu_au, version) on compte to be_connexion;
grant update (dernier_pas) on cle to be_connexion;
grant select, insert, update, delete on frein, sessions to be_connexion;
grant select, delete on amorce to be_connexion;
-- The first administrator chooses his département, before any directory was imported.
grant insert on academie, departement to be_connexion;
