-- Files that take long to make, or that two persons answer for: asked by a page, made beside the pages under the scope of
-- who asked, kept sealed for a day, then erased. demande holds codes and identifiers, never a name.

-- a_deux: the names of a whole département, or of a circonscription by who has the département, leave when somebody else
-- of its services has agreed (security.md ACL-11). The base says so itself, and lets no server begin before.
-- prise: how many times a server has begun; battement: its last sign of life. A server that was slower than its successor
-- gives nothing back, since its prise is over.
create table travail (
  id               uuid primary key,
  compte_id        uuid not null,
  habilitation_id  uuid not null,
  role             text not null,
  departement_code text references departement,
  demandeur        text not null,
  nature           text not null constraint nature_connue check (nature in ('extraction', 'ent', 'papier')),
  perimetre        text not null,
  demande          text not null,
  titre            text not null constraint titre_ecrit check (titre <> ''),
  total            integer not null constraint total_positif check (total >= 0),
  a_deux           boolean not null generated always as (
    role = 'ia' and nature in ('extraction', 'ent') and (perimetre = '' or perimetre like 'circonscription:%')) stored,
  etat             text not null constraint etat_connu check (etat in (
    'a_approuver', 'refuse', 'attente', 'en_cours', 'pret', 'echec', 'abandonne', 'expire')),
  demande_le       timestamptz not null,
  decide_par       uuid,
  decideur         text,
  decide_le        timestamptz,
  prise            integer not null default 0,
  battement        timestamptz,
  fait             integer not null default 0,
  raison           text not null default '',
  fini_le          timestamptz,
  nom              text not null default '',
  genre            text not null default '',
  taille           bigint not null default 0,
  garde_jusqu_au   timestamptz not null,
  constraint par_deux_personnes check (not a_deux or etat in ('a_approuver', 'refuse', 'abandonne', 'expire') or decide_par is not null),
  constraint nul_n_approuve_sa_demande check (decide_par <> compte_id),
  constraint a_deux_dans_un_departement check (not a_deux or departement_code is not null)
);
create index travail_par_compte on travail (compte_id, demande_le);
create index travail_a_faire on travail (demande_le) where etat in ('attente', 'en_cours');
create index travail_a_decider on travail (departement_code) where etat = 'a_approuver';
create index travail_par_fin on travail (garde_jusqu_au);

-- The file, cut in pieces that are sealed one by one (internal/domain/coffre), so that none is ever held whole.
create table travail_morceau (
  travail_id uuid not null references travail on delete cascade,
  rang       integer not null,
  contenu    bytea not null,
  primary key (travail_id, rang)
);
alter table travail_morceau alter contenu set storage external; -- sealed: it would be compressed in vain

create function portee_habilitation() returns uuid stable language sql
  return current_setting('be.habilitation')::uuid;
grant execute on function portee_habilitation to be_mairie, be_directeur, be_ien, be_ia, be_service;

alter table travail enable row level security;
alter table travail_morceau enable row level security;
create policy sien on travail to be_mairie, be_directeur, be_ien
  using (compte_id = (select portee_compte()) and habilitation_id = (select portee_habilitation()))
  with check (compte_id = (select portee_compte()) and habilitation_id = (select portee_habilitation())
    and 'be_' || role = current_user and departement_code is null);
create policy sien_ia on travail to be_ia
  using (compte_id = (select portee_compte()) and habilitation_id = (select portee_habilitation()))
  with check (compte_id = (select portee_compte()) and habilitation_id = (select portee_habilitation())
    and role = 'ia' and departement_code = (select portee_dsden()));
create policy a_decider on travail for select to be_ia, be_service
  using (departement_code = (select portee_dsden()) and a_deux);
create policy servir on travail to be_connexion using (true);
create policy sien on travail_morceau to be_mairie, be_directeur, be_ien, be_ia
  using (travail_id in (select t.id from travail t
    where t.compte_id = (select portee_compte()) and t.habilitation_id = (select portee_habilitation())));
create policy purger on travail_morceau to be_connexion using (true);

grant select on travail to be_mairie, be_directeur, be_ien, be_ia, be_service;
grant insert (id, compte_id, habilitation_id, role, departement_code, demandeur, nature, perimetre, demande, titre, total,
  etat, demande_le, garde_jusqu_au) on travail to be_mairie, be_directeur, be_ien, be_ia;
grant update (etat, fait, fini_le, nom, genre, taille, garde_jusqu_au) on travail to be_mairie, be_directeur, be_ien, be_ia;
grant select, insert, delete on travail_morceau to be_mairie, be_directeur, be_ien, be_ia;
grant select, delete on travail to be_connexion;
grant update (etat, prise, battement, fait, raison, fini_le, garde_jusqu_au) on travail to be_connexion;
grant select (travail_id), delete on travail_morceau to be_connexion;

-- decider_travail is the second person's word, the IA's or the service informatique's of the département, never the
-- asker's own. It says whether there was still something to decide.
create function decider_travail(p_id uuid, p_accord boolean, p_decideur text, p_le timestamptz, p_jusqu_au timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with fait as (
    update travail set etat = case when p_accord then 'attente' else 'refuse' end, decide_par = portee_compte(),
      decideur = p_decideur, decide_le = p_le, garde_jusqu_au = p_jusqu_au
    where id = p_id and etat = 'a_approuver' and a_deux and departement_code = portee_dsden() and compte_id <> portee_compte()
      and garde_jusqu_au > p_le and current_setting('be.role') in ('ia', 'service')
    returning id)
  select count(*) = 1 from fait
$$;
revoke all on function decider_travail from public;
grant execute on function decider_travail to be_ia, be_service;
