-- Where a pupil was on a past day (0022) is looked for pupil by pupil for those alone who have moved since: the periods
-- begun or ended after that day.
create index affectation_par_debut on affectation (ecole_uai, debut) include (scolarite_id);
create index affectation_par_fin on affectation (ecole_uai, fin) include (scolarite_id) where fin is not null;
