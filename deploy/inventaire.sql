-- What a base holds: the version of its schema, then the rows of each table. sauvegarder notes it beside the backup, in
-- the same snapshot; restaurer asks again and compares. Open sessions and tokens of a first administrator are not saved:
-- restored, they would open again what has been closed since.
set row_security = off; -- an error, rather than the rows of one territory

select 'schéma', version from public.schema_version;

select format('select %L, count(*) from %I.%I', format('%s.%s', schemaname, tablename), schemaname, tablename)
from pg_tables
where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('sessions', 'amorce')
order by schemaname collate "C", tablename collate "C" \gexec
