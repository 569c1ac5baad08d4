-- Who reads the journal (security.md §5, G15; AUD-9, AUD-10): everybody his own lines; the IA, who answers for the data,
-- what an account has seen and who has opened a file, to tell the families in case of a breach; the service informatique
-- the technical lines of the accounts that it looks after, which name no pupil.

create policy lire_les_siennes on journal for select
  to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique
  using (compte_id = (select portee_compte()));
grant select on journal to be_mairie, be_ien, be_service, be_college, be_statistique;
create index journal_technique on journal (le)
  where objet in ('compte', 'cle', 'habilitation', 'session', 'arret', 'departement', 'jeton_6e');

-- The lines of an account of the département, from an instant to another; the pupil is named while he is in the territory.
create function journal_du_compte(p_compte uuid, p_du timestamptz, p_au timestamptz)
returns table (le timestamptz, acte text, objet text, objet_id uuid, motif text, role text, lieu text, commune text,
  adresse text, ecole text, nom_famille text, nom_usage text, prenom text)
language sql stable security definer set search_path = public, pg_temp as $$
  with ligne as (
    select * from journal
    where compte_id = p_compte and journal.le >= p_du and journal.le < p_au and current_setting('be.role') = 'ia'
      and exists (select from compte c where c.id = p_compte and c.departement_code = portee_dsden())),
  mandat as (
    select h.habilitation_id, l.lieu, l.commune from (select distinct habilitation_id from ligne) h
    left join lateral lieu_de(h.habilitation_id) l on true)
  select j.le, j.acte, j.objet, j.objet_id, coalesce(j.motif, ''), j.role, coalesce(m.lieu, ''), coalesce(m.commune, ''),
    coalesce(j.adresse, ''), coalesce(ec.nom, ''), coalesce(e.nom_famille, ''), coalesce(e.nom_usage, ''), coalesce(e.prenom, '')
  from ligne j
  left join mandat m on m.habilitation_id = j.habilitation_id
  left join ecole ec on ec.uai = j.ecole_uai
  left join eleve e on j.objet = 'eleve' and e.id = j.objet_id and e.ecole_uai = any (portee_ecoles())
  order by j.le desc, j.id desc
$$;

-- The pupils whose file an account has opened, edited or taken out: whose families are told of a breach.
create function eleves_vus(p_compte uuid, p_du timestamptz, p_au timestamptz)
returns table (eleve_id uuid, fois bigint, premiere timestamptz, derniere timestamptz, ecole text, nom_famille text,
  nom_usage text, prenom text, date_naissance date)
language sql stable security definer set search_path = public, pg_temp as $$
  with vu as (
    select objet_id, count(*) as fois, min(journal.le) as premiere, max(journal.le) as derniere, max(ecole_uai) as ecole_uai
    from journal
    where compte_id = p_compte and journal.le >= p_du and journal.le < p_au and objet = 'eleve' and objet_id is not null
      and current_setting('be.role') = 'ia'
      and exists (select from compte c where c.id = p_compte and c.departement_code = portee_dsden())
    group by objet_id)
  select v.objet_id, v.fois, v.premiere, v.derniere, coalesce(ec.nom, ''), coalesce(e.nom_famille, ''), coalesce(e.nom_usage, ''),
    coalesce(e.prenom, ''), e.date_naissance
  from vu v
  left join eleve e on e.id = v.objet_id and e.ecole_uai = any (portee_ecoles())
  left join ecole ec on ec.uai = coalesce(e.ecole_uai, v.ecole_uai)
  order by e.cle_nom nulls last, v.objet_id
$$;

-- Who opened the file of a pupil of the territory, and when: each line with the name of the account.
create function ouvertures_du_dossier(p_eleve uuid)
returns table (le timestamptz, acte text, motif text, compte_id uuid, nom text, identifiant text, role text, lieu text,
  commune text, adresse text)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.le, j.acte, coalesce(j.motif, ''), j.compte_id, coalesce(c.prenom || ' ' || c.nom, ''), coalesce(c.identifiant, ''),
    j.role, coalesce(l.lieu, ''), coalesce(l.commune, ''), coalesce(j.adresse, '')
  from (
    select g.* from dossier_lisible(p_eleve) e join journal g on g.objet_id = e.id
    where current_setting('be.role') = 'ia'
    order by g.le desc, g.id desc limit 1000) j
  left join compte c on c.id = j.compte_id
  left join lateral lieu_de(j.habilitation_id) l on true
  order by j.le desc, j.id desc
$$;

-- Log-ins, keys, sessions, stops: what happens to the accounts of the département. No pupil, no object in clear.
create function journal_technique(p_du timestamptz, p_au timestamptz, p_compte uuid)
returns table (le timestamptz, acte text, motif text, par text, sur text, adresse text, total bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.le, j.acte, coalesce(j.motif, ''), coalesce(a.identifiant, ''), coalesce(o.identifiant, ''), coalesce(j.adresse, ''),
    count(*) over ()
  from journal j
  left join compte a on a.id = j.compte_id
  left join compte o on o.id = j.objet_id and j.objet = 'compte' and o.id <> j.compte_id
  where j.le >= p_du and j.le < p_au and j.objet in ('compte', 'cle', 'habilitation', 'session', 'arret', 'departement', 'jeton_6e')
    and current_setting('be.role') in ('service', 'ia')
    and (p_compte is null or j.compte_id = p_compte or o.id = p_compte)
    and portee_dsden() in (a.departement_code, o.departement_code)
  order by j.le desc, j.id desc
$$;
revoke all on function journal_du_compte, eleves_vus, ouvertures_du_dossier, journal_technique from public;
grant execute on function journal_du_compte, eleves_vus, ouvertures_du_dossier to be_ia;
grant execute on function journal_technique to be_service, be_ia;
