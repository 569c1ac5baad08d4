-- The passage of a pupil is read and followed by the school that has him: it goes where his line of the register goes when a
-- restructuration moves it (0030), and comes back with it.
create function passage_suit_ecole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update passage set ecole_uai = new.ecole_uai where scolarite_id = new.id;
  return null;
end
$$;
create trigger passage_suit_ecole after update of ecole_uai on scolarite for each row
  when (old.ecole_uai <> new.ecole_uai) execute function passage_suit_ecole();

update passage p set ecole_uai = s.ecole_uai from scolarite s where s.id = p.scolarite_id and s.ecole_uai <> p.ecole_uai;

-- The opinion, the notification, who confirmed and what was decided before (0034) go with a passage as all of it does.
create or replace function executer_restructuration(p_id uuid, p_le timestamptz, p_rentree date, p_fin date) returns integer
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
  insert into passage select (jsonb_populate_record(p, jsonb_build_object('scolarite_id', x.suite_id, 'ecole_uai', x.vers_uai, 'version', 1,
    'suite_id', l.avant -> 'suite_id'))).*
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
