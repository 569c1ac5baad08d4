-- What becomes of each pupil at the end of the school year (domain.md §2.1, §5.6; N7): one line for a scolarité of the
-- year that ends. niveau_suivant: none for who leaves the primary school. quittant: his next school is another one.
-- A line is used once the scolarité of the next year, or the radiation, has come of it (suite_id, suivie_le).
create table passage (
  scolarite_id     uuid primary key references scolarite,
  version          integer not null default 1,
  ecole_uai        text not null references ecole,
  annee            integer not null references annee_scolaire,
  etat             text not null constraint etat_connu check (etat in (
    'propose', 'notifie', 'accepte', 'conteste', 'decide', 'en_recours', 'confirme')),
  decision         text not null constraint decision_connue check (decision in (
    'passage', 'maintien', 'passage_anticipe', 'passage_6e', 'ulis', 'segpa', 'autre')),
  niveau_suivant   text constraint niveau_connu check (niveau_suivant in (
    'TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2')),
  quittant         boolean not null,
  avis_ien         boolean not null default false,
  propose_le       date not null,
  notifie_le       date,
  repondu_le       date,
  desaccord        boolean not null default false,
  decide_le        date,
  recours_le       date,
  confirme_le      date,
  motif_correction text not null default '',
  suite_id         uuid references scolarite,
  suivie_le        timestamptz,
  constraint sans_niveau_suivant_on_quitte check (niveau_suivant is not null or quittant),
  constraint proposition_puis_reponse_puis_decision check (
    propose_le <= notifie_le and notifie_le <= repondu_le and propose_le <= decide_le and decide_le <= recours_le
    and recours_le <= confirme_le),
  constraint en_desaccord_si_reponse check (repondu_le is not null or not desaccord),
  constraint une_suite_a_un_jour check (suite_id is null or suivie_le is not null)
);
create index passage_par_ecole on passage (ecole_uai, annee, etat);
create unique index une_suite_pour_un_passage on passage (suite_id) where suite_id is not null;

alter table passage enable row level security;
create policy lire on passage for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on passage to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
grant select on passage to be_directeur, be_ien, be_ia;
grant insert, update, delete on passage to be_directeur;

-- A class copied from the one of the year before: the copy can be taken back, and pupils stay together.
alter table classe add column copie_de uuid references classe on delete set null;
create index classe_par_copie on classe (copie_de) where copie_de is not null;
