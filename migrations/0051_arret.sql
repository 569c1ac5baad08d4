-- The emergency stop (security.md AUT-18; June 2007): who is on duty closes the register, or makes it read-only, for a
-- whole département, one role, one commune or one circonscription, at once in every process: each page opens its scope
-- in the base. The service informatique and the IA are never closed from a page: they lift the stop.

-- valeur: a role, an INSEE code or the code of a circonscription; '' for the whole département.
-- departement_code is null for a stop of the whole nation, which only the owner of the base sets (base-eleves urgence):
-- it closes every role.
create table arret (
  id               uuid primary key,
  departement_code text references departement,
  portee           text not null constraint portee_connue check (portee in ('nation', 'departement', 'role', 'commune', 'circonscription')),
  valeur           text not null default '',
  mode             text not null constraint mode_connu check (mode in ('ferme', 'lecture')),
  motif            text not null constraint motif_connu check (motif in ('intrusion', 'comptes', 'donnees', 'exercice', 'autre')),
  pose_le          timestamptz not null,
  pose_par         uuid, -- null for the owner of the base
  leve_le          timestamptz,
  leve_par         uuid,
  constraint nation_ou_departement check ((portee = 'nation') = (departement_code is null)),
  constraint valeur_si_portee check ((valeur = '') = (portee in ('nation', 'departement'))),
  constraint role_que_l_on_ferme check (portee <> 'role' or valeur in ('mairie', 'directeur', 'ien', 'college'))
);
create index arret_en_cours on arret (departement_code) where leve_le is null;

-- The strongest stop that applies, kept on the habilitation by the triggers below: each page reads it there.
alter table habilitation
  add column arret text constraint arret_connu check (arret in ('lecture', 'ferme'));

-- The habilitations that a stop is about.
create function vise_par_arret(h habilitation, p_departement text, p_portee text, p_valeur text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select case p_portee
    when 'nation' then true
    when 'departement' then h.role in ('mairie', 'directeur', 'ien', 'college')
    when 'role' then h.role = p_valeur
    when 'commune' then p_valeur = coalesce(h.commune_insee, (select commune_insee from ecole where uai = h.ecole_uai))
    when 'circonscription' then p_valeur = coalesce(h.circonscription_uai, (select circonscription_uai from ecole where uai = h.ecole_uai))
  end and (p_departement is null or departement_du_mandat(h) = p_departement)
$$;
create function arret_de(h habilitation) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select min(mode) from arret a where leve_le is null and vise_par_arret(h, a.departement_code, a.portee, a.valeur) -- 'ferme' < 'lecture'
$$;
revoke all on function vise_par_arret, arret_de from public;

create function arret_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update habilitation h set arret = arret_de(h)
  where vise_par_arret(h, new.departement_code, new.portee, new.valeur) and h.arret is distinct from arret_de(h);
  return null;
end
$$;
create trigger arret_change after insert or update of leve_le on arret for each row execute function arret_change();

create function habilitation_arretee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from arret where leve_le is null) then
    new.arret = arret_de(new);
  end if;
  return new;
end
$$;
create trigger habilitation_arretee before insert on habilitation for each row execute function habilitation_arretee();

-- Called where a transaction writes.
create function exiger_ecriture() returns void language plpgsql stable as $$
begin
  if current_setting('be.lecture', true) = 'lecture' then
    raise exception 'the register is read-only' using errcode = 'BE005';
  end if;
end
$$;
grant execute on function exiger_ecriture to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;

create or replace function ouvrir_portee(p_habilitation uuid, p_le date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_role text;
  v_commune text;
  v_ecole text;
  v_circonscription text;
  v_departement text;
  v_arret text;
  -- The role that asks: inside this function current_user is its owner.
  demandeur text := case current_setting('role') when 'none' then session_user else current_setting('role') end;
  -- Arrays as they are written, which a setting takes as it is: this runs before every page.
  ecoles text := '{}';
  communes text := '{}';
  ouvertes text := '{}'; -- those whose mairie may see more than the état civil (design.md §2.4)
  pose text;
begin
  select role, commune_insee, ecole_uai, circonscription_uai, departement_code, arret,
    set_config('be.compte', compte_id::text, true) || set_config('be.habilitation', id::text, true)
      || set_config('be.role', role, true) || set_config('be.lecture', coalesce(arret, ''), true)
  into v_role, v_commune, v_ecole, v_circonscription, v_departement, v_arret, pose
  from habilitation
  where id = p_habilitation and 'be_' || role = demandeur
    and etat = 'accordee' and debut <= p_le and (fin is null or p_le <= fin) and compte_actif;
  if not found then
    raise exception 'habilitation % is not open to %', p_habilitation, demandeur using errcode = 'BE001';
  end if;
  if v_arret = 'ferme' then
    raise exception 'the access is stopped' using errcode = 'BE004';
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

alter table arret enable row level security;
create policy du_departement on arret to be_service, be_ia using (departement_code = (select portee_dsden()));
create policy lire_nation on arret for select to be_service, be_ia using (departement_code is null);
grant select, insert on arret to be_service, be_ia;
grant update (leve_le, leve_par) on arret to be_service, be_ia;

-- Whom a stop would be about, before it is set: accounts, and the sessions that they have open.
create function apercu_arret(p_portee text, p_valeur text, p_le date) returns table (comptes bigint, ouvertes bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with vise as (
    select distinct h.compte_id from habilitation h
    where h.etat = 'accordee' and h.compte_actif and h.debut <= p_le
      and (h.fin is null or p_le <= h.fin)
      and vise_par_arret(h, portee_dsden(), p_portee, p_valeur))
  select count(*), (select count(*) from sessions s where s.compte_id in (select compte_id from vise) and s.id is not null
    and s.terminee_par is null and s.expiry > now()) from vise
$$;

-- Has everybody concerned choose a new password at the next log-in, and ends their sessions; returns how many accounts.
-- Those of the service and of the IA are never concerned.
create function renouveler_mots_de_passe(p_portee text, p_valeur text, p_jusqu_au timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  vises uuid[];
begin
  if current_setting('be.role') not in ('service', 'ia') then
    raise exception 'not for the role %', current_setting('be.role');
  end if;
  vises := array(
    select distinct h.compte_id from habilitation h
    where h.role in ('mairie', 'directeur', 'ien', 'college') and vise_par_arret(h, portee_dsden(), p_portee, p_valeur)
      and not exists (select from habilitation s where s.compte_id = h.compte_id and s.role in ('service', 'ia')));
  update compte set a_changer = true, initial_jusqu_au = p_jusqu_au, version = version + 1
  where id = any (vises) and actif and (not a_changer or initial_jusqu_au > p_jusqu_au);
  perform terminer_sessions_de(compte, 'service') from unnest(vises) as compte;
  return cardinality(vises);
end
$$;
revoke all on function apercu_arret, renouveler_mots_de_passe from public;
grant execute on function apercu_arret, renouveler_mots_de_passe to be_service, be_ia;

-- The communes that have a school, and the circonscriptions, of the département of who asks.
create function cibles_arret() returns table (portee text, valeur text, nom text)
language sql stable security definer set search_path = public, pg_temp as $$
  select 'circonscription', uai, nom from circonscription where departement_code = portee_dsden()
  union all
  select 'commune', insee, nom from commune c where departement_code = portee_dsden()
    and exists (select from ecole e where e.commune_insee = c.insee)
  order by 1, 3, 2
$$;
revoke all on function cibles_arret from public;
grant execute on function cibles_arret to be_service, be_ia;
