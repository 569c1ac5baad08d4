-- The owner of the tables and its base. Run once as superuser:  psql --file=deploy/roles.sql  (another name: -v base=…)
--
-- The owner migrates, imports and saves; nobody serves pages with its rights. CREATEROLE lets the migrations make the
-- nine roles of the application (be_connexion, be_registre, be_mairie, be_directeur, be_ien, be_ia, be_service,
-- be_college, be_statistique), which log in, own nothing, see what is granted to them table by table, through row
-- security, and have no password: pg_ident.conf says who may take them.
\set ON_ERROR_STOP on
\if :{?base}
\else
	\set base base_eleves
\endif

select 'create role be_proprietaire login createrole'
where not exists (select from pg_roles where rolname = 'be_proprietaire') \gexec

-- C.UTF-8 sorts by code point and knows the letters of every alphabet, as in the tests.
select format('create database %I owner be_proprietaire template template0 encoding ''UTF8'' locale ''C.UTF-8''', :'base')
where not exists (select from pg_database where datname = :'base') \gexec

select format('revoke temporary on database %I from public', :'base') \gexec
