-- The territorial tree (domain.md §1.1): public reference data, no personal data, read by everybody.

create table academie (
  code text primary key constraint code_academie_de_deux_caracteres check (length(code) = 2),
  nom  text not null
);

-- code: INSEE, two or three characters ('65', '2A', '974').
create table departement (
  code          text primary key,
  nom           text not null,
  academie_code text not null references academie
);

create table circonscription (
  uai              text primary key constraint uai_de_huit_caracteres check (uai ~ '^[0-9]{7}[A-Z]$'),
  nom              text not null,
  departement_code text not null references departement
);

-- The communes that have a school or an account; names of all others come from the embedded reference.
-- mairie_stricte: the mairie sees état civil, inscription and périscolaire only (design.md §2.4).
-- saisie: who types a new pupil first.
create table commune (
  insee            text primary key constraint insee_de_cinq_caracteres check (insee ~ '^[0-9AB]{5}$'),
  nom              text not null,
  departement_code text not null references departement,
  mairie_stricte   boolean not null default false,
  saisie           text not null default 'les_deux'
    constraint saisie_connue check (saisie in ('mairie', 'ecole', 'les_deux')),
  version          integer not null default 1
);

create table rpi (
  code             text primary key,
  forme            text not null constraint forme_connue check (forme in ('disperse', 'concentre')),
  departement_code text not null references departement
);

create table college (
  uai           text primary key constraint uai_de_huit_caracteres check (uai ~ '^[0-9]{7}[A-Z]$'),
  nom           text not null,
  secteur       text not null constraint secteur_connu check (secteur in ('public', 'prive')),
  commune_insee text not null references commune,
  adresse       text not null default '',
  code_postal   text not null default '',
  telephone     text not null default '',
  courriel      text not null default '',
  ouvert        boolean not null default true
);

-- type and secteur: nomenclature N8 of domain.md §3.11.
create table ecole (
  uai                 text primary key constraint uai_de_huit_caracteres check (uai ~ '^[0-9]{7}[A-Z]$'),
  nom                 text not null,
  type                text not null constraint type_connu
    check (type in ('maternelle', 'elementaire', 'primaire', 'specialisee')),
  secteur             text not null constraint secteur_connu
    check (secteur in ('public', 'prive_simple', 'prive_association', 'prive_hors_contrat')),
  adresse             text not null default '',
  code_postal         text not null default '',
  commune_insee       text not null references commune,
  circonscription_uai text references circonscription,
  departement_code    text not null references departement,
  rpi_code            text references rpi,
  telephone           text not null default '',
  courriel            text not null default '',
  directeur           text not null default '',
  ouverte             boolean not null default true,
  version             integer not null default 1
);
create index ecole_par_commune on ecole (commune_insee);
create index ecole_par_circonscription on ecole (circonscription_uai);
create index ecole_par_departement on ecole (departement_code);
create index ecole_par_rpi on ecole (rpi_code);
create index commune_par_departement on commune (departement_code);
create index circonscription_par_departement on circonscription (departement_code);
create index college_par_commune on college (commune_insee);

-- code: the calendar year of the rentrée (2026 for 2026-2027).
create table annee_scolaire (
  code  integer primary key,
  debut date not null,
  fin   date not null,
  constraint annee_dans_l_ordre check (debut < fin)
);

grant select on academie, departement, circonscription, commune, rpi, college, ecole, annee_scolaire
  to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique, be_connexion;
