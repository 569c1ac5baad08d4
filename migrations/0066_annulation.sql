-- The results of an election may be contested, and the inspection may annul it (arrêté of 13 May 1985). It is kept as it
-- was, with the day of the decision and why; another one is then prepared for the same year.
alter table election
  add column annulee_le date,
  add column annulation text not null default '' constraint annulation_connue check (
    annulation in ('', 'liste', 'candidature', 'scrutin', 'depouillement', 'autre')),
  add constraint annulation_datee check ((annulation = '') = (annulee_le is null)),
  add constraint annulee_apres_les_resultats check (annulee_le is null or proclamee_le is not null and annulee_le >= proclamee_le);

drop index une_election_par_ecole_et_par_annee;
create unique index une_election_par_ecole_et_par_annee on election (ecole_uai, annee) where annulee_le is null;
create index election_par_ecole on election (ecole_uai, annee);
