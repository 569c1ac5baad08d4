-- The IA reads the file that it has opened for a child whom no school holds (0042): the mairie where he lives holds it, and
-- the département alone has attached him. His number, and who looks like him, are then its business too: no directeur sees them.
create index rattachement_sans_ecole on rattachement (departement_code, eleve_id) where ecole_uai is null;

-- The children of whom that is true, empty to any other role.
create function hors_ecole_enfants() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct r.eleve_id), '{}') from rattachement r join eleve e on e.id = r.eleve_id
  where r.ecole_uai is null and r.departement_code = departement_de_l_ia() and e.ecole_uai is null
$$;

create function hors_ecole_responsables() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct l.responsable_id), '{}') from lien_responsable l where l.eleve_id = any (hors_ecole_enfants())
$$;

create function hors_ecole_adresses() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct a.id), '{}') from (
    select unnest(array[e.adresse_id, e.adresse2_id]) as id from eleve e where e.id = any (hors_ecole_enfants())
    union all
    select r.adresse_id from responsable r where r.id = any (hors_ecole_responsables())) a
  where a.id is not null
$$;
revoke execute on function hors_ecole_enfants, hors_ecole_responsables, hors_ecole_adresses from public;
grant execute on function hors_ecole_enfants, hors_ecole_responsables, hors_ecole_adresses to be_ia;

create policy lire_hors_ecole on eleve for select to be_ia using (id = any ((select hors_ecole_enfants())::uuid[]));
create policy lire_hors_ecole on lien_responsable for select to be_ia using (eleve_id = any ((select hors_ecole_enfants())::uuid[]));
create policy lire_hors_ecole on responsable for select to be_ia using (id = any ((select hors_ecole_responsables())::uuid[]));
create policy lire_hors_ecole on adresse for select to be_ia
  using (id = any ((select hors_ecole_adresses())::uuid[]) and (not protegee or (select portee_protegees())));
create policy lire_hors_ecole on immatriculation for select to be_ia using (eleve_id = any ((select hors_ecole_enfants())::uuid[]));
create policy decider_hors_ecole on immatriculation for update to be_ia using (eleve_id = any ((select hors_ecole_enfants())::uuid[]));
create policy lire_hors_ecole on ressemblance for select to be_ia using (eleve_id = any ((select hors_ecole_enfants())::uuid[]));
create policy decider_hors_ecole on ressemblance for update to be_ia using (eleve_id = any ((select hors_ecole_enfants())::uuid[]));

-- Whether the file of a child is in the territory of who asks.
create function dossier_dans_la_portee(p_eleve uuid, p_ecole text) returns boolean stable language sql
  return coalesce(p_ecole = any (portee_ecoles()), false)
    or current_setting('be.role') = 'ia' and coalesce(p_ecole, '') = '' and p_eleve = any (hors_ecole_enfants());
revoke execute on function dossier_dans_la_portee from public;

create or replace function dossier_lisible(p_eleve uuid) returns setof eleve
language sql stable security definer set search_path = public, pg_temp as $$
  select * from eleve
  where id = p_eleve and dossier_dans_la_portee(id, ecole_uai) and current_setting('be.role') in ('directeur', 'ia')
$$;

create or replace function controler_remplacement(p_garde uuid, p_remplace uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from eleve e where e.id in (p_garde, p_remplace)
      and (dossier_dans_la_portee(e.id, e.ecole_uai) or e.mairie_insee = any (portee_communes()))) < 2
    and not exists (select from ressemblance where eleve_id = p_garde and candidat_id = p_remplace
      and decision = 'meme' and dossier_dans_la_portee(eleve_id, ecole_uai)) then
    raise exception 'files % and % are not both in the territory', p_garde, p_remplace using errcode = '42501';
  end if;
end
$$;

create or replace function poser_ine(p_eleve uuid, p_ine text, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ancien text;
begin
  select ine into ancien from immatriculation
  where eleve_id = p_eleve and dossier_dans_la_portee(eleve_id, ecole_uai) and etat <> 'remplace' for update;
  if not found then
    raise exception 'pupil % is outside the territory', p_eleve using errcode = '42501';
  end if;
  if exists (select from immatriculation where ine = p_ine and eleve_id <> p_eleve)
    or exists (select from ine_alias where ine = p_ine and eleve_id <> p_eleve) then
    raise exception 'this number is another pupil''s' using errcode = '23505', constraint = 'un_ine_un_eleve';
  end if;
  delete from ine_alias where ine = p_ine;
  update immatriculation set ine = p_ine, etat = 'attribue', raison = '', attribue_le = p_le, depuis = p_le,
    version = version + 1 where eleve_id = p_eleve;
  insert into ine_alias (ine, eleve_id, ancien_id, le) select ancien, p_eleve, p_eleve, p_le where ancien <> p_ine;
  delete from ressemblance where eleve_id = p_eleve and decision = '';
end
$$;

create or replace function voir_ressemblances(p_eleve uuid, p_le date)
returns table (candidat_id uuid, version int, raisons text[], decision text, motif text, decide_le timestamptz,
  decide_par text, nom_famille text, nom_usage text, prenom text, prenom2 text, prenom3 text, sexe text,
  date_naissance date, ne_etranger boolean, commune_naissance_insee text, present boolean, ici boolean, protege boolean,
  fusionne boolean, ecole_uai text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.candidat_id, r.version, r.raisons, r.decision, r.motif, r.decide_le, coalesce(r.decide_par, ''), e.nom_famille,
    e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger,
    coalesce(e.commune_naissance_insee, ''),
    exists (select from scolarite s where s.eleve_id = e.id and s.etat in ('admissible', 'admis_accepte', 'admis_definitif')
      and s.fin_annee >= p_le),
    coalesce(e.ecole_uai = any (portee_ecoles()), false),
    exists (select from adresse a where a.id in (e.adresse_id, e.adresse2_id) and a.protegee),
    e.etat = 'fusionne', coalesce(e.ecole_uai, '')
  from ressemblance r join eleve e on e.id = r.candidat_id
  where r.eleve_id = p_eleve and dossier_dans_la_portee(r.eleve_id, r.ecole_uai) and (r.decision = '' or r.decide_le > p_le - 30)
  order by r.decision <> '', r.score desc, r.candidat_id
$$;
