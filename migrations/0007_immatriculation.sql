-- The INE, apart from the pupil (design.md §2.3): the mairie's, the IEN's and the service's database roles have no
-- right at all on this table.
create table immatriculation (
  eleve_id    uuid primary key references eleve,
  version     integer not null default 1,
  ecole_uai   text not null,
  etat        text not null constraint etat_connu check (etat in (
    'en_attente', 'bloque_doublon', 'en_erreur', 'litige', 'attribue', 'en_verification', 'remplace')),
  ine         text constraint un_ine_un_eleve unique
    constraint forme_de_l_ine check (ine ~ '^([0-9]{10}[A-Z]|[0-9]{9}[A-Z]{2})$'),
  demande_le  timestamptz not null,
  attribue_le timestamptz,
  constraint attribue_avec_son_numero check ((etat in ('attribue', 'en_verification', 'remplace')) = (ine is not null))
);
create index immatriculation_en_attente on immatriculation (demande_le) where etat = 'en_attente';
create index immatriculation_sans_numero on immatriculation (ecole_uai) where ine is null;

alter table immatriculation enable row level security;
create policy lire on immatriculation for select to be_directeur, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy demander on immatriculation for insert to be_directeur
  with check (etat = 'en_attente' and ecole_uai = any ((select portee_ecoles())::text[]));
create policy registre on immatriculation to be_registre using (true) with check (true);

grant select on immatriculation to be_directeur, be_ia;
grant insert on immatriculation to be_directeur;
grant select, update on immatriculation to be_registre;

-- The numbers of the embedded register, which stands in for the national one.
create sequence ine_serie;
grant usage on sequence ine_serie to be_registre;

-- The number's row follows the file.
create function immatriculation_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update immatriculation set ecole_uai = new.ecole_uai where eleve_id = new.id;
  return null;
end
$$;
create trigger immatriculation_suit after update of ecole_uai on eleve
  for each row when (new.ecole_uai is not null and old.ecole_uai is distinct from new.ecole_uai)
  execute function immatriculation_suit();
