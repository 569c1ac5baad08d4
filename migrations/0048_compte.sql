-- Accounts belong to the département that administers them; a habilitation is asked for, then granted, refused, withdrawn.
-- The service informatique asks, the IA grants (security.md ACL-11): who asked never decides, nobody decides for himself.

-- departement_code: null for an account of the nation or of an académie, and for the token of a program (0025).
-- cree_par: null for what the owner of the base made. The two dates of log-in are written at each log-in, whole.
alter table compte
  add column departement_code text references departement,
  add column cree_par uuid references compte,
  add column suspendu_le timestamptz,
  add column suspension_motif text not null default ''
    constraint motif_de_suspension_connu check (suspension_motif in ('', 'depart', 'absence', 'cle_perdue', 'usage', 'erreur')),
  add column premiere_connexion_le timestamptz,
  add column derniere_connexion_le timestamptz;
create index compte_par_departement on compte (departement_code, nom, prenom) where departement_code is not null;

-- etat: without a demand it is granted at once: the owner of the base and the first administrator write so, nobody else.
-- remplace_id: the habilitation that this one ends the day before it begins, once granted: a director changes school.
-- delegation: what a colleague may do in the place of a directeur, who gives it (or the IA in his absence).
alter table habilitation
  add column etat text not null default 'accordee'
    constraint etat_connu check (etat in ('demandee', 'accordee', 'refusee', 'retiree')),
  add column demandee_par uuid references compte,
  add column demandee_le timestamptz,
  add column decidee_par uuid references compte,
  add column decidee_le timestamptz,
  add column refus_motif text not null default ''
    constraint motif_de_refus_connu check (refus_motif in ('', 'personne', 'territoire', 'dates', 'doublon')),
  add column retiree_par uuid references compte,
  add column retiree_le timestamptz,
  add column remplace_id uuid references habilitation,
  add column delegation text constraint delegation_connue check (delegation in ('consultation', 'gestion', 'interim')),
  add column delegue_par uuid references compte,
  add constraint nul_n_accorde_ce_qu_il_a_demande check (decidee_par <> demandee_par),
  add constraint nul_ne_s_habilite check (decidee_par <> compte_id),
  add constraint nul_ne_se_delegue check (delegue_par <> compte_id),
  add constraint une_delegation_a_un_auteur_une_ecole_et_une_fin check (
    (delegation is null) = (delegue_par is null) and (delegation is null or role = 'directeur' and fin is not null)),
  add constraint une_demande_n_est_pas_decidee check (etat <> 'demandee' or decidee_par is null and demandee_par is not null),
  add constraint un_refus_a_un_auteur check (etat <> 'refusee' or decidee_par is not null),
  add constraint un_retrait_a_un_auteur check ((etat = 'retiree') = (retiree_par is not null));
create index habilitation_demandee on habilitation (compte_id) where etat = 'demandee';
create index habilitation_deleguee on habilitation (ecole_uai, fin) where delegation is not null;

create function departement_du_mandat(h habilitation) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(h.departement_code,
    (select departement_code from commune where insee = h.commune_insee),
    (select departement_code from ecole where uai = h.ecole_uai),
    (select departement_code from circonscription where uai = h.circonscription_uai),
    (select c.departement_code from college g join commune c on c.insee = g.commune_insee where g.uai = h.college_uai))
$$;
revoke execute on function departement_du_mandat from public;

-- An account that nobody administers yet is administered where its first habilitation opens something.
create function compte_du_departement() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update compte set departement_code = departement_du_mandat(new)
  where id = new.compte_id and departement_code is null and identifiant !~ '^jeton-[0-9a-f]{20}$';
  return null;
end
$$;
create trigger compte_du_departement after insert on habilitation for each row execute function compte_du_departement();
update compte c set departement_code = (select departement_du_mandat(h) from habilitation h where h.compte_id = c.id
  order by h.debut, h.id limit 1)
where identifiant !~ '^jeton-[0-9a-f]{20}$';

create or replace function ouvrir_portee(p_habilitation uuid, p_le date) returns void
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
    and etat = 'accordee' and debut <= p_le and (fin is null or p_le <= fin) and compte_actif;
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

-- The service and the IA read the accounts of their département, by columns: never a password, never a secret.
create policy comptes_du_departement on compte for select to be_service, be_ia
  using (departement_code = (select portee_dsden()));
create policy habilitations_du_departement on habilitation for select to be_service, be_ia
  using (exists (select from compte c where c.id = compte_id));
create policy cles_du_departement on cle for select to be_service, be_ia
  using (exists (select from compte c where c.id = compte_id));
grant select (id, identifiant, civilite, nom, prenom, a_changer, initial_jusqu_au, actif, version, cree_le, departement_code,
  cree_par, suspendu_le, suspension_motif, premiere_connexion_le, derniere_connexion_le) on compte to be_service, be_ia;
grant select on habilitation to be_service, be_ia;
grant select (id, compte_id, numero_serie, active) on cle to be_service, be_ia;
grant update (premiere_connexion_le, derniere_connexion_le) on compte to be_connexion;
