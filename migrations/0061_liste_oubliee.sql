-- A list that was put away can be brought back for thirty days (internal/domain/version); then it is erased, with the letters
-- of schools that were put away as long.
create function oublier_listes(p_le timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  with lettres as (delete from lettre_type where supprimee_le < p_le - interval '30 days')
  delete from liste where supprimee_le < p_le - interval '30 days'
$$;
revoke all on function oublier_listes from public;
grant execute on function oublier_listes to be_connexion;
