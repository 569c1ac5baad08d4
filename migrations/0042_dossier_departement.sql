-- A child never known whom his family, the CNED, a hospital or a specialised establishment teaches: the IA opens his file
-- (domain.md §1.1, N10). It writes no pupil's table itself (design.md §3): a function does, which looks at the territory.
-- Attached to a reference school, the file is that school's; attached to the département alone, it is held by the mairie
-- where the child lives, which keeps the list of the obligation (R131-3 of the code de l'éducation).

-- The same search as before an inscription: nobody opens a second file.
grant execute on function compter_recherche, enfants_connus to be_ia;

-- The number is asked for by the same act: '' while no school holds the file, so that none reads it.
create function ouvrir_dossier_ia(p_dossier jsonb, p_autres uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e eleve := jsonb_populate_record(null::eleve, p_dossier -> 'eleve');
begin
  if departement_de_l_ia() is null or e.ecole_uai <> all (portee_ecoles()) or e.ecole_uai is null and not exists (
    select from commune where insee = e.mairie_insee and departement_code = departement_de_l_ia()) then
    raise exception 'neither the school nor the commune is of the département' using errcode = '42501';
  end if;
  insert into adresse (id, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays)
  select id, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays
  from jsonb_populate_recordset(null::adresse, p_dossier -> 'adresses');
  insert into eleve (id, ecole_uai, mairie_insee, tenu_par, nom_famille, nom_usage, prenom, prenom2, prenom3, sexe,
    date_naissance, ne_etranger, commune_naissance_insee, adresse_id, cree_le)
  values (e.id, e.ecole_uai, e.mairie_insee, case when e.ecole_uai is null then 'mairie' else 'ecole' end, e.nom_famille,
    e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger, e.commune_naissance_insee,
    e.adresse_id, e.cree_le);
  insert into responsable (id, nature, civilite, nom_famille, nom_usage, prenom, organisme, fonction, adresse_id,
    tel_domicile, tel_travail, tel_portable, courriel)
  select id, nature, civilite, nom_famille, nom_usage, prenom, organisme, fonction, adresse_id,
    tel_domicile, tel_travail, tel_portable, courriel
  from jsonb_populate_recordset(null::responsable, p_dossier -> 'responsables');
  insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, heberge, associations, rang)
  select e.id, responsable_id, lien, autorite_parentale, heberge, associations, rang
  from jsonb_populate_recordset(null::lien_responsable, p_dossier -> 'liens');
  insert into immatriculation (eleve_id, ecole_uai, etat, demande_le, depuis)
  values (e.id, coalesce(e.ecole_uai, ''), 'en_attente', e.cree_le, e.cree_le);
  insert into distinction (eleve_id, autre_id, compte_id, le)
  select least(e.id, autre), greatest(e.id, autre), portee_compte(), e.cree_le from unnest(p_autres) as autre;
  insert into rattachement (id, eleve_id, ecole_uai, modalite, debut, fin)
  select r.id, e.id, e.ecole_uai, r.modalite, r.debut, r.fin from jsonb_populate_record(null::rattachement, p_dossier -> 'rattachement') r;
end
$$;
revoke execute on function ouvrir_dossier_ia from public;
grant execute on function ouvrir_dossier_ia to be_ia;

-- The child whom one may attach: whose file is in one's schools, or whom no school holds and the département has attached.
create function enfant_a_rattacher(p_eleve uuid)
returns table (id uuid, nom_famille text, nom_usage text, prenom text, date_naissance date, ecole_uai text, etat text)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, coalesce(e.ecole_uai, ''), e.etat
  from eleve e where e.id = p_eleve and (e.ecole_uai = any (portee_ecoles())
    or e.ecole_uai is null and exists (
      select from rattachement r where r.eleve_id = e.id and r.departement_code = departement_de_l_ia()))
$$;
revoke execute on function enfant_a_rattacher from public;
grant execute on function enfant_a_rattacher to be_ia, be_directeur;

drop policy attacher_ia on rattachement;
create policy attacher_ia on rattachement for insert to be_ia
  with check (departement_code = (select departement_de_l_ia())
    and exists (select from enfant_a_rattacher(eleve_id)));
