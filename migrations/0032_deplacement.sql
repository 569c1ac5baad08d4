-- What hangs from a pupil follows him (0005, 0006, 0009): a school that is merged moves three hundred at once, so this is
-- done once for a statement, not once for a pupil. Rows are compared by EXCEPT, whose cost does not depend on the plan
-- that was kept for a page that saves one.

-- Who sees responsables: those who see a pupil they are linked to. Locked in one order before the links are read, so
-- that of two who link siblings at the same time the second sees the link of the first.
create function voir_responsables(p_ids uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from responsable where id = any (p_ids) order by id for no key update;
  update responsable r set ecoles = v.ecoles, communes = v.communes
  from (
    select i.id, coalesce(array_agg(distinct ecole order by ecole) filter (where ecole is not null), '{}') as ecoles,
      coalesce(array_agg(distinct commune order by commune) filter (where commune is not null), '{}') as communes
    from unnest(p_ids) as i (id)
    left join (
      select responsable_id as id, ecole, commune
      from lien_responsable, lateral (values (ecole_uai, mairie_insee), (null, residence_insee)) as l (ecole, commune)
      where responsable_id = any (p_ids)) l using (id)
    group by i.id) v
  where r.id = v.id and (r.ecoles, r.communes) is distinct from (v.ecoles, v.communes);
end
$$;
revoke execute on function voir_responsables from public;

create function liens_vus() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform voir_responsables(array(select distinct responsable_id from vus));
  return null;
end
$$;
create function liens_vus_d_ailleurs() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ids uuid[] := array(select distinct responsable_id from (
    select responsable_id, eleve_id, ecole_uai, mairie_insee, residence_insee from apres
    except select responsable_id, eleve_id, ecole_uai, mairie_insee, residence_insee from avant) d);
begin
  if v_ids <> '{}' then
    perform voir_responsables(v_ids);
  end if;
  return null;
end
$$;
drop trigger lien_vu on lien_responsable;
drop trigger lien_vu_d_ailleurs on lien_responsable;
drop function lien_vu;
drop function voir_responsable;
create trigger liens_vus_entres after insert on lien_responsable referencing new table as vus
  for each statement execute function liens_vus();
create trigger liens_vus_sortis after delete on lien_responsable referencing old table as vus
  for each statement execute function liens_vus();
create trigger liens_vus_d_ailleurs after update on lien_responsable referencing old table as avant new table as apres
  for each statement execute function liens_vus_d_ailleurs();

create function responsables_deplaces() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ids uuid[] := array(select id from (
    select id, adresse_id, ecoles, communes from apres except select id, adresse_id, ecoles, communes from avant) d);
begin
  if v_ids <> '{}' then
    perform voir_adresses(array(select adresse_id from avant where id = any (v_ids) and adresse_id is not null
      union select adresse_id from apres where id = any (v_ids) and adresse_id is not null));
  end if;
  return null;
end
$$;
drop trigger adresse_vue_d_ailleurs on responsable;
create trigger responsables_deplaces after update on responsable referencing old table as avant new table as apres
  for each statement execute function responsables_deplaces();

-- The identity that the register repeats follows that of the file (0006); the rest is below.
create or replace function eleve_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update inscription set residence_insee = new.residence_insee, nom_famille = new.nom_famille,
    nom_usage = new.nom_usage, prenom = new.prenom, sexe = new.sexe, date_naissance = new.date_naissance
  where eleve_id = new.id and etat in ('en_attente', 'inscrit', 'transformee');
  update scolarite set residence_insee = new.residence_insee, nom_famille = new.nom_famille,
    nom_usage = new.nom_usage, prenom = new.prenom, sexe = new.sexe, date_naissance = new.date_naissance
  where eleve_id = new.id and etat in ('admissible', 'admis_accepte', 'admis_definitif');
  return null;
end
$$;
drop trigger eleve_suit on eleve;
create trigger eleve_suit after update on eleve for each row
  when (old.residence_insee is distinct from new.residence_insee
    or old.nom_famille is distinct from new.nom_famille
    or old.nom_usage is distinct from new.nom_usage
    or old.prenom is distinct from new.prenom
    or old.sexe is distinct from new.sexe
    or old.date_naissance is distinct from new.date_naissance)
  execute function eleve_suit();

-- The territory of pupils goes to all that hangs from them. A child who leaves for another commune is no longer that
-- mairie's to correct (0014). A file that went into another follows it, so that they can still be separated (0011).
create function eleves_deplaces() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_le timestamptz := coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now());
  v_ids uuid[] := array(select id from (
    select id, adresse_id, adresse2_id, ecole_uai, mairie_insee, residence_insee from apres
    except select id, adresse_id, adresse2_id, ecole_uai, mairie_insee, residence_insee from avant) d);
  v_ecole uuid[];
begin
  if v_ids = '{}' then
    return null;
  end if;
  update lien_responsable l set ecole_uai = e.ecole_uai, mairie_insee = e.mairie_insee, residence_insee = e.residence_insee
  from eleve e where l.eleve_id = any (v_ids) and e.id = l.eleve_id
    and (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee);
  update personne_autorisee l set ecole_uai = e.ecole_uai, mairie_insee = e.mairie_insee, residence_insee = e.residence_insee
  from eleve e where l.eleve_id = any (v_ids) and e.id = l.eleve_id
    and (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee);
  update periscolaire l set ecole_uai = e.ecole_uai, mairie_insee = e.mairie_insee, residence_insee = e.residence_insee
  from eleve e where l.eleve_id = any (v_ids) and e.id = l.eleve_id
    and (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee);
  update autorisation l set ecole_uai = e.ecole_uai, mairie_insee = e.mairie_insee, residence_insee = e.residence_insee
  from eleve e where l.eleve_id = any (v_ids) and e.id = l.eleve_id
    and (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee);
  update opposition l set ecole_uai = e.ecole_uai, mairie_insee = e.mairie_insee, residence_insee = e.residence_insee
  from eleve e where l.eleve_id = any (v_ids) and e.id = l.eleve_id
    and (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee);
  update proposition l set etat = 'perimee', decide_le = v_le, version = l.version + 1
  from eleve e where l.eleve_id = any (v_ids) and e.id = l.eleve_id and l.etat = 'proposee'
    and l.commune_insee is distinct from e.mairie_insee;
  update proposition l set ecole_uai = e.ecole_uai, mairie_insee = e.mairie_insee, residence_insee = e.residence_insee
  from eleve e where l.eleve_id = any (v_ids) and e.id = l.eleve_id
    and (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee);
  perform voir_adresses(array(
    select unnest(array[adresse_id, adresse2_id]) as id from avant where id = any (v_ids)
    union select unnest(array[adresse_id, adresse2_id]) from apres where id = any (v_ids)));

  v_ecole := array(select id from (select id, ecole_uai from apres except select id, ecole_uai from avant) d where ecole_uai is not null);
  if v_ecole <> '{}' then
    update immatriculation l set ecole_uai = e.ecole_uai from eleve e where l.eleve_id = any (v_ecole) and e.id = l.eleve_id;
    update ressemblance l set ecole_uai = e.ecole_uai from eleve e where l.eleve_id = any (v_ecole) and e.id = l.eleve_id;
    update affectation_6e l set ecole_uai = e.ecole_uai from eleve e where l.eleve_id = any (v_ecole) and e.id = l.eleve_id;
    update fusion f set ecole_uai = e.ecole_uai from eleve e where f.garde_id = any (v_ecole) and e.id = f.garde_id;
    update eleve a set ecole_uai = e.ecole_uai, mairie_insee = e.mairie_insee
    from fusion f join eleve e on e.id = f.garde_id
    where f.garde_id = any (v_ecole) and f.defaite_le is null and a.id = f.absorbe_id;
  end if;
  return null;
end
$$;
drop trigger adresse_vue_d_ailleurs on eleve;
drop trigger adresse2_vue_d_ailleurs on eleve;
drop trigger dossier_suit on eleve;
drop trigger proposition_suit on eleve;
drop trigger immatriculation_suit on eleve;
drop trigger ressemblance_suit on eleve;
drop trigger affectation_6e_suit on eleve;
drop trigger fusion_suit on eleve;
drop function adresse_vue, adresse2_vue, voir_adresse, dossier_suit, proposition_suit, immatriculation_suit, ressemblance_suit,
  affectation_6e_suit, fusion_suit;
create trigger eleves_deplaces after update on eleve referencing old table as avant new table as apres
  for each statement execute function eleves_deplaces();

-- The register (0028): the name of a school is asked for at each stay, so its plan is kept; the identity, whose key is
-- worked out anew each time it is written, is written when it has changed.
create or replace function nom_ecole(p_uai text) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select e.nom || ', ' || c.nom from ecole e join commune c on c.insee = e.commune_insee where e.uai = p_uai);
end
$$;
create or replace function tenir_registre() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ligne uuid;
begin
  if tg_op = 'UPDATE' and old.eleve_id <> new.eleve_id then
    update registre set eleve_id = new.eleve_id where eleve_id = old.eleve_id and ecole_uai = new.ecole_uai;
  end if;
  if new.date_admission is null then
    delete from registre r where r.eleve_id = new.eleve_id and r.ecole_uai = new.ecole_uai and r.sortie is null
      and not exists (select from scolarite s where s.eleve_id = r.eleve_id and s.ecole_uai = r.ecole_uai
        and s.date_admission >= r.entree);
    return null;
  end if;
  -- The line that is open, or the one that a radiation taken back had closed.
  select id into v_ligne from registre r
  where r.eleve_id = new.eleve_id and r.ecole_uai = new.ecole_uai and r.entree <= new.date_admission
    and (r.sortie is null or tg_op = 'UPDATE' and old.etat = 'radie' and r.sortie = old.date_radiation)
  order by r.entree desc limit 1;
  if v_ligne is null then
    perform inscrire_au_registre(new);
    if new.etat <> 'radie' then
      return null;
    end if;
    select id into v_ligne from registre r
    where r.eleve_id = new.eleve_id and r.ecole_uai = new.ecole_uai and r.entree = new.date_admission and r.sortie is null;
  end if;
  update registre set nom_famille = new.nom_famille, nom_usage = new.nom_usage, prenom = new.prenom, sexe = new.sexe,
    date_naissance = new.date_naissance
  where id = v_ligne and (nom_famille, nom_usage, prenom, sexe, date_naissance)
    is distinct from (new.nom_famille, new.nom_usage, new.prenom, new.sexe, new.date_naissance);
  update registre set niveau_sortie = new.niveau,
    sortie = case when new.etat = 'radie' then new.date_radiation end,
    motif_sortie = case when new.etat = 'radie' then new.motif_radiation else '' end,
    destination = case when new.etat = 'radie' then coalesce(nom_ecole(new.destination_uai), new.destination) else '' end
  where id = v_ligne;
  return null;
end
$$;

-- Where a row is seen from is no history (0009), and what writes it writes nothing else: such an update is not compared.
drop trigger historier on lien_responsable;
create trigger historier after insert or delete on lien_responsable for each row execute function historier();
create trigger historier_maj after update on lien_responsable for each row
  when (old.ecole_uai is not distinct from new.ecole_uai
    and old.mairie_insee is not distinct from new.mairie_insee
    and old.residence_insee is not distinct from new.residence_insee)
  execute function historier();
drop trigger historier on responsable;
create trigger historier after update on responsable for each row
  when (old.ecoles = new.ecoles and old.communes = new.communes) execute function historier();
drop trigger historier on adresse;
create trigger historier after update on adresse for each row
  when (old.ecoles = new.ecoles and old.communes = new.communes) execute function historier();

-- A school that an undo takes away again is looked for among the destinations of those who left.
create index scolarite_par_destination on scolarite (destination_uai) where destination_uai is not null;
