-- Who looks after accounts, keys and their journal does not use the data, and the reverse (security.md AUD-10): no account is
-- the service's and somebody else's in the same days, by a habilitation or by a delegation.

-- As 0054_administration.sql, and 'cumul'.
create or replace function demander_habilitation(p_id uuid, p_compte uuid, p_role text, p_territoire text, p_debut date, p_fin date,
  p_remplace uuid, p_le timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  h habilitation;
begin
  perform interdire_hors_de('{service,ia}');
  perform from compte where id = p_compte and departement_code = portee_dsden() for update;
  if not found then
    return 'compte';
  end if;
  h.commune_insee := case p_role when 'mairie' then p_territoire end;
  h.ecole_uai := case p_role when 'directeur' then p_territoire end;
  h.circonscription_uai := case p_role when 'ien' then p_territoire end;
  h.departement_code := case when p_role in ('ia', 'service') then p_territoire end;
  h.college_uai := case p_role when 'college' then p_territoire end;
  if departement_du_mandat(h) is distinct from portee_dsden() then
    return 'territoire';
  end if;
  if exists (select from habilitation o where o.compte_id = p_compte and o.role = p_role and o.delegation is null
      and coalesce(o.commune_insee, o.ecole_uai, o.circonscription_uai, o.departement_code, o.college_uai) = p_territoire
      and o.etat in ('demandee', 'accordee')
      and daterange(o.debut, o.fin, '[]') && daterange(p_debut, p_fin, '[]')) then
    return 'doublon';
  end if;
  if exists (select from habilitation o where o.compte_id = p_compte and (o.role = 'service') <> (p_role = 'service') and o.id is distinct from p_remplace
      and o.etat in ('demandee', 'accordee') and daterange(o.debut, o.fin, '[]') && daterange(p_debut, p_fin, '[]')) then
    return 'cumul';
  end if;
  if p_remplace is not null and not exists (select from habilitation o where o.id = p_remplace and o.compte_id = p_compte
      and o.etat = 'accordee' and o.delegation is null and o.debut < p_debut) then
    return 'remplace';
  end if;
  insert into habilitation (id, compte_id, role, commune_insee, ecole_uai, circonscription_uai, departement_code, college_uai,
    debut, fin, etat, demandee_par, demandee_le, remplace_id)
  values (p_id, p_compte, p_role, h.commune_insee, h.ecole_uai, h.circonscription_uai, h.departement_code, h.college_uai,
    p_debut, p_fin, 'demandee', portee_compte(), p_le, p_remplace);
  return '';
end
$$;

-- As 0054_administration.sql, and 'service'.
create or replace function deleguer(p_id uuid, p_identifiant text, p_ecole text, p_delegation text, p_debut date, p_fin date, p_le timestamptz)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_compte uuid;
begin
  perform interdire_hors_de('{directeur,ia}');
  if p_ecole is null or not p_ecole = any (portee_ecoles()) then
    raise exception 'school % is outside the territory', p_ecole using errcode = '42501';
  end if;
  if exists (select from habilitation where id = current_setting('be.habilitation')::uuid and delegation is not null) then
    return 'delegue';
  end if;
  if p_delegation = 'interim' and current_setting('be.role') <> 'ia' then
    return 'interim';
  end if;
  select c.id into v_compte from compte c join ecole e on e.departement_code = c.departement_code
  where c.identifiant = p_identifiant and c.actif and e.uai = p_ecole for update of c;
  if not found then
    return 'inconnu';
  end if;
  if v_compte = portee_compte() then
    return 'soi';
  end if;
  if exists (select from habilitation where compte_id = v_compte and role in ('mairie', 'college', 'statistique')
      and etat in ('demandee', 'accordee') and (fin is null or fin >= p_debut)) then
    return 'ailleurs';
  end if;
  if exists (select from habilitation where compte_id = v_compte and role = 'service'
      and etat in ('demandee', 'accordee') and (fin is null or fin >= p_debut)) then
    return 'service';
  end if;
  if not exists (select from cle where compte_id = v_compte and active) then
    return 'cle';
  end if;
  if exists (select from habilitation where compte_id = v_compte and ecole_uai = p_ecole and etat = 'accordee'
      and daterange(debut, fin, '[]') && daterange(p_debut, p_fin, '[]')) then
    return 'doublon';
  end if;
  insert into habilitation (id, compte_id, role, ecole_uai, debut, fin, delegation, delegue_par, decidee_par, decidee_le)
  values (p_id, v_compte, 'directeur', p_ecole, p_debut, p_fin, p_delegation, portee_compte(), portee_compte(), p_le);
  return '';
end
$$;
