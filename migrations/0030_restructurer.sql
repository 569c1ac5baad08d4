-- Doing and undoing a restructuration: its rows are seen by photo before and after, and compared by it when one undoes.

-- A pupil whose school is merged or split does not leave (0020): his périscolaire goes on, and so does his next year.
create or replace function depart_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_suite uuid;
begin
  if coalesce(current_setting('be.restructuration', true), '') <> '' then
    return null;
  end if;
  update periscolaire set fin = new.date_radiation where eleve_id = new.eleve_id and annee = new.annee;
  for v_suite in select id from scolarite
    where eleve_id = new.eleve_id and ecole_uai = new.ecole_uai and annee > new.annee for update loop
    if new.date_radiation is not null then
      update scolarite set etat = 'annulee', classe_id = null, motif_annulation = 'depart', version = version + 1
      where id = v_suite and etat in ('admissible', 'admis_accepte');
      update affectation set fin = debut where scolarite_id = v_suite and fin is null;
    else
      perform rouvrir_suite(v_suite);
    end if;
  end loop;
  return null;
end
$$;

-- What a restructuration may change of a row, and what tells that somebody has worked on it since. The identity that
-- the register repeats is left out: it follows the pupil's.
create function photo(p_objet text, p_ids uuid[]) returns table (id uuid, eleve_id uuid, ecole_uai text, ligne jsonb)
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
$$;
revoke execute on function photo from public;

-- Notes rows before they are changed, or, with p_faites, rows that were made.
create function noter_restructuration(p_id uuid, p_objet text, p_ids uuid[], p_faites boolean default false) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into restructuration_ligne (restructuration_id, ecole_uai, eleve_id, objet, objet_id, avant)
  select p_id, coalesce(ecole_uai, ''), eleve_id, p_objet, id::text, case when not p_faites then ligne end from photo(p_objet, p_ids)
$$;
revoke execute on function noter_restructuration from public;

-- How many pupils the schools of a decision have, by year, state and niveau.
create function compter_restructuration(p_id uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_object_agg(cle, n), '{}') from (
    select concat_ws(' ', s.annee, s.etat, s.niveau) as cle, count(*) as n
    from restructuration r join restructuration_ecole e on e.restructuration_id = r.id
    join scolarite s on s.ecole_uai = e.ecole_uai and s.annee >= r.annee
    where r.id = p_id and s.etat in ('admissible', 'admis_accepte', 'admis_definitif') group by 1) c
$$;
revoke execute on function compter_restructuration from public;

-- Makes again in the schools that receive the classes of those that give, with the niveaux that go. A name that is taken
-- gets a number. Returns the new class of each old one and each school.
create function refaire_classes(p_id uuid, p_annee integer) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c record;
  v_id uuid;
  v_libelle text;
  v_rang integer;
  v_classes jsonb := '{}';
begin
  for c in
    select k.*, g.vers_uai, g.niveaux from classe k
    join (
      select k.id, p.vers_uai, array_agg(distinct n.niveau) as niveaux
      from restructuration_part p join classe k on k.ecole_uai = p.ecole_uai and k.annee >= p_annee
      join classe_niveau n on n.classe_id = k.id
      where p.restructuration_id = p_id and (p.classe_id = k.id or p.niveau = n.niveau
        and not exists (select from restructuration_part q where q.restructuration_id = p_id and q.classe_id = k.id))
      group by 1, 2) g on g.id = k.id
    order by k.annee, k.ecole_uai, k.libelle_court
  loop
    v_libelle := c.libelle_court;
    v_rang := 1;
    while exists (select from classe where ecole_uai = c.vers_uai and annee = c.annee and libelle_court = v_libelle) loop
      v_rang := v_rang + 1;
      v_libelle := c.libelle_court || ' ' || v_rang;
    end loop;
    v_id := gen_random_uuid();
    insert into classe (id, ecole_uai, annee, libelle_court, libelle_long, enseignant, salle, effectif_max)
    values (v_id, c.vers_uai, c.annee, v_libelle, c.libelle_long, c.enseignant, c.salle, c.effectif_max);
    insert into classe_niveau (classe_id, ecole_uai, niveau) select v_id, c.vers_uai, unnest(c.niveaux);
    insert into restructuration_ligne (restructuration_id, ecole_uai, objet, objet_id) values (p_id, c.vers_uai, 'classe', v_id::text);
    v_classes := v_classes || jsonb_build_object(c.id || c.vers_uai, v_id);
  end loop;
  return v_classes;
end
$$;
revoke execute on function refaire_classes from public;

-- The files follow, but for those of pupils who stay to the end of the year where they are.
create function suivre_restructuration(p_id uuid, p_jour date) returns void
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
end
$$;
revoke execute on function suivre_restructuration from public;

-- Closes the schools that close, if nobody is left in them, and gives the others their type.
create function fermer_restructuration(p_id uuid, p_date date, p_jour date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from restructuration r join restructuration_ecole x on x.restructuration_id = r.id and x.ferme
      join scolarite s on s.ecole_uai = x.ecole_uai and s.annee >= r.annee
      where r.id = p_id and s.etat in ('admissible', 'admis_accepte', 'admis_definitif')) then
    raise exception 'pupils are left in a school that closes' using errcode = 'BE022';
  end if;
  insert into restructuration_ligne (restructuration_id, ecole_uai, objet, objet_id, avant)
  select p_id, e.uai, 'ecole', e.uai, jsonb_build_object('ouverte', e.ouverte, 'fermee_le', e.fermee_le, 'type', e.type, 'decidee_le', e.decidee_le)
  from restructuration_ecole x join ecole e on e.uai = x.ecole_uai where x.restructuration_id = p_id;
  update ecole e set ouverte = e.ouverte and not (x.ferme and p_date <= p_jour), fermee_le = case when x.ferme then p_date else e.fermee_le end,
    type = coalesce(nullif(x.type_apres, ''), e.type), decidee_le = p_jour, version = e.version + 1
  from restructuration_ecole x where x.restructuration_id = p_id and e.uai = x.ecole_uai;
end
$$;
revoke execute on function fermer_restructuration from public;

-- Does what was announced, and counts: as many pupils of each niveau and state after as before, or nothing is done.
create function executer_restructuration(p_id uuid, p_le timestamptz, p_rentree date, p_fin date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r restructuration;
  v_jour date := (p_le at time zone 'Europe/Paris')::date;
  v_avant jsonb;
  v_ouverts jsonb;
  v_classes jsonb;
  v_ids uuid[];
  v_objet text;
begin
  select * into r from restructuration
  where id = p_id and departement_code = departement_de_l_ia() and faite_le is null and annulee_le is null for update;
  if r.id is null or exists (select from restructuration_ecole x join ecole e on e.uai = x.ecole_uai
      where x.restructuration_id = p_id and e.departement_code <> r.departement_code) then
    raise exception 'restructuration % is outside the territory', p_id using errcode = '42501';
  end if;
  perform from ecole where uai in (select ecole_uai from restructuration_ecole where restructuration_id = p_id) order by uai for update;
  perform set_config('be.restructuration', 'oui', true);
  v_avant := compter_restructuration(p_id);
  insert into restructuration_eleve (restructuration_id, eleve_id, ecole_uai, vers_uai, acte, annee, etat, niveau, classe_id,
    scolarite_id, inscription_id, suite_id)
  select p_id, p.eleve_id, p.ecole_uai, p.vers_uai, p.acte, p.annee, p.etat, p.niveau, p.classe_id, p.scolarite_id,
    p.inscription_id, case when p.acte in ('fermer', 'ouvrir') then gen_random_uuid() end
  from plan_restructuration(p_id) p where p.acte <> 'indecis';
  if r.date_effet > v_jour and exists (select from restructuration_eleve where restructuration_id = p_id and acte = 'fermer') then
    raise exception 'pupils would change schools in the future' using errcode = 'BE020';
  end if;
  perform from scolarite s join restructuration_eleve x on x.scolarite_id = s.id where x.restructuration_id = p_id order by s.id for update of s;

  perform noter_restructuration(p_id, 'scolarite', array(select scolarite_id from restructuration_eleve
    where restructuration_id = p_id and acte in ('fermer', 'deplacer')));
  perform noter_restructuration(p_id, 'inscription', array(select inscription_id from restructuration_eleve
    where restructuration_id = p_id and acte in ('deplacer', 'inscrire') and inscription_id is not null));
  perform noter_restructuration(p_id, 'passage', array(select scolarite_id from restructuration_eleve
    where restructuration_id = p_id and scolarite_id is not null));
  perform noter_restructuration(p_id, 'affectation', array(select a.id from restructuration_eleve x
    join affectation a on a.scolarite_id = x.scolarite_id and a.fin is null where x.restructuration_id = p_id and x.acte in ('fermer', 'deplacer')));
  v_classes := refaire_classes(p_id, r.annee);

  -- Those who were there: closed here, opened there, with what was decided for them.
  update scolarite s set etat = 'radie', date_radiation = r.date_effet, motif_radiation = 'passage_autre_ecole',
    destination_uai = x.vers_uai, version = s.version + 1
  from restructuration_eleve x where x.restructuration_id = p_id and x.acte = 'fermer' and s.id = x.scolarite_id;
  update affectation a set fin = greatest(a.debut, r.date_effet)
  from restructuration_eleve x where x.restructuration_id = p_id and x.acte = 'fermer' and a.scolarite_id = x.scolarite_id and a.fin is null;
  -- A departure announced for a later day is announced there.
  insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, classe_id, date_effet, date_admission,
    date_radiation, motif_radiation, destination_uai, destination)
  select x.suite_id, x.eleve_id, x.vers_uai, s.annee, s.fin_annee, 'admis_definitif', s.niveau,
    (v_classes ->> (s.classe_id || x.vers_uai))::uuid, r.date_effet, r.date_effet, d.le,
    case when d.le is null then '' else l.avant ->> 'motif_radiation' end, case when d.le is not null then l.avant ->> 'destination_uai' end,
    case when d.le is null then '' else s.destination end
  from restructuration_eleve x join scolarite s on s.id = x.scolarite_id
  join restructuration_ligne l on l.restructuration_id = p_id and l.objet = 'scolarite' and l.objet_id = s.id::text
  cross join lateral (select case when (l.avant ->> 'date_radiation')::date > r.date_effet then (l.avant ->> 'date_radiation')::date end as le) d
  where x.restructuration_id = p_id and x.acte = 'fermer';
  update passage p set suite_id = null, version = p.version + 1
  from restructuration_eleve x where x.restructuration_id = p_id and x.acte = 'fermer' and p.scolarite_id = x.scolarite_id;
  insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, avis_ien, propose_le, notifie_le,
    repondu_le, desaccord, decide_le, recours_le, confirme_le, motif_correction, suite_id, suivie_le)
  select x.suite_id, x.vers_uai, p.annee, p.etat, p.decision, p.niveau_suivant, p.quittant, p.avis_ien, p.propose_le, p.notifie_le,
    p.repondu_le, p.desaccord, p.decide_le, p.recours_le, p.confirme_le, p.motif_correction, (l.avant ->> 'suite_id')::uuid, p.suivie_le
  from restructuration_eleve x join passage p on p.scolarite_id = x.scolarite_id
  join restructuration_ligne l on l.restructuration_id = p_id and l.objet = 'passage' and l.objet_id = p.scolarite_id::text
  where x.restructuration_id = p_id and x.acte = 'fermer';

  -- Those who are expected: expected there.
  update scolarite s set ecole_uai = x.vers_uai, classe_id = (v_classes ->> (s.classe_id || x.vers_uai))::uuid, version = s.version + 1
  from restructuration_eleve x where x.restructuration_id = p_id and x.acte = 'deplacer' and s.id = x.scolarite_id;
  update affectation a set ecole_uai = x.vers_uai, classe_id = coalesce((v_classes ->> (a.classe_id || x.vers_uai))::uuid, a.classe_id),
    fin = case when v_classes ? (a.classe_id || x.vers_uai) then a.fin else greatest(a.debut, v_jour) end
  from restructuration_eleve x where x.restructuration_id = p_id and x.acte = 'deplacer' and a.scolarite_id = x.scolarite_id and a.fin is null;
  update inscription i set ecole_uai = x.vers_uai, commune_insee = e.commune_insee, version = i.version + 1
  from restructuration_eleve x join ecole e on e.uai = x.vers_uai
  where x.restructuration_id = p_id and x.acte in ('deplacer', 'inscrire') and i.id = x.inscription_id;

  -- Those decided for the year that comes, whom nobody expected yet.
  insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet)
  select x.suite_id, x.eleve_id, x.vers_uai, r.annee, p_fin, 'admis_accepte', x.niveau, greatest(r.date_effet, p_rentree)
  from restructuration_eleve x where x.restructuration_id = p_id and x.acte = 'ouvrir';
  update passage p set suite_id = x.suite_id, suivie_le = p_le, version = p.version + 1
  from restructuration_eleve x where x.restructuration_id = p_id and x.acte = 'ouvrir' and p.scolarite_id = x.scolarite_id;

  with faites as (
    insert into affectation (scolarite_id, ecole_uai, classe_id, debut)
    select s.id, s.ecole_uai, s.classe_id, r.date_effet from restructuration_eleve x join scolarite s on s.id = x.suite_id
    where x.restructuration_id = p_id and s.classe_id is not null returning id)
  select array_agg(id) into v_ids from faites;
  perform noter_restructuration(p_id, 'affectation', v_ids, true);
  v_ids := array(select suite_id from restructuration_eleve where restructuration_id = p_id and suite_id is not null);
  perform noter_restructuration(p_id, 'scolarite', v_ids, true);
  perform noter_restructuration(p_id, 'passage', v_ids, true);

  perform suivre_restructuration(p_id, v_jour);
  perform fermer_restructuration(p_id, r.date_effet, v_jour);
  select coalesce(jsonb_object_agg(cle, n), '{}') into v_ouverts from (
    select concat_ws(' ', annee, 'admis_accepte', niveau) as cle, count(*) as n from restructuration_eleve
    where restructuration_id = p_id and acte = 'ouvrir' group by 1) o;
  if (select jsonb_object_agg(cle, n) from (select key as cle, sum(value::integer) as n from (
        select * from jsonb_each_text(v_avant) union all select * from jsonb_each_text(v_ouverts)) t group by key) s)
      is distinct from nullif(compter_restructuration(p_id), '{}') then
    raise exception 'the pupils of % are not the same after', p_id using errcode = 'BE020';
  end if;
  foreach v_objet in array '{scolarite,inscription,affectation,passage,eleve,rattachement}'::text[] loop
    update restructuration_ligne l set apres = p.ligne
    from photo(v_objet, array(select objet_id::uuid from restructuration_ligne where restructuration_id = p_id and objet = v_objet)) p
    where l.restructuration_id = p_id and l.objet = v_objet and l.objet_id = p.id::text;
  end loop;
  update restructuration set faite_le = p_le, version = version + 1,
    eleves = (select count(distinct eleve_id) from restructuration_eleve where restructuration_id = p_id) where id = p_id;
  perform set_config('be.restructuration', '', true);
  return (select eleves from restructuration where id = p_id);
end
$$;
grant execute on function executer_restructuration to be_ia;

-- Undoes a decision, but for the pupils on whom somebody has worked since: they stay where it put them. It says how many.
create function defaire_restructuration(p_id uuid, p_le timestamptz) returns integer
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
  foreach v_objet in array '{scolarite,inscription,affectation,passage,eleve,rattachement}'::text[] loop
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
grant execute on function defaire_restructuration to be_ia;

-- Takes an announcement back, with the school that it opened when nobody has it.
create function abandonner_restructuration(p_id uuid, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update restructuration set annulee_le = p_le, version = version + 1
  where id = p_id and departement_code = departement_de_l_ia() and faite_le is null and annulee_le is null;
  if not found then
    raise exception 'restructuration % is outside the territory', p_id using errcode = '42501';
  end if;
  delete from ecole e using restructuration_ecole x where x.restructuration_id = p_id and x.creee and e.uai = x.ecole_uai;
exception when foreign_key_violation then
  raise exception 'somebody has the school' using errcode = '23503';
end
$$;
grant execute on function abandonner_restructuration to be_ia;
