-- Who is admitted for good is no longer taught elsewhere (0018): the period that runs on that day ends the day before. When
-- the admission is taken back, moved, or was a mistake, it runs on as before. A hospital or an establishment
-- may share a pupil with his class.
-- clos_par: the scolarité whose admission ended it; no key, for an admission that is undone may take its line away.
-- fin_avant: the last day that had been announced.
alter table rattachement add clos_par uuid, add fin_avant date;

create function rattachement_rouvrir(p_scolarite scolarite) returns void
language sql security definer set search_path = public, pg_temp as $$
  update rattachement r set fin = r.fin_avant, fin_avant = null, clos_par = null, version = r.version + 1
  where r.eleve_id = p_scolarite.eleve_id and r.clos_par = p_scolarite.id
    and r.fin = greatest(r.debut, p_scolarite.date_admission - 1) -- corrected by hand since, it stays
    and not exists (select from rattachement o where o.eleve_id = r.eleve_id and o.id <> r.id
      and daterange(o.debut, o.fin, '[]') && daterange(r.debut, r.fin_avant, '[]'))
$$;
revoke execute on function rattachement_rouvrir from public;

create function rattachement_clore() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_avant date := case when tg_op <> 'INSERT' and old.motif_radiation <> 'admission_erronee' then old.date_admission end;
  v_apres date := case when tg_op <> 'DELETE' and new.motif_radiation <> 'admission_erronee' then new.date_admission end;
begin
  if v_avant is not distinct from v_apres then
    return null;
  end if;
  if v_avant is not null then
    perform rattachement_rouvrir(old);
  end if;
  if v_apres is not null then
    update rattachement r set fin_avant = r.fin, fin = greatest(r.debut, v_apres - 1), clos_par = new.id, version = r.version + 1
    where r.eleve_id = new.eleve_id and r.modalite in ('cned', 'famille') and r.debut <= v_apres
      and (r.fin is null or r.fin >= v_apres);
  end if;
  return null;
end
$$;
create trigger rattachement_clore_entree after insert on scolarite for each row
  when (new.date_admission is not null) execute function rattachement_clore();
create trigger rattachement_clore after update on scolarite for each row
  when (old.date_admission is distinct from new.date_admission or old.motif_radiation is distinct from new.motif_radiation)
  execute function rattachement_clore();
create trigger rattachement_clore_sortie after delete on scolarite for each row
  when (old.date_admission is not null) execute function rattachement_clore();

-- Two files of one child made into one (0011) bring his periods together.
grant update (eleve_id, nom_famille, nom_usage, prenom, sexe, date_naissance, residence_insee) on rattachement to be_directeur;
