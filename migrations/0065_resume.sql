-- What an account has done between two dates, counted by act: its page asks for no more, and the names of a hundred
-- thousand pupils are not looked for in order to count them (security.md AUD-9).
create function resume_du_compte(p_compte uuid, p_du timestamptz, p_au timestamptz)
returns table (acte text, objet text, nombre integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.acte, j.objet, count(*)::int from journal j
  where j.compte_id = p_compte and j.le >= p_du and j.le < p_au and current_setting('be.role') = 'ia'
    and exists (select from compte c where c.id = p_compte and c.departement_code = portee_dsden())
  group by j.acte, j.objet order by 3 desc, 1, 2
$$;
revoke all on function resume_du_compte from public;
grant execute on function resume_du_compte to be_ia;
