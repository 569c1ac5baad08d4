-- Who did what, for whom, on what, when. No personal value: an identifier that means nothing elsewhere.
-- Insert-only for every role; it outlives accounts and pupils, hence no foreign key.
create table journal (
  id              bigint generated always as identity primary key,
  le              timestamptz not null,
  compte_id       uuid not null,
  habilitation_id uuid not null,
  role            text not null,
  acte            text not null,
  objet           text not null,
  objet_id        uuid,
  ecole_uai       text,
  motif           text -- a code, where the act asks for one
);
create index journal_par_objet on journal (objet_id, le) where objet_id is not null;
create index journal_par_compte on journal (compte_id, le);

alter table journal enable row level security;
create policy ecrire on journal for insert
  to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique
  with check (compte_id = (select portee_compte()));
create policy lire on journal for select to be_directeur, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
grant insert on journal to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;
grant select on journal to be_directeur, be_ia;

-- A form sent twice has one effect: the second gets the first one's answer. empreinte: SHA-256 of what was typed.
create table envoi (
  compte_id uuid not null,
  cle       bytea not null,
  empreinte bytea not null,
  reponse   text not null,
  fait_le   timestamptz not null,
  primary key (compte_id, cle)
);
create index envoi_par_date on envoi (fait_le);
alter table envoi enable row level security;
create policy sien on envoi to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique
  using (compte_id = (select portee_compte()));
grant select, insert, update on envoi to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;
-- Nothing is sent again after a week: what works beside the pages deletes it, by its date alone.
create policy purger on envoi to be_connexion using (true);
grant select (fait_le), delete on envoi to be_connexion;

-- Documents issued: each bears a number; the same content issued again keeps its number.
-- emetteur: UAI of the school or INSEE code of the mairie that issues.
create table document (
  id        uuid primary key,
  emetteur  text not null,
  annee     integer not null,
  numero    integer not null,
  type      text not null constraint type_connu check (type in (
    'certificat_scolarite', 'certificat_radiation', 'certificat_inscription')),
  eleve_id  uuid not null references eleve,
  ecole_uai text,
  empreinte bytea not null,
  edite_le  timestamptz not null,
  compte_id uuid not null,
  constraint un_numero_par_emetteur_et_par_annee unique (emetteur, annee, numero),
  constraint un_numero_par_contenu unique (emetteur, eleve_id, type, empreinte)
);
create index document_par_eleve on document (eleve_id);
alter table document enable row level security;
create policy lire on document for select to be_directeur, be_ia, be_ien
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_mairie on document for select to be_mairie
  using (emetteur = any ((select portee_communes())::text[]));
create policy editer on document for insert to be_directeur
  with check (emetteur = any ((select portee_ecoles())::text[]));
create policy editer_mairie on document for insert to be_mairie
  with check (emetteur = any ((select portee_communes())::text[]));
grant select on document to be_directeur, be_ia, be_ien, be_mairie;
grant insert on document to be_directeur, be_mairie;
