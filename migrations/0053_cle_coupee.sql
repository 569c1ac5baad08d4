-- A key that is lost, suspended or given back ends its holder's sessions as the rest does (0050_session.sql): the rows stay,
-- emptied, so that no request under way writes one back.
create or replace function couper_sessions(p_compte uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  select terminer_sessions_de(p_compte, 'cle')
$$;
