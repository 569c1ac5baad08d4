-- One database role per role of the application (internal/domain/habilitation), so that PostgreSQL itself
-- refuses what a role must not do. Roles belong to the whole cluster: another base may have made them.
do $$
declare
  nom text;
begin
  foreach nom in array array[
    'be_connexion', 'be_registre',
    'be_mairie', 'be_directeur', 'be_ien', 'be_ia', 'be_service', 'be_college', 'be_statistique'
  ] loop
    begin
      execute format('create role %I login nosuperuser nocreatedb nocreaterole noinherit nobypassrls', nom);
    exception when duplicate_object or unique_violation then
      null;
    end;
    execute format('grant usage on schema public to %I', nom);
  end loop;
end
$$;

-- What each may do in the schema is granted table by table, beside each table.
revoke create on schema public from public;

create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

-- From here on a function is callable by whom it is granted to, and by nobody else.
alter default privileges revoke execute on functions from public;
