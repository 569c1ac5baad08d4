-- One database role per role of the application (internal/domain/habilitation), so that PostgreSQL itself
-- refuses what a role must not do. Roles belong to the whole cluster: another base may have made them.
do $$
declare
  nom text;
begin
  foreach nom in array array[
    'be_connexion', 'be_mairie', 'be_directeur', 'be_ien', 'be_ia', 'be_service', 'be_college', 'be_statistique'
  ] loop
    begin
      execute format('create role %I login nosuperuser nocreatedb nocreaterole noinherit nobypassrls', nom);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
end
$$;

