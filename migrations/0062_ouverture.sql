-- A file of people for whom the service opens accounts waits an hour to be confirmed, sealed.
create table depot_compte (
  id               uuid primary key,
  departement_code text not null references departement,
  compte_id        uuid not null references compte,
  nom              text not null,
  contenu          bytea not null,
  le               timestamptz not null
);
create index depot_compte_par_compte on depot_compte (compte_id);

alter table depot_compte enable row level security;
create policy sien on depot_compte to be_service
  using (compte_id = (select portee_compte()) and departement_code = (select portee_dsden()));
grant select, insert, delete on depot_compte to be_service;
