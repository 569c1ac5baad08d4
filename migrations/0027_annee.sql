-- School years open by themselves, without any act (domain.md §2.5): the one under way, and the next from 1 January on,
-- when mairies begin to inscribe. Nothing closes a year: it is only filtered out.
create function ouvrir_annees(p_le date) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into annee_scolaire (code, debut, fin)
  select code, make_date(code, 9, 1), make_date(code + 1, 8, 31)
  from generate_series(extract(year from p_le - interval '8 months')::integer, extract(year from p_le)::integer) as code
  on conflict do nothing
$$;
revoke execute on function ouvrir_annees from public;
grant execute on function ouvrir_annees to be_connexion;
