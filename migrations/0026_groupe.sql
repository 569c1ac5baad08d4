-- The rest of the structure of a school for a year (domain.md §3.5, §3.8): several teachers for a class, groups across
-- classes, the ULIS, and who benefits from it or from an UPE2A. A pupil is counted once, in his class.

-- Who teaches a class besides its first teacher: names, no accounts. jours: « jeudi ».
create table classe_enseignant (
  classe_id uuid not null references classe on delete cascade,
  rang      smallint not null constraint rang_positif check (rang >= 1),
  ecole_uai text not null,
  nom       text not null constraint nom_ecrit check (nom <> ''),
  service   text not null constraint service_connu check (service in ('partage', 'complement', 'decharge', 'remplacement')),
  jours     text not null default '',
  primary key (classe_id, rang)
);

-- nature: what the group is for. Lessons of religion or of a language of origin have none: they are no data of the
-- closed list, and internal/domain/discret refuses labels that would say them.
create table groupe (
  id           uuid primary key,
  version      integer not null default 1,
  ecole_uai    text not null references ecole,
  annee        integer not null references annee_scolaire,
  libelle      text not null constraint libelle_ecrit check (libelle <> ''),
  nature       text not null constraint nature_connue check (nature in (
    'decloisonnement', 'apc', 'arts', 'sport', 'sortie', 'autre')),
  intervenant  text not null default '',
  effectif_max smallint constraint effectif_max_positif check (effectif_max > 0),
  copie_de     uuid references groupe on delete set null,
  constraint un_groupe_par_libelle unique (ecole_uai, annee, libelle)
);
create index groupe_par_copie on groupe (copie_de) where copie_de is not null;

-- A scolarité that is taken away with the preparation of its year leaves its groups.
create table groupe_eleve (
  groupe_id    uuid not null references groupe on delete cascade,
  scolarite_id uuid not null references scolarite on delete cascade,
  ecole_uai    text not null,
  primary key (groupe_id, scolarite_id)
);
create index groupe_eleve_par_scolarite on groupe_eleve (scolarite_id);

-- The ULIS of a school for a year. Its category has no column: it would be health data (Conseil d'État, 19 July 2010).
create table ulis (
  id           uuid primary key,
  version      integer not null default 1,
  ecole_uai    text not null references ecole,
  annee        integer not null references annee_scolaire,
  libelle      text not null constraint libelle_ecrit check (libelle <> ''),
  enseignant   text not null default '',
  salle        text not null default '',
  effectif_max smallint constraint effectif_max_positif check (effectif_max > 0),
  copie_de     uuid references ulis on delete set null,
  constraint une_ulis_par_ecole_et_par_annee unique (ecole_uai, annee)
);
create index ulis_par_copie on ulis (copie_de) where copie_de is not null;

-- The periods in which a pupil benefits from the ULIS of the school, or from an UPE2A: dates alone (domain.md §3.5). The
-- school's own: the next school does not see them. No mairie reads them.
create table beneficiaire (
  id         uuid primary key,
  version    integer not null default 1,
  eleve_id   uuid not null references eleve,
  ecole_uai  text not null references ecole,
  dispositif text not null constraint dispositif_connu check (dispositif in ('ulis', 'upe2a')),
  debut      date not null,
  fin        date,
  constraint benefice_dans_l_ordre check (debut <= fin),
  constraint un_seul_benefice_a_la_fois exclude using gist (
    eleve_id with =, ecole_uai with =, dispositif with =, daterange(debut, fin, '[]') with &&)
);
create index beneficiaire_par_ecole on beneficiaire (ecole_uai, dispositif, eleve_id);

alter table classe_enseignant enable row level security;
alter table groupe enable row level security;
alter table groupe_eleve enable row level security;
alter table ulis enable row level security;
alter table beneficiaire enable row level security;

create policy lire on classe_enseignant for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on classe_enseignant to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on groupe to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on groupe_eleve to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire on ulis for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on ulis to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire on beneficiaire for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on beneficiaire to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));

grant select on classe_enseignant, ulis, beneficiaire to be_directeur, be_ien, be_ia;
grant insert, update, delete on classe_enseignant, ulis, beneficiaire to be_directeur;
grant select, insert, update, delete on groupe to be_directeur;
grant select, insert, delete on groupe_eleve to be_directeur;
create trigger historier after insert or update or delete on beneficiaire for each row execute function historier();
