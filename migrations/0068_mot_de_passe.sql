-- One changes one's own password, and is told of it at the next log-in as of the rest.
alter table avis drop constraint nature_d_avis_connue, add constraint nature_d_avis_connue
  check (nature in ('cle', 'mot_de_passe', 'mot_de_passe_change', 'navigateur', 'secours', 'secours_refaits', 'cle_acces',
    'cle_acces_retiree', 'cle_copiee'));

-- The words around the account that asks, on which its password must not rest.
create function mes_mots() returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array_remove(array[c.identifiant, c.nom, c.prenom] || array(
    select unnest(array[co.nom, e.nom, ce.nom, ci.nom, d.nom, cl.nom, h.commune_insee, h.ecole_uai, h.circonscription_uai, h.college_uai])
    from habilitation h
    left join commune co on co.insee = h.commune_insee
    left join ecole e on e.uai = h.ecole_uai
    left join commune ce on ce.insee = e.commune_insee
    left join circonscription ci on ci.uai = h.circonscription_uai
    left join departement d on d.code = h.departement_code
    left join college cl on cl.uai = h.college_uai
    where h.compte_id = c.id), null)
  from compte c where c.id = portee_compte()
$$;
revoke execute on function mes_mots from public;
grant execute on function mes_mots to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;
