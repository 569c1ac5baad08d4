-- Who makes the letter of an account and hands over its key could come in by both (security.md AUT-17, ACL-11). Once an account
-- has been used, one person who does both, the letter not yet answered and the key not yet in service, sends its habilitations
-- back to the IA, who grants them again; the delegations it was given end. At a first letter the IA grants in any case.

-- lettre_par: who made the letter that is not answered yet. a_confirmer: asked for again, for that reason.
alter table compte add column lettre_par uuid references compte;
alter table habilitation add column a_confirmer boolean not null default false;
grant update (lettre_par) on compte to be_connexion;

-- As 0067_lettre.sql, and who made it.
create or replace function renouveler_activation(p_id uuid, p_empreinte text, p_jusqu_a timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service}');
  if not compte_administre(p_id) then
    return false;
  end if;
  update compte set mot_de_passe = p_empreinte, a_changer = true, initial_jusqu_au = p_jusqu_a, lettre_par = portee_compte(),
    version = version + 1 where id = p_id;
  perform terminer_sessions_de(p_id, 'service');
  return true;
end
$$;

-- The habilitations that the IA is asked to grant again, after a letter or a key: none when two persons made them.
create function demander_confirmation(p_compte uuid, p_le timestamptz) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service}');
  perform from compte c
  where c.id = p_compte and c.departement_code = portee_dsden() and c.premiere_connexion_le is not null
    and c.a_changer and c.lettre_par = portee_compte()
    and exists (select from cle k where k.compte_id = c.id and k.etat = 'remise' and k.etat_par = portee_compte() and k.type <> 'WEBAUTHN')
  for update;
  if not found then
    return;
  end if;
  update habilitation set etat = 'retiree', retiree_par = portee_compte(), retiree_le = p_le
  where compte_id = p_compte and etat = 'accordee' and delegation is not null and fin >= p_le::date;
  return query
  update habilitation set etat = 'demandee', demandee_par = portee_compte(), demandee_le = p_le, decidee_par = null, decidee_le = null,
    remplace_id = null, a_confirmer = true
  where compte_id = p_compte and etat = 'accordee' and delegation is null and (fin is null or fin >= p_le::date)
  returning id;
end
$$;
revoke execute on function demander_confirmation from public;
grant execute on function demander_confirmation to be_service;
