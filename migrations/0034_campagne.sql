-- The campaign of passages (domain.md §5.6): its calendar, the opinion of the IEN, the decision of the commission
-- d'appel, and what follows from a decision that changes once the next year is prepared.

-- The day by which each step is done, as the IA sets it for its département; without a line, internal/domain/passage
-- proposes those of every year.
create table campagne_passage (
  departement_code text not null references departement,
  annee            integer not null references annee_scolaire,
  version          integer not null default 1,
  propositions_le  date not null,
  reponses_le      date not null,
  decisions_le     date not null,
  recours_le       date not null,
  dossiers_le      date not null,
  commission_le    date not null,
  primary key (departement_code, annee),
  constraint chaque_etape_apres_la_precedente check (propositions_le <= reponses_le and reponses_le <= decisions_le
    and decisions_le <= recours_le and recours_le <= dossiers_le and dossiers_le <= commission_le)
);
alter table campagne_passage enable row level security;
create policy lire on campagne_passage for select to be_directeur, be_ien, be_ia using (true); -- dates of nobody
grant select on campagne_passage to be_directeur, be_ien, be_ia;

-- p_version: 0 for the first setting. It says whether nobody else has set them in the meantime.
create function regler_campagne_passage(p_annee integer, p_version integer, p_jours date[]) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_departement text := (select departement_code from habilitation
    where id = current_setting('be.habilitation')::uuid and role = 'ia');
begin
  if v_departement is null then
    raise exception 'only an IA sets the campaign of its département' using errcode = '42501';
  end if;
  insert into campagne_passage values (v_departement, p_annee, 1,
    p_jours[1], p_jours[2], p_jours[3], p_jours[4], p_jours[5], p_jours[6])
  on conflict (departement_code, annee) do update set version = campagne_passage.version + 1,
    propositions_le = p_jours[1], reponses_le = p_jours[2], decisions_le = p_jours[3], recours_le = p_jours[4],
    dossiers_le = p_jours[5], commission_le = p_jours[6]
  where campagne_passage.version = p_version;
  return found;
end
$$;
revoke execute on function regler_campagne_passage from public;
grant execute on function regler_campagne_passage to be_ia;

-- avis: of the IEN, on a maintien or a passage anticipé. decision_notifiee_le: the delay of the appeal runs from then.
-- confirme_par: who recorded the decision of the commission; the school does not undo what the IA recorded.
-- choix_passes: what was proposed, then decided, before a decision replaced it: going back finds it again.
alter table passage
  add column avis text not null default '' constraint avis_connu check (avis in ('', 'favorable', 'defavorable')),
  add column avis_le date,
  add column decision_notifiee_le date,
  add column confirme_par text not null default '' constraint confirme_par_l_ecole_ou_l_ia check (confirme_par in ('', 'ecole', 'ia')),
  add column choix_passes jsonb not null default '[]',
  add constraint avis_si_et_seulement_si_date check ((avis = '') = (avis_le is null)),
  add constraint decision_notifiee_apres check (decide_le <= decision_notifiee_le);
update passage set confirme_par = 'ecole' where confirme_le is not null;
alter table passage
  add constraint confirme_si_et_seulement_si_par check ((confirme_le is null) = (confirme_par = ''));

-- Those that an inspection looks at, among the thousands of its territory.
create index passage_suivi_par_l_inspection on passage (ecole_uai, annee)
  where decision in ('maintien', 'passage_anticipe') or etat in ('conteste', 'en_recours') or recours_le is not null;

-- The opinion of the IEN; '' takes it back. It says whether the passage is as the form showed it.
create function aviser_passage(p_scolarite uuid, p_version integer, p_avis text, p_le date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('be.role') <> 'ien' or not exists (
    select from passage where scolarite_id = p_scolarite and ecole_uai = any (portee_ecoles())) then
    raise exception 'passage % is outside the territory', p_scolarite using errcode = '42501';
  end if;
  update passage set avis = p_avis, avis_le = case when p_avis <> '' then p_le end, avis_ien = p_avis <> '', version = version + 1
  where scolarite_id = p_scolarite and version = p_version and etat in ('propose', 'notifie', 'accepte', 'conteste');
  return found;
end
$$;
revoke execute on function aviser_passage from public;
grant execute on function aviser_passage to be_ien;

-- The decision of the commission, recorded by the IA or taken back by it: nothing else of a passage. It says whether the
-- passage is as the form showed it.
create function trancher_passage(p_scolarite uuid, p_version integer, p_etat text, p_decision text, p_niveau text,
  p_quittant boolean, p_avis_ien boolean, p_le date, p_passes jsonb) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('be.role') <> 'ia' or not exists (
    select from passage where scolarite_id = p_scolarite and ecole_uai = any (portee_ecoles())) then
    raise exception 'passage % is outside the territory', p_scolarite using errcode = '42501';
  end if;
  update passage set etat = p_etat, decision = p_decision, niveau_suivant = nullif(p_niveau, ''), quittant = p_quittant,
    avis_ien = p_avis_ien, confirme_le = p_le, confirme_par = case p_etat when 'confirme' then 'ia' else '' end, choix_passes = p_passes,
    version = version + 1
  where scolarite_id = p_scolarite and version = p_version
    and (etat, p_etat) in (('en_recours', 'confirme'), ('confirme', 'en_recours'));
  return found;
end
$$;
revoke execute on function trancher_passage from public;
grant execute on function trancher_passage to be_ia;

-- Brings the year that was prepared for a pupil in line with his decision, as long as he has not been admitted to it:
-- another niveau, no class that does not open it, or no year at all for who leaves. So it is with the year that an
-- announced departure has closed: it may be opened again. The passage itself is written by its caller, a directeur or
-- the IA.
create function suivre_passage(p_scolarite uuid, p_le date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p passage;
begin
  select * into p from passage where scolarite_id = p_scolarite and ecole_uai = any (portee_ecoles());
  if not found or current_setting('be.role') not in ('directeur', 'ia') then
    raise exception 'passage % is outside the territory', p_scolarite using errcode = '42501';
  end if;
  if p.suite_id is null then
    return;
  end if;
  if p.quittant then
    update affectation set fin = greatest(debut, p_le) where scolarite_id = p.suite_id and fin is null;
    update scolarite set etat = 'annulee', motif_annulation = 'erreur_saisie', classe_id = null, version = version + 1
    where id = p.suite_id and (etat = 'admis_accepte' or motif_annulation = 'depart');
    update passage set suite_id = null, suivie_le = null where scolarite_id = p_scolarite;
    return;
  end if;
  update affectation a set fin = greatest(debut, p_le) where scolarite_id = p.suite_id and fin is null
    and not exists (select from classe_niveau n where n.classe_id = a.classe_id and n.niveau = p.niveau_suivant);
  update scolarite s set niveau = p.niveau_suivant, version = version + 1,
    classe_id = (select n.classe_id from classe_niveau n where n.classe_id = s.classe_id and n.niveau = p.niveau_suivant)
  where id = p.suite_id and (etat = 'admis_accepte' or motif_annulation = 'depart') and niveau <> p.niveau_suivant;
end
$$;
revoke execute on function suivre_passage from public;
grant execute on function suivre_passage to be_directeur, be_ia;
