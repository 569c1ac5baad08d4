-- The election of the parents' representatives at the conseil d'école (art. D411-1 of the code de l'éducation, arrêté of
-- 13 May 1985). The directeur prepares it, the inspections read its dates and its figures; no mairie reads anything of it.
-- No history is kept of these rows: what is erased when the election is over must not stay elsewhere.

-- report: why the vote takes place after the seventh week. ouvre_a, ferme_a: minutes after midnight, of the polling station.
-- sieges: the number of classes on the day on which the list was fixed; none before. inscrits: how many are on that list,
-- for those who do not read it. departage: the lists of the oldest candidates, where the votes did not decide.
create table election (
  id           uuid primary key,
  version      integer not null default 1,
  ecole_uai    text not null references ecole,
  annee        integer not null references annee_scolaire,
  scrutin_le   date not null,
  report       text not null default '' constraint report_connu check (report in ('', 'autorite', 'annulation')),
  mode         text not null constraint mode_connu check (mode in ('urne', 'correspondance')),
  ouvre_a      smallint,
  ferme_a      smallint,
  reunion_le   date,
  sieges       smallint constraint sieges_positifs check (sieges > 0),
  arretee_le   date,
  inscrits     integer,
  votants      integer,
  nuls         integer,
  proclamee_le date,
  departage    uuid[] not null default '{}',
  constraint resultats_entiers check ((proclamee_le is null) = (votants is null) and (proclamee_le is null) = (nuls is null)),
  constraint votants_inscrits check (votants between 0 and inscrits),
  constraint nuls_parmi_les_votants check (nuls between 0 and votants),
  constraint heures_dans_l_ordre check ((ouvre_a is null) = (ferme_a is null) and ouvre_a < ferme_a),
  constraint liste_arretee_avec_ses_sieges check ((arretee_le is null) = (sieges is null) and (arretee_le is null) = (inscrits is null)),
  constraint liste_arretee_avant_le_scrutin check (arretee_le < scrutin_le),
  unique (id, ecole_uai)
);
create unique index une_election_par_ecole_et_par_annee on election (ecole_uai, annee);

-- Who votes, as the register said on the day on which the list was fixed. Nothing here is about a child, nor from whom one
-- holds the right to vote. numero: the rank in the list as it was fixed, then that of what was added to it.
-- responsable_id is no reference: the record may be merged or erased while the list stands.
-- tiers: exercises the parental authority in the place of the parents. personnel: of the school, hence not eligible (art. 1).
create table electeur (
  id             uuid primary key,
  election_id    uuid not null,
  ecole_uai      text not null,
  responsable_id uuid not null,
  numero         smallint not null constraint numero_positif check (numero > 0),
  civilite       text not null,
  nom_famille    text not null,
  nom_usage      text not null,
  prenom         text not null,
  organisme      text not null,
  cle_nom        text collate "C" not null generated always as (cle_nom(
    case when organisme <> '' then organisme when nom_usage <> '' then nom_usage || ' ' || prenom || ' ' || nom_famille
      else nom_famille || ' ' || prenom end)) stored,
  tiers          boolean not null,
  personnel      boolean not null default false,
  ajoute_le      date,
  retire_le      date,
  foreign key (election_id, ecole_uai) references election (id, ecole_uai) on delete cascade,
  constraint une_voix_par_electeur unique (election_id, responsable_id),
  constraint un_numero_par_electeur unique (election_id, numero)
);
create index electeur_par_ecole on electeur (ecole_uai, election_id, cle_nom);

-- A request to be put on the list or taken off it, and what the bureau des élections decides. nom: who is asked about, as
-- the list writes him.
create table reclamation (
  id             uuid primary key,
  version        integer not null default 1,
  election_id    uuid not null,
  ecole_uai      text not null,
  nature         text not null constraint nature_connue check (nature in ('ajout', 'retrait')),
  responsable_id uuid not null,
  nom            text not null,
  motif          text not null constraint motif_connu check (motif in (
    'autorite', 'arrivee', 'oubli', 'sans_autorite', 'depart', 'doublon', 'tiers', 'deces')),
  recue_le       date not null,
  decision       text not null default '' constraint decision_connue check (decision in ('', 'acceptee', 'rejetee')),
  decidee_le     date,
  foreign key (election_id, ecole_uai) references election (id, ecole_uai) on delete cascade,
  constraint decision_datee check ((decision = '') = (decidee_le is null)),
  constraint decidee_apres_la_demande check (decidee_le >= recue_le)
);
create index reclamation_par_election on reclamation (election_id, recue_le);

create table liste_candidats (
  id          uuid primary key,
  version     integer not null default 1,
  election_id uuid not null,
  ecole_uai   text not null,
  nom         text not null constraint nom_ecrit check (nom <> ''),
  deposee_le  date not null,
  suffrages   integer,
  titulaires  integer,
  suppleants  integer,
  foreign key (election_id, ecole_uai) references election (id, ecole_uai) on delete cascade,
  constraint un_nom_par_liste unique (election_id, nom),
  constraint resultats_entiers check ((suffrages is null) = (titulaires is null) and (suffrages is null) = (suppleants is null)),
  unique (id, ecole_uai)
);

-- nom: as the list of voters writes it; it outlives the voter, for the report of the election.
create table candidat (
  liste_id    uuid not null,
  rang        smallint not null constraint rang_positif check (rang > 0),
  ecole_uai   text not null,
  electeur_id uuid references electeur on delete set null,
  nom         text not null,
  elu         text not null default '' constraint elu_connu check (elu in ('', 'titulaire', 'suppleant')),
  primary key (liste_id, rang),
  foreign key (liste_id, ecole_uai) references liste_candidats (id, ecole_uai) on delete cascade,
  constraint candidat_sur_une_seule_liste unique (electeur_id) deferrable initially deferred
);

alter table election enable row level security;
alter table electeur enable row level security;
alter table reclamation enable row level security;
alter table liste_candidats enable row level security;
alter table candidat enable row level security;

create policy lire on election for select to be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on election to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on electeur to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on reclamation to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on liste_candidats to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire on liste_candidats for select to be_ien, be_ia using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on candidat to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));

grant select on election to be_directeur, be_ien, be_ia;
grant insert, update, delete on election to be_directeur;
grant select, insert, update, delete on electeur to be_directeur;
grant select, insert, update, delete on reclamation, liste_candidats, candidat to be_directeur;
grant select on liste_candidats to be_ien, be_ia;

-- oublier_elections erases the names of the voters, what was asked about them and who was not elected three months after the
-- vote. By then nobody may contest it any more: five days before the inspection, eight for it to answer (arrêté of 13 May
-- 1985), two months before the judge (art. R421-1 of the code de justice administrative). Those elected sit until the next
-- election: their names stay fifteen months. Dates and figures stay.
create function oublier_elections(p_le date) returns void
language sql security definer set search_path = public, pg_temp as $$
  with finie as (select id from election where scrutin_le < p_le - interval '3 months'),
  vieille as (select id from election where scrutin_le < p_le - interval '15 months'),
  demandes as (delete from reclamation where election_id in (select id from finie)),
  candidats as (
    delete from candidat where elu = '' and liste_id in (select l.id from liste_candidats l join finie f on f.id = l.election_id)
      or liste_id in (select l.id from liste_candidats l join vieille v on v.id = l.election_id))
  delete from electeur where election_id in (select id from finie)
$$;
revoke execute on function oublier_elections from public;
grant execute on function oublier_elections to be_connexion;
