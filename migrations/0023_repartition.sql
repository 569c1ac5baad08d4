-- The board of /repartition (domain.md §5.4): scenarios beside the répartition in force, which is scolarite.classe_id; the
-- rules that hold for a year; and each movement of pupils, with what was before it, so that it can be taken back.

create table scenario (
  id          uuid primary key,
  version     integer not null default 1,
  ecole_uai   text not null references ecole,
  annee       integer not null references annee_scolaire,
  nom         text not null constraint nom_ecrit check (nom <> ''),
  -- What is wished for brothers and sisters of whom no rule says anything.
  fratrie     text not null default 'indifferent' constraint fratrie_connue check (fratrie in (
    'indifferent', 'ensemble', 'separes')),
  cree_le     timestamptz not null,
  modifie_le  timestamptz not null,
  publie_le   timestamptz,
  supprime_le timestamptz,
  constraint modifie_apres check (modifie_le >= cree_le)
);
create unique index un_nom_par_scenario on scenario (ecole_uai, annee, lower(nom)) where supprime_le is null;
create index scenario_par_ecole on scenario (ecole_uai, annee, cree_le);

-- Where a scenario puts a pupil; a class of null is a pupil taken out of his. a_la_main: no proposal moves him.
create table scenario_place (
  scenario_id uuid not null references scenario on delete cascade,
  eleve_id    uuid not null references eleve on delete cascade,
  version     integer not null default 1,
  ecole_uai   text not null,
  classe_id   uuid references classe on delete set null,
  a_la_main   boolean not null,
  primary key (scenario_id, eleve_id)
);
create index scenario_place_par_eleve on scenario_place (eleve_id);
create index scenario_place_par_classe on scenario_place (classe_id) where classe_id is not null;

-- Pupils to be kept together or apart, for every scenario of a year. No motive: the law leaves no place for one.
create table regle (
  id        uuid primary key,
  version   integer not null default 1,
  ecole_uai text not null references ecole,
  annee     integer not null references annee_scolaire,
  nature    text not null constraint nature_connue check (nature in ('ensemble', 'separes')),
  faite_le  timestamptz not null,
  levee_le  timestamptz,
  constraint levee_apres check (levee_le >= faite_le)
);
create index regle_par_ecole on regle (ecole_uai, annee);
create table regle_eleve (
  regle_id  uuid not null references regle on delete cascade,
  eleve_id  uuid not null references eleve on delete cascade,
  ecole_uai text not null,
  primary key (regle_id, eleve_id)
);
create index regle_eleve_par_eleve on regle_eleve (eleve_id);

-- scenario_id: none when it is the répartition in force that moved. source_id: the scenario published.
create table mouvement (
  id          uuid primary key,
  version     integer not null default 1,
  ecole_uai   text not null references ecole,
  annee       integer not null references annee_scolaire,
  scenario_id uuid references scenario on delete cascade,
  source_id   uuid references scenario on delete set null,
  genre       text not null constraint genre_connu check (genre in ('placement', 'publication', 'proposition')),
  fait_le     timestamptz not null,
  annule_le   timestamptz,
  constraint annule_apres check (annule_le >= fait_le)
);
create index mouvement_par_ecole on mouvement (ecole_uai, annee, fait_le);
create index mouvement_par_scenario on mouvement (scenario_id) where scenario_id is not null;
create index mouvement_par_source on mouvement (source_id) where source_id is not null;

-- avant, apres: classes, without a key, since one may be taken away. garde: somebody moved him since, the undo left him.
create table mouvement_ligne (
  mouvement_id    uuid not null references mouvement on delete cascade,
  eleve_id        uuid not null references eleve on delete cascade,
  ecole_uai       text not null,
  avant           uuid,
  apres           uuid,
  a_la_main_avant boolean not null,
  garde           boolean not null default false,
  primary key (mouvement_id, eleve_id)
);
create index mouvement_ligne_par_eleve on mouvement_ligne (eleve_id);

alter table scenario enable row level security;
alter table scenario_place enable row level security;
alter table regle enable row level security;
alter table regle_eleve enable row level security;
alter table mouvement enable row level security;
alter table mouvement_ligne enable row level security;

create policy ecrire on scenario to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on scenario_place to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on regle to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on regle_eleve to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on mouvement to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on mouvement_ligne to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));

grant select, insert, update, delete on scenario, scenario_place, regle, regle_eleve, mouvement, mouvement_ligne to be_directeur;
