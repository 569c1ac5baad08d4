-- How many years of a pupil's primary scolarité a maintien has made longer, or a passage anticipé shorter, before a school
-- year, in whichever school it was decided (D321-6 of the code de l'éducation counts them for the pupil, not for his
-- school). Those read a number, who read a year of his.
create function exceptions_passees(p_eleve uuid, p_annee integer) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(distinct o.annee)::integer from scolarite o join passage d on d.scolarite_id = o.id
  where o.eleve_id = p_eleve and o.annee < p_annee and o.niveau = any ('{CP,CE1,CE2,CM1,CM2}')
    and d.decision in ('maintien', 'passage_anticipe') and d.etat in ('decide', 'confirme')
    and exists (select from scolarite s where s.eleve_id = p_eleve and s.ecole_uai = any (portee_ecoles()))
$$;
revoke execute on function exceptions_passees from public;
grant execute on function exceptions_passees to be_directeur, be_ien, be_ia;
