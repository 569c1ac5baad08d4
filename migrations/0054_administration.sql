-- What the service informatique and the IA do to accounts and habilitations. Neither writes a table: these functions check
-- the territory, the state and the four eyes themselves, and say by their result what the caller turns into a sentence.

create function interdire_hors_de(p_roles text[]) returns void language plpgsql stable as $$
begin
  if not current_setting('be.role') = any (p_roles) then
    raise exception 'not an act of %', current_setting('be.role') using errcode = '42501';
  end if;
end
$$;

-- The first identifier that nobody has: claire.fabre, then claire.fabre2. All accounts are looked at, whoever administers them.
create function identifiant_libre(p_base text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select i from (select p_base || case n when 1 then '' else n::text end as i, n from generate_series(1, 200) n) s
  where not exists (select from compte where identifiant = i) order by n limit 1
$$;

-- An account for somebody of the département, with a password that serves once, until p_jusqu_a. False: the identifier is taken.
create function creer_compte(p_id uuid, p_identifiant text, p_civilite text, p_nom text, p_prenom text, p_empreinte text,
  p_jusqu_a timestamptz, p_le timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service}');
  insert into compte (id, identifiant, civilite, nom, prenom, mot_de_passe, a_changer, initial_jusqu_au, cree_le, cree_par, departement_code)
  values (p_id, p_identifiant, p_civilite, p_nom, p_prenom, p_empreinte, true, p_jusqu_a, p_le, portee_compte(), portee_dsden())
  on conflict (identifiant) do nothing;
  return found;
end
$$;

-- An account of the département of the scope, other than the caller's own, held until the act is done.
create function compte_administre(p_id uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from compte where id = p_id and departement_code = portee_dsden() and id <> portee_compte() for update;
  return found;
end
$$;

-- The former password opens nothing any more, whether its holder knew it or not.
create function renouveler_activation(p_id uuid, p_empreinte text, p_jusqu_a timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service}');
  if not compte_administre(p_id) then
    return false;
  end if;
  update compte set mot_de_passe = p_empreinte, a_changer = true, initial_jusqu_au = p_jusqu_a, version = version + 1 where id = p_id;
  return true;
end
$$;

create function suspendre_compte(p_id uuid, p_motif text, p_le timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service,ia}');
  if not compte_administre(p_id) then
    return false;
  end if;
  update compte set actif = false, suspendu_le = p_le, suspension_motif = p_motif, version = version + 1 where id = p_id and actif;
  return found;
end
$$;

create function reactiver_compte(p_id uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service}');
  if not compte_administre(p_id) then
    return false;
  end if;
  update compte set actif = true, suspendu_le = null, suspension_motif = '', version = version + 1 where id = p_id and not actif;
  return found;
end
$$;

-- A demand, of the service or of the IA, about a territory of their département. 'territoire': it is not one. 'doublon': he
-- holds it, or waits for it, in those days. p_remplace: what it ends the day before, once granted.
create function demander_habilitation(p_id uuid, p_compte uuid, p_role text, p_territoire text, p_debut date, p_fin date,
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

-- The IA decides several demands at once: those that he may, which are returned. He decides neither his own, nor those that
-- he has made. p_motif: of a refusal; '' grants. What a granted one replaces ends the day before it begins.
create function decider_habilitations(p_ids uuid[], p_motif text, p_le timestamptz) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{ia}');
  return query
  with decidees as (
    update habilitation h set etat = case p_motif when '' then 'accordee' else 'refusee' end, refus_motif = p_motif,
      decidee_par = portee_compte(), decidee_le = p_le
    from compte c
    where h.id = any (p_ids) and h.etat = 'demandee' and c.id = h.compte_id and c.departement_code = portee_dsden()
      and h.demandee_par <> portee_compte() and h.compte_id <> portee_compte()
    returning h.id, h.remplace_id, h.debut),
  remplacees as (
    update habilitation a set fin = d.debut - 1 from decidees d
    where p_motif = '' and a.id = d.remplace_id and a.etat = 'accordee' and a.debut < d.debut and (a.fin is null or a.fin >= d.debut))
  select id from decidees;
end
$$;

-- Withdrawn, it opens nothing from now on. The IA withdraws what was granted; a demand, whoever may make one. A delegation is
-- withdrawn by who gave it, or by whoever directs the school, or by the IA.
create function retirer_habilitation(p_id uuid, p_le timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform interdire_hors_de('{service,ia,directeur}');
  update habilitation h set etat = 'retiree', retiree_par = portee_compte(), retiree_le = p_le
  from compte c
  where h.id = p_id and c.id = h.compte_id and h.compte_id <> portee_compte() and case current_setting('be.role')
    when 'ia' then h.etat in ('demandee', 'accordee') and c.departement_code = portee_dsden()
    when 'service' then h.etat = 'demandee' and c.departement_code = portee_dsden()
    else h.etat = 'accordee' and h.delegation is not null and h.ecole_uai = any (portee_ecoles())
      and not exists (select from habilitation moi where moi.id = current_setting('be.habilitation')::uuid and moi.delegation is not null)
    end;
  return found;
end
$$;

-- A directeur, or the IA in his absence, lets a colleague act in his place in his school. What is refused:
-- 'delegue': who acts by delegation does not delegate; 'inconnu': no open account of the département bears this identifier;
-- 'soi'; 'ailleurs': he acts for a mairie or a collège, which read less than a school; 'cle': he has no key of his own; 'doublon': he already holds one in those days; 'interim': that is for the IA.
create function deleguer(p_id uuid, p_identifiant text, p_ecole text, p_delegation text, p_debut date, p_fin date, p_le timestamptz)
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

-- The delegations of the schools of the scope: what there is to know of the colleague, and who gave it.
create function delegations_de_la_portee()
returns table (id uuid, ecole_uai text, ecole text, commune text, compte_id uuid, prenom text, nom text, delegation text,
  debut date, fin date, etat text, auteur text, donnee_le timestamptz, retiree_le timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select h.id, h.ecole_uai, e.nom, k.nom, h.compte_id, c.prenom, c.nom, h.delegation, h.debut, h.fin, h.etat,
    trim(a.prenom || ' ' || a.nom), h.decidee_le, h.retiree_le
  from unnest(portee_ecoles()) u (uai) join habilitation h on h.ecole_uai = u.uai and h.delegation is not null
  join compte c on c.id = h.compte_id join compte a on a.id = h.delegue_par
  join ecole e on e.uai = h.ecole_uai join commune k on k.insee = e.commune_insee
  where current_setting('be.role') in ('directeur', 'ia')
$$;

revoke execute on function interdire_hors_de, identifiant_libre, creer_compte, compte_administre, renouveler_activation,
  suspendre_compte, reactiver_compte, demander_habilitation, decider_habilitations, retirer_habilitation, deleguer,
  delegations_de_la_portee from public;
grant execute on function identifiant_libre, creer_compte, renouveler_activation, reactiver_compte to be_service;
grant execute on function suspendre_compte, demander_habilitation to be_service, be_ia;
grant execute on function decider_habilitations to be_ia;
grant execute on function retirer_habilitation to be_service, be_ia, be_directeur;
grant execute on function deleguer, delegations_de_la_portee to be_ia, be_directeur;
