-- The family (internal/domain/famille): protected addresses, and what one may know of those who share a home or a
-- responsable with a child one sees.

-- A protected address is read by nobody who does not open it on purpose: a list, an export, a print that forgets it
-- finds none. The mairie and the IEN never may; the directeur does in the file, the IA with a motive (security.md §5,
-- G5bis). territoire.Portee.AvecProtegees opens it for one transaction.
create function portee_protegees() returns boolean stable language sql
  return coalesce(current_setting('be.protegees', true), '') = 'oui';
grant execute on function portee_protegees to be_directeur, be_ia;

alter policy lire on adresse to be_directeur, be_ia
  using (ecoles && (select portee_ecoles())::text[] and (not protegee or (select portee_protegees())));
create policy lire_ien on adresse for select to be_ien
  using (ecoles && (select portee_ecoles())::text[] and not protegee);
alter policy lire_mairie on adresse
  using (communes && (select portee_communes_ouvertes())::text[] and not protegee);

-- Whether a row with these places is of the territory, as the policies of lien_responsable and eleve say it.
create function portee_voit(p_ecole text, p_mairie text, p_residence text) returns boolean stable language sql
  return case current_setting('be.role') when 'mairie'
    then coalesce(p_mairie = any (portee_communes_ouvertes()) or p_residence = any (portee_communes_ouvertes()), false)
    else coalesce(p_ecole = any (portee_ecoles()), false) end;

-- Whether somebody is also responsable of a child whom one does not see: that there is one, not who.
create function responsable_ailleurs(p_id uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from lien_responsable
    where responsable_id = p_id and not portee_voit(ecole_uai, mairie_insee, residence_insee));
end
$$;

-- Whether somebody whom one does not see lives at an address too.
create function adresse_ailleurs(p_id uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from eleve where adresse_id = p_id and not portee_voit(ecole_uai, mairie_insee, residence_insee))
    or exists (select from eleve where adresse2_id = p_id and not portee_voit(ecole_uai, mairie_insee, residence_insee))
    or exists (select from responsable r where r.adresse_id = p_id
      and exists (select from lien_responsable l where l.responsable_id = r.id)
      and not exists (select from lien_responsable l where l.responsable_id = r.id
        and portee_voit(l.ecole_uai, l.mairie_insee, l.residence_insee)));
end
$$;

-- The end of a merge of two records of one person, once nothing hangs from p_retire: the history of p_garde keeps what
-- the other one said. Its address is left out: it may be protected.
create function retirer_responsable_reuni(p_garde uuid, p_retire uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from lien_responsable where responsable_id = p_retire) or responsable_ailleurs(p_garde) then
    raise exception 'responsable % is still somebody''s', p_retire using errcode = '42501';
  end if;
  update opposition set responsable_id = p_garde where responsable_id = p_retire;
  insert into historique (le, compte_id, objet, objet_id, operation, champ, avant)
  select coalesce(nullif(current_setting('be.instant', true), '')::timestamptz, now()), portee_compte(),
    'responsable', p_garde, 'retrait', c.key, c.value
  from responsable r, jsonb_each_text(to_jsonb(r)) c
  where r.id = p_retire and c.value <> '' and c.key <> all ('{id,version,ecoles,communes,adresse_id}');
end
$$;
grant execute on function portee_voit, responsable_ailleurs, adresse_ailleurs to be_mairie, be_directeur;
grant execute on function retirer_responsable_reuni to be_mairie, be_directeur;
