-- The territory of a transaction. ouvrir_portee is called first, in the same round trip as the work;
-- every policy reads what it left. Nothing survives the transaction.

-- Each page pays for this function, so it looks for one row of one table, and runs one more query for who has a
-- territory of several schools. Variables cost less than a record, assignments less than PERFORM, which is a query each.
create function ouvrir_portee(p_habilitation uuid, p_le date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_role text;
  v_commune text;
  v_ecole text;
  v_circonscription text;
  v_departement text;
  -- The role that asks: inside this function current_user is its owner.
  demandeur text := case current_setting('role') when 'none' then session_user else current_setting('role') end;
  -- Arrays as they are written, which a setting takes as it is: this runs before every page.
  ecoles text := '{}';
  communes text := '{}';
  ouvertes text := '{}'; -- those whose mairie may see more than the état civil (design.md §2.4)
  pose text;
begin
  select role, commune_insee, ecole_uai, circonscription_uai, departement_code,
    set_config('be.compte', compte_id::text, true) || set_config('be.habilitation', id::text, true)
      || set_config('be.role', role, true)
  into v_role, v_commune, v_ecole, v_circonscription, v_departement, pose
  from habilitation
  where id = p_habilitation and 'be_' || role = demandeur
    and debut <= p_le and (fin is null or p_le <= fin) and compte_actif;
  if not found then
    raise exception 'habilitation % is not open to %', p_habilitation, demandeur using errcode = 'BE001';
  end if;
  case v_role
    when 'directeur' then
      ecoles := '{' || v_ecole || '}';
    when 'mairie' then
      communes := '{' || v_commune || '}';
      ouvertes := array(select insee from commune where insee = v_commune and not mairie_stricte)::text;
      ecoles := array(select uai from ecole where commune_insee = v_commune)::text;
    when 'ien' then
      ecoles := array(select uai from ecole where circonscription_uai = v_circonscription)::text;
    when 'ia' then
      ecoles := array(select uai from ecole where departement_code = v_departement)::text;
    else null;
  end case;
  pose := set_config('be.communes', communes, true) || set_config('be.communes_ouvertes', ouvertes, true)
    || set_config('be.ecoles', ecoles, true);
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
