-- A pupil whom another school expects next year was followed there (0019): a decision that changes does not reach the
-- register of that school.

-- As in 0034. It tells whether another school expects or has him: then nothing is done. Of one that has given him up
-- the passage knows nothing any more.
drop function suivre_passage;
create function suivre_passage(p_scolarite uuid, p_le date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p passage;
  s scolarite;
begin
  select * into p from passage where scolarite_id = p_scolarite and ecole_uai = any (portee_ecoles());
  if not found or current_setting('be.role') not in ('directeur', 'ia') then
    raise exception 'passage % is outside the territory', p_scolarite using errcode = '42501';
  end if;
  select * into s from scolarite where id = p.suite_id for update;
  if not found then
    return false;
  end if;
  if s.ecole_uai <> p.ecole_uai then
    if s.etat in ('admissible', 'admis_accepte', 'admis_definitif') then
      return true;
    end if;
    update passage set suite_id = null, suivie_le = null where scolarite_id = p_scolarite;
    return false;
  end if;
  if p.quittant then
    update affectation set fin = greatest(debut, p_le) where scolarite_id = s.id and fin is null;
    update scolarite set etat = 'annulee', motif_annulation = 'erreur_saisie', classe_id = null, version = version + 1
    where id = s.id and (etat = 'admis_accepte' or motif_annulation = 'depart');
    update passage set suite_id = null, suivie_le = null where scolarite_id = p_scolarite;
    return false;
  end if;
  update affectation a set fin = greatest(debut, p_le) where scolarite_id = s.id and fin is null
    and not exists (select from classe_niveau n where n.classe_id = a.classe_id and n.niveau = p.niveau_suivant);
  update scolarite set niveau = p.niveau_suivant, version = version + 1,
    classe_id = (select n.classe_id from classe_niveau n where n.classe_id = s.classe_id and n.niveau = p.niveau_suivant)
  where id = s.id and (etat = 'admis_accepte' or motif_annulation = 'depart') and niveau <> p.niveau_suivant;
  return false;
end
$$;
revoke execute on function suivre_passage from public;
grant execute on function suivre_passage to be_directeur, be_ia;
