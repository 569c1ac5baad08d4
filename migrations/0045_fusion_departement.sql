-- A child taught elsewhere whom the département alone has attached (0018): no directeur reads that line. When his file goes
-- into another (0011) it follows, unless the kept file has a period of its own on those days; separated, it comes back.
alter table fusion add hors_ecole uuid[] not null default '{}'; -- the lines that followed

create function fusion_hors_ecole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_de uuid := case tg_op when 'INSERT' then new.absorbe_id else new.garde_id end;
  v_vers uuid := case tg_op when 'INSERT' then new.garde_id else new.absorbe_id end;
begin
  if tg_op = 'INSERT' then
    new.hors_ecole := array(
      select r.id from rattachement r where r.eleve_id = new.absorbe_id and r.ecole_uai is null and not exists (
        select from rattachement o where o.eleve_id = new.garde_id and daterange(o.debut, o.fin, '[]') && daterange(r.debut, r.fin, '[]')));
  end if;
  update rattachement set eleve_id = v_vers, version = version + 1 where id = any (new.hors_ecole) and eleve_id = v_de;
  update rattachement r set residence_insee = e.residence_insee, nom_famille = e.nom_famille, nom_usage = e.nom_usage, prenom = e.prenom,
    sexe = e.sexe, date_naissance = e.date_naissance
  from eleve e where e.id = v_vers and r.id = any (new.hors_ecole) and r.eleve_id = v_vers and r.fin is null;
  return new;
end
$$;
create trigger fusion_hors_ecole before insert on fusion for each row execute function fusion_hors_ecole();
create trigger fusion_hors_ecole_defaite before update of defaite_le on fusion for each row
  when (old.defaite_le is null and new.defaite_le is not null and new.hors_ecole <> '{}') execute function fusion_hors_ecole();
