-- Children under the obligation of instruction who have left a school and have come to no other (domain.md §2.4, T21; art.
-- L131-5 and L131-6 of the code de l'éducation): the mayor of their residence and the inspection look for them. Their
-- file is with a school of anywhere; what is shown of them is what the register of the school they left carries.
create index scolarite_partie on scolarite (ecole_uai, date_radiation)
  where etat = 'radie' and motif_radiation not in ('entree_6e', 'deces', 'doublon', 'admission_erronee');
create index scolarite_partie_par_residence on scolarite (residence_insee, date_radiation)
  where etat = 'radie' and motif_radiation not in ('entree_6e', 'deces', 'doublon', 'admission_erronee');

-- What was found about such a child: dated, chosen in a list, no free text.
create table sans_ecole_suivi (
  id              uuid primary key,
  scolarite_id    uuid not null references scolarite,
  ecole_uai       text not null references ecole,
  residence_insee text,
  constat         text not null constraint constat_connu check (constat in ('recherche', 'signale', 'retrouve')),
  issue           text not null default '' constraint issue_connue check (issue in (
    '', 'autre_ecole', 'college', 'etranger', 'famille', 'autre_commune')),
  le              date not null,
  ecrit_le         timestamptz not null,
  role            text not null,
  compte_id       uuid not null,
  retire_le       timestamptz,
  constraint retrouve_quelque_part check ((constat = 'retrouve') = (issue <> ''))
);
create index sans_ecole_suivi_par_scolarite on sans_ecole_suivi (scolarite_id, ecrit_le);
alter table sans_ecole_suivi enable row level security;
create policy lire on sans_ecole_suivi for select to be_ien, be_ia using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_mairie on sans_ecole_suivi for select to be_mairie
  using (residence_insee = any ((select portee_communes())::text[]));
-- A mairie takes back what it has noted, the IA what anybody has.
create policy retirer on sans_ecole_suivi for update to be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy retirer_mairie on sans_ecole_suivi for update to be_mairie
  using (residence_insee = any ((select portee_communes())::text[]) and role = 'mairie');
grant select on sans_ecole_suivi to be_ien, be_ia, be_mairie;
grant update (retire_le) on sans_ecole_suivi to be_ia, be_mairie;

-- sans_ecole lists those of the open scope who were born between two days: residents of the commune for a mairie, pupils
-- of its schools for an inspection. Whether one has been admitted since is looked for in the whole nation. attendu: a
-- school, or the waiting list of a mairie, expects him. Those who are attached (CNED, establishment, family) are not here.
create function sans_ecole(p_du date, p_au date, p_le date)
returns table (id uuid, eleve_id uuid, nom_famille text, nom_usage text, prenom text, sexe text, date_naissance date,
  niveau text, ecole text, commune text, residence_insee text, parti_le date, motif text, destination text, attendu boolean,
  suivi_id uuid, constat text, issue text, constate_le date, constate_par text)
language sql stable security definer rows 200
set search_path = public, pg_temp set enable_bitmapscan = on set plan_cache_mode = force_custom_plan as $$
  with parti as (
    select s.* from scolarite s
    where current_setting('be.role') in ('ien', 'ia') and s.ecole_uai = any (portee_ecoles()) and s.etat = 'radie'
      and s.motif_radiation not in ('entree_6e', 'deces', 'doublon', 'admission_erronee')
    union all
    select s.* from scolarite s
    where current_setting('be.role') = 'mairie' and s.residence_insee = any (portee_communes()) and s.etat = 'radie'
      and s.motif_radiation not in ('entree_6e', 'deces', 'doublon', 'admission_erronee'))
  select s.id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance, s.niveau, e.nom, c.nom,
    coalesce(s.residence_insee, ''), s.date_radiation, s.motif_radiation,
    case when d.uai is null then s.destination else d.nom || ', ' || dc.nom end,
    exists (select from scolarite n where n.eleve_id = s.eleve_id and n.annee >= s.annee and n.etat in ('admissible', 'admis_accepte'))
      or exists (select from inscription i where i.eleve_id = s.eleve_id and i.annee >= s.annee and i.etat in ('en_attente', 'inscrit')),
    v.id, coalesce(v.constat, ''), coalesce(v.issue, ''), v.le, coalesce(v.role, '')
  from parti s join ecole e on e.uai = s.ecole_uai join commune c on c.insee = e.commune_insee
  left join ecole d on d.uai = s.destination_uai left join commune dc on dc.insee = d.commune_insee
  left join lateral (select f.id, f.constat, f.issue, f.le, f.role from sans_ecole_suivi f
    where f.scolarite_id = s.id and f.retire_le is null order by f.ecrit_le desc, f.id limit 1) v on true
  where s.date_naissance > p_du and s.date_naissance <= p_au and s.date_radiation <= p_le
    and not exists (select from scolarite n where n.eleve_id = s.eleve_id and n.id <> s.id
      and (n.etat = 'admis_definitif' and (n.annee > s.annee or n.date_admission >= s.date_radiation)
        or n.etat = 'radie' and n.date_radiation > s.date_radiation))
    and not exists (select from rattachement r where r.eleve_id = s.eleve_id and r.debut <= p_le and (r.fin is null or r.fin >= p_le))
    and not exists (select from eleve x where x.id = s.eleve_id and x.etat in ('fusionne', 'errone'))
$$;
revoke execute on function sans_ecole from public;
grant execute on function sans_ecole to be_mairie, be_ien, be_ia;

-- noter_sans_ecole notes what was found about a child of the scope's list; false when he is not in it.
create function noter_sans_ecole(p_id uuid, p_scolarite uuid, p_constat text, p_issue text, p_le date, p_du date, p_au date,
  p_jour date, p_ecrit_le timestamptz)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('be.role') not in ('mairie', 'ia') then
    raise exception 'an inspection of circonscription reads only' using errcode = '42501';
  end if;
  insert into sans_ecole_suivi (id, scolarite_id, ecole_uai, residence_insee, constat, issue, le, ecrit_le, role, compte_id)
  select p_id, s.id, s.ecole_uai, s.residence_insee, p_constat, p_issue, p_le, p_ecrit_le, current_setting('be.role'), portee_compte()
  from sans_ecole(p_du, p_au, p_jour) l join scolarite s on s.id = l.id where l.id = p_scolarite;
  return found;
end
$$;
revoke execute on function noter_sans_ecole from public;
grant execute on function noter_sans_ecole to be_mairie, be_ia;
