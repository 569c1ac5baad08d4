-- Effectifs on any day (domain.md §5.5): the dates of admission and radiation, the years of birth, the communes and the
-- classes are counted from the index alone. They all change with columns that were in an index already.
drop index scolarite_par_ecole;
create index scolarite_par_ecole on scolarite (ecole_uai, annee, etat, niveau, cle_nom)
  include (sexe, residence_insee, date_naissance, date_admission, date_radiation, classe_id);

-- The classes of a pupil, whose periods say where he was on a day.
create index affectation_par_scolarite on affectation (scolarite_id) include (ecole_uai, classe_id, debut, fin);
