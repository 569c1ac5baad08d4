-- What anybody who holds a paper may ask of it: whether it still holds. No name, no place, no reason.
-- A certificat de scolarité holds while the pupil is in that school; one of radiation, while he is struck off from it;
-- one of inscription, while the child is inscribed there. A paper that no table knows any more has no state.
create function etat_du_document(p_numero text, p_le timestamptz, out etat text, out le timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_jour date := (p_le at time zone 'Europe/Paris')::date;
  d document;
begin
  etat := '';
  select * into d from document
  where emetteur = split_part(p_numero, '-', 1) and annee = split_part(p_numero, '-', 2)::integer
    and numero = split_part(p_numero, '-', 3)::integer;
  if not found then
    return;
  end if;
  select min(n.edite_le) into le from document n
  where n.emetteur = d.emetteur and n.eleve_id = d.eleve_id and n.type = d.type and n.edite_le > d.edite_le;
  etat := case
    when le is not null then 'remplace'
    when d.type = 'certificat_scolarite' then case when exists (
      select from scolarite s where s.eleve_id = d.eleve_id and s.ecole_uai = d.ecole_uai
        and s.date_admission <= v_jour and v_jour < least(coalesce(s.date_radiation, s.fin_annee + 1), s.fin_annee + 1)
    ) then 'en_vigueur' else 'perime' end
    when d.type = 'certificat_radiation' then case when exists (
      select from scolarite s where s.eleve_id = d.eleve_id and s.ecole_uai = d.ecole_uai and s.date_radiation is not null
    ) then 'en_vigueur' else 'perime' end
    else case when exists (
      select from inscription i where i.eleve_id = d.eleve_id and i.ecole_uai = d.ecole_uai
        and i.etat in ('inscrit', 'transformee')
    ) then 'en_vigueur' else 'perime' end
  end;
end
$$;
revoke execute on function etat_du_document from public;
grant execute on function etat_du_document to be_connexion;
