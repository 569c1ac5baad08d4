-- The territory of a transaction. ouvrir_portee is called first, in the same round trip as the work;
-- every policy reads what it left. Nothing survives the transaction.

-- Each page pays for this function, so it runs one query, and one more for who has a territory of several schools;
-- assignments cost less than PERFORM, which is a query each.
create function ouvrir_portee(p_habilitation uuid, p_le date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  h record;
  -- The role that asks: inside this function current_user is its owner.
  demandeur text := case current_setting('role') when 'none' then session_user else current_setting('role') end;
  ecoles text[] := '{}';
  communes text[] := '{}';
  ouvertes text[] := '{}'; -- those whose mairie may see more than the état civil (design.md §2.4)
  pose text;
begin
  select a.role, a.compte_id, a.commune_insee, a.ecole_uai, a.circonscription_uai, a.departement_code into h
  from habilitation a join compte c on c.id = a.compte_id
  where a.id = p_habilitation and 'be_' || a.role = demandeur
    and a.debut <= p_le and (a.fin is null or p_le <= a.fin) and c.actif;
  if not found then
    raise exception 'habilitation % is not open to %', p_habilitation, demandeur using errcode = 'BE001';
  end if;
  case h.role
    when 'directeur' then
      ecoles := array[h.ecole_uai];
    when 'mairie' then
      communes := array[h.commune_insee];
      ouvertes := array(select insee from commune where insee = h.commune_insee and not mairie_stricte);
      ecoles := array(select uai from ecole where commune_insee = h.commune_insee);
    when 'ien' then
      ecoles := array(select uai from ecole where circonscription_uai = h.circonscription_uai);
    when 'ia' then
      ecoles := array(select uai from ecole where departement_code = h.departement_code);
    else null;
  end case;
  pose := set_config('be.compte', h.compte_id::text, true);
  pose := set_config('be.habilitation', p_habilitation::text, true);
  pose := set_config('be.role', h.role, true);
  pose := set_config('be.communes', communes::text, true);
  pose := set_config('be.communes_ouvertes', ouvertes::text, true);
  pose := set_config('be.ecoles', ecoles::text, true);
end
$$;
grant execute on function ouvrir_portee to
  be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;

-- Without an open scope these raise: the setting is unknown, or '' which is no array.
create function portee_ecoles() returns text[] stable language sql
  return current_setting('be.ecoles')::text[];
create function portee_communes() returns text[] stable language sql
  return current_setting('be.communes')::text[];
create function portee_communes_ouvertes() returns text[] stable language sql
  return current_setting('be.communes_ouvertes')::text[];
create function portee_compte() returns uuid stable language sql
  return current_setting('be.compte')::uuid;
grant execute on function portee_ecoles, portee_communes, portee_communes_ouvertes, portee_compte to
  be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;

-- How many accounts act in the département of the service that asks: figures only, since its role reads no account.
create function comptes_de_la_portee(p_le date)
returns table (ouverts bigint, a_changer bigint, suspendus bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with d as (
    select departement_code as code from habilitation
    where id = current_setting('be.habilitation')::uuid and role = 'service'),
  territoire as (
    select h.compte_id, h.fin from d join habilitation h on h.departement_code = d.code
    union all
    select h.compte_id, h.fin from d join commune c on c.departement_code = d.code
      join habilitation h on h.commune_insee = c.insee
    union all
    select h.compte_id, h.fin from d join ecole e on e.departement_code = d.code
      join habilitation h on h.ecole_uai = e.uai
    union all
    select h.compte_id, h.fin from d join circonscription c on c.departement_code = d.code
      join habilitation h on h.circonscription_uai = c.uai
    union all
    select h.compte_id, h.fin from d join commune c on c.departement_code = d.code
      join college g on g.commune_insee = c.insee join habilitation h on h.college_uai = g.uai)
  select count(*) filter (where c.actif), count(*) filter (where c.actif and c.a_changer),
    count(*) filter (where not c.actif)
  from (select distinct compte_id from territoire where fin is null or fin >= p_le) t
  join compte c on c.id = t.compte_id
$$;
grant execute on function comptes_de_la_portee to be_service;
