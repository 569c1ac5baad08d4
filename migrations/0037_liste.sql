-- The lists that people make for themselves and keep (domain.md §5.10): which columns, filters and order, never the
-- pupils who are on them. One belongs to the account that made it; in a school or a mairie it may be shared with those who
-- act there. definition: internal/domain/liste, with the number of its format.
create table liste (
  id            uuid primary key,
  version       integer not null default 1,
  compte_id     uuid not null,
  ecole_uai     text references ecole,
  commune_insee text references commune,
  nom           text not null constraint nom_ecrit check (nom <> ''),
  partagee      boolean not null default false,
  definition    jsonb not null constraint definition_datee check (definition ? 'format'),
  modifiee_le   timestamptz not null,
  supprimee_le  timestamptz,
  constraint partagee_dans_une_ecole_ou_une_mairie check (not partagee or ecole_uai is not null or commune_insee is not null),
  constraint d_une_ecole_ou_d_une_mairie check (ecole_uai is null or commune_insee is null)
);
create index liste_par_ecole on liste (ecole_uai) where ecole_uai is not null;
create index liste_par_commune on liste (commune_insee) where commune_insee is not null;
create index liste_par_compte on liste (compte_id);

alter table liste enable row level security;
create policy ecrire on liste to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]) and (partagee or compte_id = (select portee_compte())));
create policy ecrire_mairie on liste to be_mairie
  using (commune_insee = any ((select portee_communes())::text[]) and (partagee or compte_id = (select portee_compte())));
-- An inspection keeps its own; no school shares with it.
create policy ecrire_inspection on liste to be_ien, be_ia
  using (compte_id = (select portee_compte()) and ecole_uai is null and commune_insee is null);
grant select, insert, update, delete on liste to be_directeur, be_mairie, be_ien, be_ia;
