-- Two files of one child made into one (internal/domain/fusion): what was changed, so that it can be undone.
-- changements: a list of {table, cle, colonne, avant, apres}, in the order in which it was done.
create table fusion (
  id          uuid primary key,
  version     integer not null default 1,
  garde_id    uuid not null references eleve,
  absorbe_id  uuid not null references eleve,
  ecole_uai   text not null,
  faite_le    timestamptz not null,
  compte_id   uuid not null,
  changements jsonb not null,
  defaite_le  timestamptz,
  constraint deux_dossiers check (garde_id <> absorbe_id),
  constraint defaite_apres check (defaite_le >= faite_le)
);
create unique index un_dossier_absorbe_une_fois on fusion (absorbe_id) where defaite_le is null;
create index fusion_par_garde on fusion (garde_id);
create index fusion_par_ecole on fusion (ecole_uai, faite_le);

alter table fusion enable row level security;
create policy lire on fusion for select to be_directeur, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy faire on fusion for insert to be_directeur
  with check (ecole_uai = any ((select portee_ecoles())::text[]));
create policy defaire on fusion for update to be_directeur
  using (ecole_uai = any ((select portee_ecoles())::text[]));
grant select on fusion to be_directeur, be_ia;
grant insert, update (defaite_le, version) on fusion to be_directeur;

-- The file and those that went into it, whose papers and years are read with its own: row security says which.
create function dossiers_reunis(p_eleve uuid) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from fusion where garde_id = p_eleve and defaite_le is null) then
    return array[p_eleve]; -- nearly all
  end if;
  return array(
    with recursive reunis (id) as (
      select p_eleve
      union
      select f.absorbe_id from reunis r join fusion f on f.garde_id = r.id and f.defaite_le is null)
    select id from reunis);
end
$$;
grant execute on function dossiers_reunis to be_directeur, be_mairie, be_ien, be_ia;

-- A file that went into another follows it from school to school, so that they can still be separated.
create function fusion_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update fusion set ecole_uai = new.ecole_uai where garde_id = new.id;
  update eleve set ecole_uai = new.ecole_uai, mairie_insee = new.mairie_insee
  where id in (select absorbe_id from fusion where garde_id = new.id and defaite_le is null);
  return null;
end
$$;
create trigger fusion_suit after update on eleve for each row
  when (new.ecole_uai is not null and old.ecole_uai is distinct from new.ecole_uai) execute function fusion_suit();
