-- What schools have asked of one another follows a restructuration (0030): a request to release a pupil, the offer of one to
-- another school. It goes on with the school that takes over; where nobody does, or where the two schools become one, it is
-- closed, and both read why. An undo gives it back.

alter table liberation drop constraint etat_connu, add constraint etat_connu check (etat in (
  'ouverte', 'accordee', 'refusee', 'retiree', 'liberee', 'rejetee', 'ecole_fermee', 'ecoles_reunies'));
alter table transfert_eleve drop constraint etat_connu, add constraint etat_connu check (etat in (
  'propose', 'accepte', 'decline', 'retire', 'ecole_fermee', 'ecoles_reunies')),
  add id uuid not null default gen_random_uuid() constraint une_offre_par_numero unique;
alter table restructuration_ligne drop constraint objet_connu, add constraint objet_connu check (objet in (
  'scolarite', 'inscription', 'affectation', 'passage', 'eleve', 'rattachement', 'classe', 'ecole', 'liberation', 'offre', 'transfert'));

-- What becomes of each request that waits, before the decision is done as when it is: place is the school of the decision
-- that it is about, ecole and demandeur those that it goes on between, scolarite that of the pupil, etat '' or why it is
-- closed.
create function demandes_restructuration(p_id uuid, p_jour date)
returns table (objet text, id uuid, place text, ecole text, demandeur text, scolarite uuid, etat text)
language sql stable security definer set search_path = public, pg_temp as $$
  with r as (select * from restructuration where id = p_id and departement_code = departement_de_l_ia()),
  plan as (
    select x.acte, x.ecole_uai, x.vers_uai, x.scolarite_id, x.inscription_id, x.suite_id
    from r join restructuration_eleve x on x.restructuration_id = r.id
    union all
    select p.acte, p.ecole_uai, p.vers_uai, p.scolarite_id, p.inscription_id, null
    from r cross join plan_restructuration(r.id) p
    where not exists (select from restructuration_eleve where restructuration_id = p_id)),
  demande as (
    select 'liberation' as objet, l.id, l.ecole_uai, l.demandeur_uai, l.scolarite_id, la.ecole_uai as ancienne, la.vers_uai as vers,
      la.suite_id, ici.ecole_uai as nouvelle, ici.vers_uai as vers2, r.date_effet <= p_jour as close
    from r cross join liberation l
    left join plan la on la.scolarite_id = l.scolarite_id and la.acte in ('fermer', 'deplacer')
    left join plan ici on ici.inscription_id = l.inscription_id and ici.ecole_uai = l.demandeur_uai and ici.acte in ('fermer', 'deplacer')
    where l.etat in ('ouverte', 'refusee') and (l.ecole_uai in (select ecole_uai from restructuration_ecole where restructuration_id = p_id)
      or l.demandeur_uai in (select ecole_uai from restructuration_ecole where restructuration_id = p_id))
    union all
    select 'offre', o.id, o.ecole_uai, o.vers_uai, o.scolarite_id, la.ecole_uai, la.vers_uai, la.suite_id, p.ecole_uai, p.vers_uai,
      r.date_effet <= p_jour or o.vers_uai in (select ecole_uai from restructuration_ecole where restructuration_id = p_id)
    from r cross join transfert_eleve o join transfert t on t.id = o.transfert_id
    left join plan la on la.scolarite_id = o.scolarite_id and la.acte in ('fermer', 'deplacer')
    left join restructuration_part p on p.restructuration_id = p_id and p.ecole_uai = o.vers_uai and p.niveau = o.niveau
    where o.etat = 'propose' and t.annee + 1 >= r.annee
      and (o.ecole_uai in (select ecole_uai from restructuration_ecole where restructuration_id = p_id)
      or o.vers_uai in (select ecole_uai from restructuration_ecole where restructuration_id = p_id)))
  select d.objet, d.id, coalesce(d.ancienne, d.nouvelle, f.ecole_uai), coalesce(d.vers, d.ecole_uai), coalesce(d.vers2, d.demandeur_uai),
    coalesce(d.suite_id, d.scolarite_id),
    case when coalesce(d.vers, d.ecole_uai) = coalesce(d.vers2, d.demandeur_uai) then 'ecoles_reunies'
      when f.ecole_uai is not null then 'ecole_fermee' else '' end
  from demande d left join lateral (
    select x.ecole_uai from restructuration_ecole x where x.restructuration_id = p_id and x.ferme and d.close
      and (x.ecole_uai = d.demandeur_uai and d.vers2 is null
        or d.objet = 'liberation' and x.ecole_uai = d.ecole_uai and d.vers is null) limit 1) f on true
  where coalesce(d.ancienne, d.nouvelle, f.ecole_uai) is not null
$$;
grant execute on function demandes_restructuration to be_ia;

create or replace function liberation_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(current_setting('be.restructuration', true), '') <> '' then
    return null;
  end if;
  update liberation set etat = 'accordee', version = version + 1,
    repondue_le = greatest(demandee_le, coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now())::date)
  where scolarite_id = new.id and etat in ('ouverte', 'refusee') and (new.etat = 'radie' or new.date_radiation <= depart);
  return null;
end
$$;

-- The identity that the register repeats is left out: it follows the pupil's.
create or replace function photo(p_objet text, p_ids uuid[]) returns table (id uuid, eleve_id uuid, ecole_uai text, ligne jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.eleve_id, s.ecole_uai, to_jsonb(s) - '{residence_insee,nom_famille,nom_usage,prenom,sexe,date_naissance,cle_nom}'::text[]
  from scolarite s where p_objet = 'scolarite' and s.id = any (p_ids)
  union all
  select i.id, i.eleve_id, i.ecole_uai, to_jsonb(i) - '{residence_insee,nom_famille,nom_usage,prenom,sexe,date_naissance,cle_nom}'::text[]
  from inscription i where p_objet = 'inscription' and i.id = any (p_ids)
  union all
  select a.id, s.eleve_id, a.ecole_uai, to_jsonb(a)
  from affectation a join scolarite s on s.id = a.scolarite_id where p_objet = 'affectation' and a.id = any (p_ids)
  union all
  select p.scolarite_id, s.eleve_id, p.ecole_uai, to_jsonb(p)
  from passage p join scolarite s on s.id = p.scolarite_id where p_objet = 'passage' and p.scolarite_id = any (p_ids)
  union all
  select e.id, e.id, e.ecole_uai, jsonb_build_object('ecole_uai', e.ecole_uai)
  from eleve e where p_objet = 'eleve' and e.id = any (p_ids)
  union all
  select r.id, r.eleve_id, r.ecole_uai, jsonb_build_object('ecole_uai', r.ecole_uai)
  from rattachement r where p_objet = 'rattachement' and r.id = any (p_ids)
  union all
  select l.id, l.eleve_id, l.ecole_uai, to_jsonb(l) - '{nom_famille,nom_usage,prenom,sexe,date_naissance}'::text[]
  from liberation l where p_objet = 'liberation' and l.id = any (p_ids)
  union all
  select o.id, o.eleve_id, o.ecole_uai, to_jsonb(o) from transfert_eleve o where p_objet = 'offre' and o.id = any (p_ids)
$$;

-- An offer goes on in a transfer of its own between the two schools.
create function suivre_demandes(p_id uuid, p_jour date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_demandes jsonb := (select coalesce(jsonb_agg(to_jsonb(d)), '[]') from demandes_restructuration(p_id, p_jour) d);
  v_objet text;
  o record;
  v_transfert uuid;
begin
  foreach v_objet in array '{liberation,offre}'::text[] loop
    perform noter_restructuration(p_id, v_objet, array(select (d ->> 'id')::uuid from jsonb_array_elements(v_demandes) d where d ->> 'objet' = v_objet));
  end loop;
  update liberation l set ecole_uai = d.ecole, demandeur_uai = d.demandeur, scolarite_id = d.scolarite,
    etat = coalesce(nullif(d.etat, ''), l.etat), version = l.version + 1,
    repondue_le = case d.etat when '' then l.repondue_le else greatest(l.demandee_le, p_jour) end
  from jsonb_to_recordset(v_demandes) as d (objet text, id uuid, ecole text, demandeur text, scolarite uuid, etat text)
  where d.objet = 'liberation' and l.id = d.id;
  update transfert_eleve l set etat = d.etat
  from jsonb_to_recordset(v_demandes) as d (objet text, id uuid, etat text) where d.objet = 'offre' and d.etat <> '' and l.id = d.id;
  for o in
    select t.annee, t.propose_le, t.compte_id, d.ecole, d.demandeur, e.commune_insee, array_agg(l.id) as ids
    from jsonb_to_recordset(v_demandes) as d (objet text, id uuid, ecole text, demandeur text, etat text)
    join transfert_eleve l on l.id = d.id join transfert t on t.id = l.transfert_id join ecole e on e.uai = d.demandeur
    where d.objet = 'offre' and d.etat = '' group by 1, 2, 3, 4, 5, 6
  loop
    v_transfert := gen_random_uuid();
    insert into transfert (id, ecole_uai, vers_uai, commune_insee, annee, propose_le, compte_id)
    values (v_transfert, o.ecole, o.demandeur, o.commune_insee, o.annee, o.propose_le, o.compte_id);
    insert into restructuration_ligne (restructuration_id, ecole_uai, objet, objet_id) values (p_id, o.ecole, 'transfert', v_transfert::text);
    update transfert_eleve l set transfert_id = v_transfert, ecole_uai = o.ecole, vers_uai = o.demandeur, commune_insee = o.commune_insee,
      scolarite_id = d.scolarite
    from jsonb_to_recordset(v_demandes) as d (id uuid, scolarite uuid) where l.id = any (o.ids) and d.id = l.id;
  end loop;
  foreach v_objet in array '{liberation,offre}'::text[] loop
    update restructuration_ligne l set apres = p.ligne
    from photo(v_objet, array(select objet_id::uuid from restructuration_ligne where restructuration_id = p_id and objet = v_objet)) p
    where l.restructuration_id = p_id and l.objet = v_objet and l.objet_id = p.id::text;
  end loop;
end
$$;
revoke execute on function suivre_demandes from public;

-- The files follow, but for those of pupils who stay to the end of the year where they are.
create or replace function suivre_restructuration(p_id uuid, p_jour date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ids uuid[] := array(select distinct x.eleve_id from restructuration_eleve x join eleve e on e.id = x.eleve_id
    where x.restructuration_id = p_id and x.acte <> 'ouvrir' and e.ecole_uai = x.ecole_uai and not exists (select from scolarite s
      where s.eleve_id = x.eleve_id and s.ecole_uai = x.ecole_uai and s.etat = 'admis_definitif' and s.fin_annee >= p_jour));
begin
  perform noter_restructuration(p_id, 'eleve', v_ids);
  update eleve e set ecole_uai = (select x.vers_uai from restructuration_eleve x
    where x.restructuration_id = p_id and x.eleve_id = e.id order by x.annee limit 1), version = e.version + 1
  where e.id = any (v_ids);
  v_ids := array(select r.id from restructuration_ecole c join rattachement r on r.ecole_uai = c.ecole_uai and r.fin is null
    where c.restructuration_id = p_id and c.ferme
      and exists (select from restructuration_part p where p.restructuration_id = p_id and p.ecole_uai = c.ecole_uai));
  perform noter_restructuration(p_id, 'rattachement', v_ids);
  update rattachement r set ecole_uai = (select min(p.vers_uai) from restructuration_part p
    where p.restructuration_id = p_id and p.ecole_uai = r.ecole_uai), version = r.version + 1
  where r.id = any (v_ids);
  perform suivre_demandes(p_id, p_jour);
end
$$;

-- Gives back the requests of the pupils on whom nobody has worked.
create function rendre_demandes(p_id uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update liberation d set ecole_uai = l.avant ->> 'ecole_uai', demandeur_uai = l.avant ->> 'demandeur_uai', etat = l.avant ->> 'etat',
    scolarite_id = (l.avant ->> 'scolarite_id')::uuid, repondue_le = (l.avant ->> 'repondue_le')::date, version = d.version + 1
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'liberation' and d.id = l.objet_id::uuid;
  update transfert_eleve d set transfert_id = (l.avant ->> 'transfert_id')::uuid, ecole_uai = l.avant ->> 'ecole_uai',
    vers_uai = l.avant ->> 'vers_uai', commune_insee = l.avant ->> 'commune_insee', etat = l.avant ->> 'etat',
    scolarite_id = (l.avant ->> 'scolarite_id')::uuid
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'offre' and d.id = l.objet_id::uuid;
  delete from transfert t using restructuration_ligne l where l.restructuration_id = p_id and l.objet = 'transfert'
    and t.id = l.objet_id::uuid and not exists (select from transfert_eleve d where d.transfert_id = t.id);
end
$$;
revoke execute on function rendre_demandes from public;

-- Undoes a decision, but for the pupils on whom somebody has worked since: they stay where it put them. It says how many.
create or replace function defaire_restructuration(p_id uuid, p_le timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_conserves integer;
  v_touches uuid[] := '{}';
  v_objet text;
  v_ligne restructuration_ligne;
begin
  perform from restructuration where id = p_id and departement_code = departement_de_l_ia() and faite_le is not null
    and annulee_le is null for update;
  if not found then
    raise exception 'restructuration % is outside the territory', p_id using errcode = '42501';
  end if;
  foreach v_objet in array '{scolarite,inscription,affectation,passage,eleve,rattachement,liberation,offre}'::text[] loop
    v_touches := v_touches || array(
      select l.eleve_id from restructuration_ligne l
      left join photo(v_objet, array(select objet_id::uuid from restructuration_ligne where restructuration_id = p_id and objet = v_objet)) p
        on p.id::text = l.objet_id
      where l.restructuration_id = p_id and l.objet = v_objet and p.ligne is distinct from l.apres);
  end loop;
  v_touches := v_touches || array(
    select x.eleve_id from restructuration_eleve x join passage p on p.scolarite_id = coalesce(x.suite_id, x.scolarite_id)
    where x.restructuration_id = p_id and p.ecole_uai = x.vers_uai and not exists (select from restructuration_ligne l
      where l.restructuration_id = p_id and l.objet = 'passage' and l.objet_id = p.scolarite_id::text));
  update restructuration_ligne set conservee = true where restructuration_id = p_id and eleve_id = any (v_touches);
  perform set_config('be.restructuration', 'oui', true);
  select count(distinct eleve_id) into v_conserves from restructuration_ligne where restructuration_id = p_id and conservee;

  perform rendre_demandes(p_id);
  delete from affectation a using restructuration_ligne l where l.restructuration_id = p_id and not l.conservee
    and l.objet = 'affectation' and l.avant is null and a.id = l.objet_id::uuid;
  delete from passage p using restructuration_ligne l where l.restructuration_id = p_id and not l.conservee
    and l.objet = 'passage' and l.avant is null and p.scolarite_id = l.objet_id::uuid;
  update passage p set suite_id = (l.avant ->> 'suite_id')::uuid, suivie_le = (l.avant ->> 'suivie_le')::timestamptz, version = p.version + 1
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'passage'
    and l.avant is not null and l.avant <> l.apres and p.scolarite_id = l.objet_id::uuid;
  delete from scolarite s using restructuration_ligne l where l.restructuration_id = p_id and not l.conservee
    and l.objet = 'scolarite' and l.avant is null and s.id = l.objet_id::uuid;
  -- The register (0028) forgets the stays that the operation opened: they have not been.
  delete from registre r using restructuration o, restructuration_ecole x
  where o.id = p_id and x.restructuration_id = p_id and r.ecole_uai = x.ecole_uai and r.entree >= o.date_effet
    and not exists (select from scolarite s where s.eleve_id = r.eleve_id and s.ecole_uai = r.ecole_uai
      and s.date_admission >= r.entree);
  update scolarite s set ecole_uai = l.avant ->> 'ecole_uai', etat = l.avant ->> 'etat', classe_id = (l.avant ->> 'classe_id')::uuid,
    date_radiation = (l.avant ->> 'date_radiation')::date, motif_radiation = l.avant ->> 'motif_radiation',
    destination_uai = l.avant ->> 'destination_uai', version = s.version + 1
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'scolarite'
    and l.avant is not null and s.id = l.objet_id::uuid;
  update inscription i set ecole_uai = l.avant ->> 'ecole_uai', commune_insee = l.avant ->> 'commune_insee', version = i.version + 1
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'inscription' and i.id = l.objet_id::uuid;
  update affectation a set ecole_uai = l.avant ->> 'ecole_uai', classe_id = (l.avant ->> 'classe_id')::uuid, fin = (l.avant ->> 'fin')::date
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'affectation'
    and l.avant is not null and a.id = l.objet_id::uuid;
  update eleve e set ecole_uai = l.avant ->> 'ecole_uai', version = e.version + 1
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'eleve' and e.id = l.objet_id::uuid;
  update rattachement r set ecole_uai = l.avant ->> 'ecole_uai', version = r.version + 1
  from restructuration_ligne l where l.restructuration_id = p_id and not l.conservee and l.objet = 'rattachement' and r.id = l.objet_id::uuid;
  update ecole e set ouverte = (l.avant ->> 'ouverte')::boolean, fermee_le = (l.avant ->> 'fermee_le')::date,
    type = case when v_conserves = 0 then l.avant ->> 'type' else e.type end, decidee_le = (l.avant ->> 'decidee_le')::date, version = e.version + 1
  from restructuration_ligne l where l.restructuration_id = p_id and l.objet = 'ecole' and e.uai = l.objet_id;

  -- What it made goes where nobody uses it: classes, then schools.
  for v_ligne in select * from restructuration_ligne where restructuration_id = p_id and objet = 'classe' loop
    begin
      delete from classe where id = v_ligne.objet_id::uuid and version = 1;
    exception when foreign_key_violation then
      update restructuration_ligne set conservee = true where restructuration_id = p_id and rang = v_ligne.rang;
    end;
  end loop;
  begin
    delete from ecole e using restructuration_ecole x where x.restructuration_id = p_id and x.creee and e.uai = x.ecole_uai;
  exception when foreign_key_violation then
    null; -- accounts, or pupils kept, are there
  end;
  update restructuration set annulee_le = p_le, conserves = v_conserves, version = version + 1 where id = p_id;
  perform set_config('be.restructuration', '', true);
  return v_conserves;
end
$$;
