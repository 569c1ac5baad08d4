-- The path by which a commune comes to the register: its mayor asks, the IA decides. What follows, the account, the key, the
-- training, the first log-in, is read where it happens. demande_le: date of the mayor's letter. interlocuteur: whom to call.
create table raccordement (
  commune_insee    text primary key references commune,
  departement_code text not null references departement,
  demande_le       date not null,
  interlocuteur    text not null default '' constraint interlocuteur_court check (length(interlocuteur) <= 100),
  decision         text constraint decision_de_raccordement_connue check (decision in ('acceptee', 'refusee')),
  decision_le      date constraint decide_apres_la_demande check (decision_le >= demande_le),
  motif            text not null default '' constraint motif_de_raccordement_connu check (motif in ('', 'incomplete', 'materiel', 'reportee')),
  saisi_par        uuid not null references compte,
  saisi_le         timestamptz not null,
  decide_par       uuid references compte constraint deux_personnes check (decide_par is distinct from saisi_par),
  version          integer not null default 1,
  constraint decision_entiere check ((decision is null) = (decision_le is null) and (decision is null) = (decide_par is null)),
  constraint motif_d_un_refus check ((decision is not distinct from 'refusee') = (motif <> ''))
);
create index raccordement_par_departement on raccordement (departement_code);

-- A training: who is called, who came. public: for whom it is. etat of one called: 'convoque' until somebody says more.
create table formation (
  id               uuid primary key,
  departement_code text not null references departement,
  jour             date not null,
  heure            text not null constraint heure_de_formation check (heure ~ '^([01][0-9]|2[0-3])h[0-5][0-9]$'),
  lieu             text not null constraint lieu_de_formation check (length(lieu) between 1 and 100),
  public           text not null constraint public_de_formation check (public in ('directions', 'mairies', 'tous')),
  places           integer not null constraint places_de_formation check (places between 1 and 500),
  annulee_le       timestamptz,
  cree_par         uuid not null references compte,
  cree_le          timestamptz not null,
  version          integer not null default 1
);
create index formation_par_departement on formation (departement_code, jour);
create table formation_inscrit (
  formation_id uuid not null references formation on delete cascade,
  compte_id    uuid not null references compte,
  etat         text not null default 'convoque' constraint etat_de_presence check (etat in ('convoque', 'present', 'absent')),
  primary key (formation_id, compte_id)
);
create index formation_inscrit_par_compte on formation_inscrit (compte_id);

alter table raccordement enable row level security;
alter table formation enable row level security;
alter table formation_inscrit enable row level security;
create policy du_departement on raccordement to be_service, be_ia
  using (departement_code = (select portee_dsden())) with check (departement_code = (select portee_dsden()));
create policy du_departement on formation to be_service, be_ia
  using (departement_code = (select portee_dsden())) with check (departement_code = (select portee_dsden()));
create policy du_departement on formation_inscrit to be_service, be_ia
  using (exists (select from formation f where f.id = formation_id))
  with check (exists (select from formation f where f.id = formation_id) and exists (select from compte c where c.id = compte_id));

grant select on raccordement, formation, formation_inscrit to be_service, be_ia;
grant insert (commune_insee, departement_code, demande_le, interlocuteur, saisi_par, saisi_le) on raccordement to be_service;
grant update (demande_le, interlocuteur, saisi_par, saisi_le, version), delete on raccordement to be_service;
grant update (decision, decision_le, motif, decide_par, version) on raccordement to be_ia;
grant insert, update (jour, heure, lieu, public, places, annulee_le, version) on formation to be_service;
grant insert, update (etat), delete on formation_inscrit to be_service;
