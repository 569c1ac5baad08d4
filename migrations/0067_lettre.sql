-- As 0054_administration.sql: a new letter also ends what the former password has opened, or half opened.
create or replace function renouveler_activation(p_id uuid, p_empreinte text, p_jusqu_a timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service}');
  if not compte_administre(p_id) then
    return false;
  end if;
  update compte set mot_de_passe = p_empreinte, a_changer = true, initial_jusqu_au = p_jusqu_a, version = version + 1 where id = p_id;
  perform terminer_sessions_de(p_id, 'service');
  return true;
end
$$;
