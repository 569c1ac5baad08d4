-- Finding a child in spite of how he is written: before he gets a second file, and when one looks for him.
--
-- A name is found by its skeleton: its consonants, those that French confuses being one. Keys made of skeletons stand
-- in an index of the expression, so that whoever writes a pupil, by whatever way, has him found. Whether two children are one
-- is not said here but by internal/domain/rapprochement, which compares the few that have a key in common.
-- Keys are hashes of the base: reindex after a change of major version, as for unaccent.

create function squelette(t text) returns text immutable strict parallel safe language sql
return trim(regexp_replace(translate(
    replace(replace(regexp_replace(regexp_replace(cle_nom(t),
      '\m(de|du|des|d|la|le|les|l|el|al|von|van|der|den|da|do|dos)\M', '', 'g'),
      '\m[aeiouyh]+', '1', 'g'), 'ph', 'f'), 'bv', 'v'),
    'dcqkzxjwaeiouyh', 'tsssssgv'), '(\S)\1+|(\s)\s+', '\1\2', 'g'));

-- A date that day and month may be swapped in.
create function cle_date(d date) returns text immutable strict parallel safe language sql
return extract(year from d) || '-' || least(extract(month from d), extract(day from d))
    || '-' || greatest(extract(month from d), extract(day from d));

create function departement_de(insee text) returns text immutable strict parallel safe language sql
return case when insee like '97%' then left(insee, 3) else left(insee, 2) end;

-- The keys of a pupil: each word of his names with his date of birth, each pair of a name and a first name whatever the
-- date, each word with the départements that he belongs to. Names and first names are words alike: they may be swapped.
create function cles_eleve(p_nom text, p_usage text, p_prenom text, p_naissance date, p_mairie text, p_residence text)
returns integer[] immutable parallel safe language plpgsql set search_path = public, pg_temp as $$
declare
  noms text[] := string_to_array(squelette(p_nom || ' ' || p_usage), ' ');
  prenoms text[] := string_to_array(squelette(p_prenom), ' ');
  le text := cle_date(p_naissance);
  ici text := departement_de(p_mairie);
  la text := departement_de(p_residence);
  mot text;
  autre text;
  cles integer[] := '{}';
begin
  foreach mot in array noms || prenoms loop
    cles := cles || hashtext('d' || le || mot);
    if ici is not null then
      cles := cles || hashtext('t' || ici || mot);
    end if;
    if la is distinct from ici and la is not null then
      cles := cles || hashtext('t' || la || mot);
    end if;
  end loop;
  foreach mot in array noms loop
    foreach autre in array prenoms loop
      cles := cles || hashtext('p' || least(mot, autre) || ' ' || greatest(mot, autre));
    end loop;
  end loop;
  return cles;
end
$$;

-- The nine last digits of a number, however it is written.
create function cle_tel(t text) returns text immutable strict parallel safe language sql
return right(regexp_replace(t, '\D', '', 'g'), 9);

-- The keys of a responsable: each word with the départements of those who see him, each telephone.
create function cles_responsable(p_noms text, p_tels text[], p_communes text[])
returns integer[] immutable parallel safe language plpgsql set search_path = public, pg_temp as $$
declare
  tel text;
  mot text;
  ici text;
  cles integer[] := '{}';
begin
  foreach tel in array p_tels loop
    if tel <> '' then
      cles := cles || hashtext('n' || cle_tel(tel));
    end if;
  end loop;
  foreach mot in array string_to_array(squelette(p_noms), ' ') loop
    for ici in select distinct departement_de(c) from unnest(p_communes) as c loop
      cles := cles || hashtext('t' || ici || mot);
    end loop;
  end loop;
  return cles;
end
$$;
grant execute on function squelette, cle_date, departement_de, cles_eleve, cle_tel, cles_responsable to
  be_mairie, be_directeur, be_ien, be_ia, be_registre, be_college;

-- No list of pending entries: each search would read it whole.
create index eleve_par_cles on eleve using gin
  (cles_eleve(nom_famille, nom_usage, prenom, date_naissance, mairie_insee, residence_insee)) with (fastupdate = off);
create index responsable_par_cles on responsable using gin
  (cles_responsable(nom_famille || ' ' || nom_usage || ' ' || prenom || ' ' || organisme,
    array[tel_domicile, tel_travail, tel_portable], communes)) with (fastupdate = off);

-- Who has looked outside his territory for whom, of late: thirty children in ten minutes, so that nobody leafs through
-- the register of others (security.md, ACL-10). The same child asked again counts once.
create table recherche_ailleurs (
  compte_id uuid not null references compte,
  cle       integer not null,
  le        timestamptz not null,
  primary key (compte_id, cle)
);
alter table recherche_ailleurs enable row level security;
create policy sienne on recherche_ailleurs for select to be_mairie, be_directeur using (compte_id = (select portee_compte()));

create function compter_recherche(p_nom text, p_prenom text, p_naissance date, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from recherche_ailleurs where compte_id = portee_compte() and le <= p_le - interval '10 minutes';
  insert into recherche_ailleurs (compte_id, cle, le)
  values (portee_compte(), hashtext(cle_nom(p_nom || ' ' || p_prenom) || coalesce(p_naissance::text, '')), p_le)
  on conflict do nothing;
  if (select count(*) from recherche_ailleurs where compte_id = portee_compte()) > 30 then
    raise exception 'too many searches outside the territory' using errcode = 'BE002';
  end if;
end
$$;

-- What one may know of a child outside one's territory when one is about to register him: that he exists, where, in
-- which state (domain.md §1.4). The rest of the line is for the comparison and is not shown. Name, first name and date
-- are needed, and thirty lines at most come back, the nearest first.
drop function chercher_ailleurs;
create function enfants_connus(p_nom text, p_usage text, p_prenom text, p_naissance date)
returns table (eleve_id uuid, nom_famille text, nom_usage text, prenom text, prenom2 text, prenom3 text, sexe text,
  date_naissance date, commune_naissance_insee text, ecole text, commune text, etat text)
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
    coalesce(e.commune_naissance_insee, ''), coalesce(ec.nom, ''), coalesce(c.nom, ''), coalesce(s.etat, 'inscrit')
  from proche p join eleve e on e.id = p.id
  left join ecole ec on ec.uai = e.ecole_uai
  left join commune c on c.insee = e.mairie_insee
  left join lateral (select etat from scolarite where eleve_id = e.id and etat <> 'annulee'
    order by annee desc, date_effet desc limit 1) s on true
  where p.ne_ce_jour or p.ressemble > 0.4
  order by p.ne_ce_jour desc, p.ressemble desc, e.id
$$;
grant execute on function compter_recherche, enfants_connus to be_mairie, be_directeur;

-- Two children of whom somebody has said that they are not one: nobody is asked again. The lesser id stands first.
create table distinction (
  eleve_id  uuid not null references eleve,
  autre_id  uuid not null references eleve,
  compte_id uuid not null references compte,
  le        timestamptz not null,
  primary key (eleve_id, autre_id),
  constraint dans_l_ordre check (eleve_id < autre_id)
);
create index distinction_par_autre on distinction (autre_id);
alter table distinction enable row level security;
create policy lire on distinction for select to be_mairie, be_directeur, be_ia
  using (exists (select from eleve e where e.id in (distinction.eleve_id, distinction.autre_id)));
grant select on distinction to be_mairie, be_directeur, be_ia;

-- One who sees one of the two may say so: the other may be anywhere.
create function distinguer(p_eleve uuid, p_autre uuid, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from eleve where id in (p_eleve, p_autre)
      and (ecole_uai = any (portee_ecoles()) or mairie_insee = any (portee_communes()) or residence_insee = any (portee_communes()))) then
    raise exception 'neither pupil is in the territory' using errcode = '42501';
  end if;
  insert into distinction (eleve_id, autre_id, compte_id, le)
  values (least(p_eleve, p_autre), greatest(p_eleve, p_autre), portee_compte(), p_le) on conflict do nothing;
end
$$;
grant execute on function distinguer to be_mairie, be_directeur, be_ia;

-- The scope's département, by which words are looked for: all its schools and communes are in one.
create function portee_departement() returns text
stable language sql security definer set search_path = public, pg_temp as $$
  select departement_de(coalesce((select c from unnest(portee_communes()) as c limit 1),
    (select commune_insee from ecole where uai = (select u from unnest(portee_ecoles()) as u limit 1))))
$$;

-- The skeletons at one letter from one: a consonant left out, added, changed, or passed over its neighbour.
create function voisins(p_mot text) returns text[] immutable strict parallel safe language sql as $$
  select array_agg(distinct v) from generate_series(0, length(p_mot)) as i, lateral (
    select left(p_mot, i) || substr(p_mot, i + 2)
    union all select left(p_mot, i) || substr(p_mot, i + 2, 1) || substr(p_mot, i + 1, 1) || substr(p_mot, i + 3)
    union all select left(p_mot, i) || c || substr(p_mot, i + 1) from unnest(string_to_array('1bfglmnprstv', null)) as c
    union all select left(p_mot, i) || c || substr(p_mot, i + 2) from unnest(string_to_array('1bfglmnprstv', null)) as c) t (v)
$$;

create function cles_mot(p_mots text[]) returns integer[] stable language sql set search_path = public, pg_temp as $$
  select coalesce(array_agg(hashtext('t' || d.code || mot)), '{}') from (select portee_departement() as code) d, unnest(p_mots) as mot
$$;

-- The pupils of the territory who answer to a name, or to part of it, and were born between two days; those of whom
-- every word has the sound first, then those whose name begins so. When there is nobody, a letter may be wrong. The page
-- reads them under row security: nothing comes from here but ids.
create function eleves_trouves(p_nom text, p_du date, p_au date) returns table (id uuid)
language plpgsql stable security definer rows 60
set search_path = public, pg_temp set enable_bitmapscan = on set plan_cache_mode = force_custom_plan as $$
declare
  v_ecoles text[] := portee_ecoles();
  v_communes text[] := portee_communes();
  v_cle text := cle_nom(p_nom);
  v_mots text[] := string_to_array(squelette(p_nom), ' ');
  v_trouve boolean := false;
  v_filtre text := '';
begin
  if cardinality(v_mots) > 0 then
    return query select e.id from eleve e
      where cles_eleve(e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, e.mairie_insee, e.residence_insee) @> cles_mot(v_mots)
        and (e.ecole_uai = any (v_ecoles) or e.mairie_insee = any (v_communes) or e.residence_insee = any (v_communes))
        and (p_du is null or e.date_naissance between p_du and p_au)
      order by similarity(e.cle_nom, v_cle) desc, e.id limit 60;
    v_trouve := found;
  end if;
  if v_cle <> '' then
    return query select t.id from (
      select e.id, e.date_naissance from eleve e
        where e.ecole_uai = any (v_ecoles) and e.cle_nom >= v_cle and e.cle_nom < v_cle || U&'\FFFF'
      union
      select e.id, e.date_naissance from eleve e
        where e.mairie_insee = any (v_communes) and e.cle_nom >= v_cle and e.cle_nom < v_cle || U&'\FFFF'
      union
      select e.id, e.date_naissance from eleve e
        where e.residence_insee = any (v_communes) and e.cle_nom >= v_cle and e.cle_nom < v_cle || U&'\FFFF') t
      where p_du is null or t.date_naissance between p_du and p_au limit 60;
    v_trouve := v_trouve or found;
  elsif p_du is not null then
    return query select e.id from eleve e
      where e.date_naissance between p_du and p_au
        and (e.ecole_uai = any (v_ecoles) or e.mairie_insee = any (v_communes) or e.residence_insee = any (v_communes))
      order by e.cle_nom limit 60;
  end if;
  if v_trouve or cardinality(v_mots) = 0 then
    return;
  end if;
  select string_agg(format('and cles_eleve(e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, e.mairie_insee,
    e.residence_insee) && %L::integer[]', cles_mot(voisins(mot))), ' ') into v_filtre from unnest(v_mots) as mot;
  return query execute 'select e.id from eleve e
    where (e.ecole_uai = any ($1) or e.mairie_insee = any ($2) or e.residence_insee = any ($2))
      and ($3 is null or e.date_naissance between $3 and $4) ' || v_filtre || '
    order by similarity(e.cle_nom, $5) desc, e.id limit 60' using v_ecoles, v_communes, p_du, p_au, v_cle;
end
$$;

-- The responsables of the territory who bear a name, or have a telephone.
create function responsables_trouves(p_nom text, p_tel text) returns table (id uuid)
language plpgsql stable security definer rows 60
set search_path = public, pg_temp set enable_bitmapscan = on set plan_cache_mode = force_custom_plan as $$
declare
  v_ecoles text[] := portee_ecoles();
  v_communes text[] := portee_communes_ouvertes();
  v_mots text[] := string_to_array(squelette(p_nom), ' ');
  v_cles integer[] := case when p_tel <> '' then array[hashtext('n' || cle_tel(p_tel))] else cles_mot(v_mots) end;
begin
  if cardinality(v_cles) = 0 then
    return;
  end if;
  return query select r.id from responsable r
    where cles_responsable(r.nom_famille || ' ' || r.nom_usage || ' ' || r.prenom || ' ' || r.organisme,
        array[r.tel_domicile, r.tel_travail, r.tel_portable], r.communes) @> v_cles
      and (r.ecoles && v_ecoles or r.communes && v_communes)
    order by similarity(cle_nom(r.nom_famille || ' ' || r.nom_usage || ' ' || r.prenom), cle_nom(p_nom)) desc, r.id limit 60;
end
$$;
grant execute on function eleves_trouves, responsables_trouves to be_mairie, be_directeur, be_ien, be_ia;
