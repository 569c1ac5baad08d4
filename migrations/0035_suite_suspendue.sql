-- What a departure closes of the year to come (0020), and what it opens again when it is taken back: the place that the
-- pupil had that day, and no other. It closes nothing of a year in which he is already.

-- suspendue: closed because he leaves before that year begins; it goes on if he stays after all.
alter table affectation add column suspendue boolean not null default false;
alter table affectation add constraint suspendue_si_fermee check (fin is not null or not suspendue);

-- Until now it was guessed: the last period, when it is empty.
update affectation set suspendue = true where id in (
  select distinct on (s.id) a.id from scolarite s join affectation a on a.scolarite_id = s.id
  where s.motif_annulation = 'depart' and a.fin = a.debut
    and not exists (select from affectation b where b.scolarite_id = s.id and b.debut > a.debut)
  order by s.id, a.id);

create or replace function depart_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_suite uuid;
begin
  if coalesce(current_setting('be.restructuration', true), '') <> '' then
    return null;
  end if;
  update periscolaire set fin = new.date_radiation where eleve_id = new.eleve_id and annee = new.annee;
  for v_suite in select id from scolarite
    where eleve_id = new.eleve_id and ecole_uai = new.ecole_uai and annee > new.annee for update loop
    if new.date_radiation is not null then
      update scolarite set etat = 'annulee', classe_id = null, motif_annulation = 'depart', version = version + 1
      where id = v_suite and etat in ('admissible', 'admis_accepte');
      if found then
        update affectation set fin = debut, suspendue = true where scolarite_id = v_suite and fin is null;
      end if;
    else
      perform rouvrir_suite(v_suite);
    end if;
  end loop;
  return null;
end
$$;

-- The class may have changed its niveaux since, or the pupil his: then he is placed in none.
create or replace function rouvrir_suite(p_suite uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_classe uuid;
begin
  if not exists (select from scolarite where id = p_suite and motif_annulation = 'depart') then
    return;
  end if;
  update affectation a set fin = null, suspendue = false from scolarite s, classe_niveau n
  where a.scolarite_id = p_suite and a.suspendue and s.id = p_suite and n.classe_id = a.classe_id and n.niveau = s.niveau
  returning a.classe_id into v_classe;
  update affectation set suspendue = false where scolarite_id = p_suite and suspendue;
  update scolarite set etat = case when niveau is null then 'admissible' else 'admis_accepte' end, motif_annulation = '',
    classe_id = v_classe, version = version + 1
  where id = p_suite;
end
$$;
