-- The letters that a school writes for itself (domain.md §5.10): the text with its fields, never the families to whom it
-- went nor what the fields said.
create table lettre_type (
  id           uuid primary key,
  version      integer not null default 1,
  ecole_uai    text not null references ecole,
  titre        text not null constraint titre_ecrit check (titre <> ''),
  objet        text not null constraint objet_ecrit check (objet <> ''),
  corps        text not null constraint corps_ecrit check (corps <> ''),
  modifiee_le  timestamptz not null,
  supprimee_le timestamptz
);
create index lettre_type_par_ecole on lettre_type (ecole_uai);

alter table lettre_type enable row level security;
create policy ecrire on lettre_type to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
grant select, insert, update, delete on lettre_type to be_directeur;
