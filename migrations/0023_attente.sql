-- A school that takes over a file must know whether another one expects the child, for whatever year is not over: of the
-- lines of the register it sees its own only, and the last of them may be somebody else's.
create function est_attendu(p_eleve uuid, p_le date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from scolarite
    where eleve_id = p_eleve and etat in ('admissible', 'admis_accepte') and fin_annee >= p_le)
$$;
revoke execute on function est_attendu from public;
grant execute on function est_attendu to be_directeur;
