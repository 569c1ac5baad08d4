-- Children under the obligation of instruction whom no class holds (domain.md §1.1, §2.4; N10): CNED, hospital,
-- specialised establishment, family. Each dated period hangs from a reference school, or from the département when there
-- is none. It is no scolarité, so that no school counts it among its own. Neither the establishment nor the family's
-- reason has a column: they would tell what a child suffers from.

-- The département of the IA that asks; null to any other role, an error outside an open scope.
create function departement_de_l_ia() returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select departement_code from habilitation
  where id = current_setting('be.habilitation')::uuid and role = 'ia' and portee_ecoles() is not null
$$;
revoke execute on function departement_de_l_ia from public;
grant execute on function departement_de_l_ia to be_ia;

-- fin: the last day. The identity is the register's copy (0006): it follows the child's until the period is closed.
create table rattachement (
  id               uuid primary key,
  version          integer not null default 1,
  eleve_id         uuid not null references eleve,
  ecole_uai        text references ecole,
  departement_code text not null references departement,
  modalite         text not null constraint modalite_connue check (modalite in ('cned', 'hopital', 'esms', 'famille')),
  debut            date not null,
  fin              date,
  residence_insee  text,
  nom_famille      text not null,
  nom_usage        text not null,
  prenom           text not null,
  sexe             text not null,
  date_naissance   date not null,
  cle_nom          text collate "C" not null generated always as (cle_nom(
    case when nom_usage = '' then nom_famille || ' ' || prenom
      else nom_usage || ' ' || prenom || ' ' || nom_famille end)) stored,
  constraint rattachement_dans_l_ordre check (debut <= fin),
  constraint un_seul_rattachement_a_la_fois exclude using gist (eleve_id with =, daterange(debut, fin, '[]') with &&)
);
create index rattachement_par_ecole on rattachement (ecole_uai, cle_nom);
create index rattachement_par_departement on rattachement (departement_code, cle_nom);
create index rattachement_par_residence on rattachement (residence_insee, cle_nom);

-- The département is that of the reference school, or of the IA that attaches.
create function rattachement_place() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.departement_code := coalesce(
    (select departement_code from ecole where uai = new.ecole_uai), new.departement_code, departement_de_l_ia());
  return new;
end
$$;
create trigger rattachement_place before insert or update of ecole_uai on rattachement
  for each row execute function rattachement_place();
create trigger registre_copie before insert on rattachement for each row execute function registre_copie();

create function rattachement_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update rattachement set residence_insee = new.residence_insee, nom_famille = new.nom_famille,
    nom_usage = new.nom_usage, prenom = new.prenom, sexe = new.sexe, date_naissance = new.date_naissance
  where eleve_id = new.id and fin is null;
  return null;
end
$$;
create trigger rattachement_suit after update on eleve for each row
  when (old.residence_insee is distinct from new.residence_insee
    or old.nom_famille is distinct from new.nom_famille
    or old.nom_usage is distinct from new.nom_usage
    or old.prenom is distinct from new.prenom
    or old.sexe is distinct from new.sexe
    or old.date_naissance is distinct from new.date_naissance)
  execute function rattachement_suit();

alter table rattachement enable row level security;
-- The directeur of the reference school, the IA, and the mairie of residence, who keeps the list of the obligation
-- (R131-3 of the code de l'éducation).
create policy lire on rattachement for select to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_ia on rattachement for select to be_ia using (departement_code = (select departement_de_l_ia()));
create policy lire_mairie on rattachement for select to be_mairie
  using (residence_insee = any ((select portee_communes())::text[]));
-- One attaches a child whose file one reads, to one's own.
create policy attacher on rattachement for insert to be_directeur
  with check (ecole_uai = any ((select portee_ecoles())::text[]) and exists (select from eleve e where e.id = eleve_id));
create policy modifier on rattachement for update to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy retirer on rattachement for delete to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
-- The IA decides where a child is attached, and writes nothing else about a pupil (design.md §3).
create policy attacher_ia on rattachement for insert to be_ia
  with check (departement_code = (select departement_de_l_ia()) and exists (select from eleve e where e.id = eleve_id));
create policy modifier_ia on rattachement for update to be_ia using (departement_code = (select departement_de_l_ia()));
create policy retirer_ia on rattachement for delete to be_ia using (departement_code = (select departement_de_l_ia()));

grant select on rattachement to be_directeur, be_ia, be_mairie;
grant insert (id, eleve_id, ecole_uai, modalite, debut, fin), delete on rattachement to be_directeur, be_ia;
grant update (version, ecole_uai, modalite, debut, fin) on rattachement to be_directeur, be_ia;
create trigger historier after insert or update or delete on rattachement for each row execute function historier();
