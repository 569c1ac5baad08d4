-- A child known elsewhere comes with the day on which he leaves his school (domain.md §2.3, T13): the one announced for
-- his departure, or the end of the year when it is decided that he goes on in another school.
create or replace function enfants_connus(p_nom text, p_usage text, p_prenom text, p_naissance date)
returns table (eleve_id uuid, nom_famille text, nom_usage text, prenom text, prenom2 text, prenom3 text, sexe text,
  date_naissance date, commune_naissance_insee text, ecole text, commune text, etat text, depart date)
language sql stable security definer
set search_path = public, pg_temp set enable_bitmapscan = on set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
  with proche as (
    select e.id, cle_date(e.date_naissance) = cle_date(p_naissance) as ne_ce_jour,
      greatest(similarity(e.cle_nom, q.nom), similarity(e.cle_nom, q.usage),
        case when e.nom_usage = '' then 0 else similarity(cle_nom(e.nom_usage || ' ' || e.prenom), q.nom) end) as ressemble
    from (select cle_nom(p_nom || ' ' || p_prenom) as nom, cle_nom(p_usage || ' ' || p_prenom) as usage) q, eleve e
    where cles_eleve(e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, e.mairie_insee, e.residence_insee)
        && cles_eleve(p_nom, p_usage, p_prenom, p_naissance, null, null)
      and e.etat not in ('fusionne', 'errone')
    order by 2 desc, 3 desc, 1 limit 30)
  select e.id, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance,
    coalesce(e.commune_naissance_insee, ''), coalesce(ec.nom, ''), coalesce(c.nom, ''), coalesce(s.etat, 'inscrit'), s.depart
  from proche p join eleve e on e.id = p.id
  left join ecole ec on ec.uai = e.ecole_uai
  left join commune c on c.insee = e.mairie_insee
  left join lateral (
    select l.etat, coalesce(l.date_radiation, case when d.quittant and d.etat in ('decide', 'confirme') then l.fin_annee + 1 end) as depart
    from scolarite l left join passage d on d.scolarite_id = l.id
    where l.eleve_id = e.id and l.etat <> 'annulee'
    order by l.annee desc, l.date_effet desc limit 1) s on true
  where p.ne_ce_jour or p.ressemble > 0.4
  order by p.ne_ce_jour desc, p.ressemble desc, e.id
$$;
