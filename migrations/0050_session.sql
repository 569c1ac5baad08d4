-- Each session says who holds it, since when and from where: its holder sees his own, and ends those that are not his
-- any more (security.md SES-6, SES-7). A row is kept, emptied, until its expiry: a request that was under way when the
-- session ended cannot write it back.

alter table sessions
  add id uuid,              -- the same through the tokens of one session; null before the log-in is complete
  add compte_id uuid,       -- from the password on
  add ouverte_le timestamptz,
  add vue_le timestamptz,
  add adresse text,         -- of the network
  add navigateur text,      -- « Firefox sur Windows »
  add terminee_par text constraint fin_connue check (terminee_par in ('quittee', 'titulaire', 'nombre', 'compte', 'cle', 'service'));
create index sessions_par_compte on sessions (compte_id) where terminee_par is null;
create index sessions_par_id on sessions (id) where id is not null;

-- The open sessions of the account that asks, seen since p_depuis.
create function mes_sessions(p_depuis timestamptz)
returns table (id uuid, ouverte_le timestamptz, vue_le timestamptz, adresse text, navigateur text)
language sql stable security definer set search_path = public, pg_temp as $$
  select id, ouverte_le, vue_le, coalesce(adresse, ''), coalesce(navigateur, '') from sessions
  where compte_id = portee_compte() and id is not null and terminee_par is null and expiry > now() and vue_le >= p_depuis
  order by vue_le desc, id
$$;

-- Ends one's own sessions but p_garder, or only p_seule; returns how many were open.
create function terminer_mes_sessions(p_garder uuid, p_seule uuid) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with fin as (
    update sessions set data = '', terminee_par = 'titulaire'
    where compte_id = portee_compte() and terminee_par is null and id is distinct from p_garder
      and (p_seule is null or id = p_seule)
    returning id)
  select count(id) from fin
$$;
revoke all on function mes_sessions, terminer_mes_sessions from public;
grant execute on function mes_sessions, terminer_mes_sessions
  to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;

-- Ends all that an account has open, half-way log-ins too. For the triggers and functions that suspend one.
create function terminer_sessions_de(p_compte uuid, p_par text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update sessions set data = '', terminee_par = p_par where compte_id = p_compte and terminee_par is null
$$;
revoke all on function terminer_sessions_de from public;

create or replace function compte_suspendu() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update habilitation set compte_actif = new.actif where compte_id = new.id;
  if not new.actif then
    perform terminer_sessions_de(new.id, 'compte');
  end if;
  return null;
end
$$;

-- The log-in writes what it refuses: whom an attempt aims at is known, who makes it is not.
create policy ecrire_connexion on journal for insert to be_connexion with check (role = 'connexion');
grant insert on journal to be_connexion;
