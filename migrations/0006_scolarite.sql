-- The life of a pupil in the register: inscription (act of the mairie), scolarité (acts of the directeur),
-- affectation in a class. Transitions: domain.md §2.3; the functions that make them: internal/domain.
--
-- inscription and scolarite carry the identity as the register of the school carries it. It follows the pupil's
-- while the line is open and stays as it was once closed: this is the registre des élèves inscrits, the only thing
-- kept after the file has gone to another school (design.md §2.7). Lists are so read from one table.

create table classe (
  id            uuid primary key,
  version       integer not null default 1,
  ecole_uai     text not null references ecole,
  annee         integer not null references annee_scolaire,
  libelle_court text not null constraint libelle_ecrit check (libelle_court <> ''),
  libelle_long  text not null default '',
  enseignant    text not null default '',
  salle         text not null default '',
  effectif_max  smallint constraint effectif_max_positif check (effectif_max > 0),
  constraint un_libelle_par_ecole_et_par_annee unique (ecole_uai, annee, libelle_court),
  unique (id, ecole_uai, annee)
);

create table classe_niveau (
  classe_id uuid not null references classe on delete cascade,
  ecole_uai text not null,
  niveau    text not null constraint niveau_connu
    check (niveau in ('TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2')),
  primary key (classe_id, niveau)
);

-- derogation: motive of a request outside the sector, '' when there is none.
create table inscription (
  id               uuid primary key,
  version          integer not null default 1,
  eleve_id         uuid not null references eleve,
  annee            integer not null references annee_scolaire,
  commune_insee    text not null references commune,
  ecole_uai        text references ecole,
  etat             text not null constraint etat_connu
    check (etat in ('en_attente', 'inscrit', 'transformee', 'annulee', 'refusee')),
  niveau           text constraint niveau_connu
    check (niveau in ('TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2')),
  date_demande     date not null,
  date_inscription date,
  derogation       text not null default '' constraint derogation_connue check (derogation in (
    '', 'fratrie', 'garde', 'travail', 'sante', 'proximite', 'autre')),
  motif_annulation text not null default '' constraint motif_connu check (motif_annulation in (
    '', 'double_demande', 'derogation_refusee', 'famille_renonce', 'jamais_venu', 'erreur_saisie')),
  saisie_par       text not null constraint saisie_par_la_mairie_ou_l_ecole check (saisie_par in ('mairie', 'ecole')),
  residence_insee  text,
  nom_famille      text not null,
  nom_usage        text not null,
  prenom           text not null,
  sexe             text not null,
  date_naissance   date not null,
  -- Lists are ordered by the name they show; the name of birth stays among the words that a search finds.
  cle_nom          text collate "C" not null generated always as (cle_nom(
    case when nom_usage = '' then nom_famille || ' ' || prenom
      else nom_usage || ' ' || prenom || ' ' || nom_famille end)) stored,
  constraint inscrit_dans_une_ecole_a_une_date check (
    etat not in ('inscrit', 'transformee') or (ecole_uai is not null and date_inscription is not null)),
  constraint inscription_apres_la_demande check (date_inscription >= date_demande),
  constraint annulee_avec_son_motif check ((etat in ('annulee', 'refusee')) = (motif_annulation <> ''))
);
create unique index une_inscription_ouverte_par_eleve_et_par_annee on inscription (eleve_id, annee)
  where etat in ('en_attente', 'inscrit');
create index inscription_par_ecole on inscription (ecole_uai, annee, etat, cle_nom);
create index inscription_par_commune on inscription (commune_insee, annee, etat, cle_nom);
create index inscription_par_residence on inscription (residence_insee, annee);
create index inscription_par_eleve on inscription (eleve_id);

-- date_radiation: the first day on which the pupil no longer belongs to the school.
-- fin_annee: the last day of the school year, so that a pupil who stays has one line a year.
create table scolarite (
  id               uuid primary key,
  version          integer not null default 1,
  eleve_id         uuid not null references eleve,
  ecole_uai        text not null references ecole,
  annee            integer not null references annee_scolaire,
  fin_annee        date not null,
  inscription_id   uuid references inscription,
  etat             text not null constraint etat_connu
    check (etat in ('admissible', 'admis_accepte', 'admis_definitif', 'radie', 'annulee')),
  niveau           text constraint niveau_connu
    check (niveau in ('TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2')),
  classe_id        uuid,
  date_effet       date,
  date_admission   date,
  date_radiation   date,
  motif_radiation  text not null default '' constraint motif_connu check (motif_radiation in (
    '', 'demenagement', 'changement_ecole_commune', 'passage_autre_ecole', 'entree_6e', 'ecole_privee',
    'ecole_publique', 'depart_etranger', 'instruction_famille', 'cned', 'esms_hopital', 'non_frequentation',
    'admission_erronee', 'deces', 'doublon')),
  destination_uai  text references ecole,
  destination      text not null default '',
  motif_annulation text not null default '' constraint annulation_connue check (motif_annulation in (
    '', 'double_demande', 'derogation_refusee', 'famille_renonce', 'jamais_venu', 'erreur_saisie')),
  residence_insee  text,
  nom_famille      text not null,
  nom_usage        text not null,
  prenom           text not null,
  sexe             text not null,
  date_naissance   date not null,
  -- Lists are ordered by the name they show; the name of birth stays among the words that a search finds.
  cle_nom          text collate "C" not null generated always as (cle_nom(
    case when nom_usage = '' then nom_famille || ' ' || prenom
      else nom_usage || ' ' || prenom || ' ' || nom_famille end)) stored,
  constraint admis_avec_niveau_et_date_d_effet check (
    etat in ('admissible', 'annulee') or (niveau is not null and date_effet is not null)),
  constraint definitif_si_et_seulement_si_date check (
    (etat in ('admis_definitif', 'radie')) = (date_admission is not null)),
  constraint radie_si_et_seulement_si_date_et_motif check (
    (etat = 'radie') = (date_radiation is not null) and (etat = 'radie') = (motif_radiation <> '')),
  constraint annulee_avec_son_motif check ((etat = 'annulee') = (motif_annulation <> '')),
  constraint effet_puis_admission_puis_radiation check (
    date_effet <= date_admission and date_admission <= date_radiation),
  constraint en_classe_si_admis check (classe_id is null or etat in ('admis_accepte', 'admis_definitif', 'radie')),
  constraint classe_de_la_meme_ecole_et_de_la_meme_annee
    foreign key (classe_id, ecole_uai, annee) references classe (id, ecole_uai, annee),
  constraint classe_qui_ouvre_le_niveau foreign key (classe_id, niveau) references classe_niveau (classe_id, niveau),
  constraint une_seule_admission_definitive_a_la_fois exclude using gist (
    eleve_id with =,
    daterange(date_admission, least(coalesce(date_radiation, fin_annee + 1), fin_annee + 1), '[)') with &&
  ) where (date_admission is not null)
);
create unique index une_scolarite_ouverte_par_ecole_et_par_annee on scolarite (eleve_id, ecole_uai, annee)
  where etat in ('admissible', 'admis_accepte', 'admis_definitif');
-- Carries sexe: the effectifs of a département are counted from the index alone.
-- What is included lets figures be counted from the index alone, by a mairie too, whose policy asks for the residence.
create index scolarite_par_ecole on scolarite (ecole_uai, annee, etat, niveau, cle_nom) include (sexe, residence_insee);
create index scolarite_par_nom on scolarite (ecole_uai, annee, cle_nom);
create index scolarite_par_classe on scolarite (classe_id, cle_nom);
create index scolarite_par_residence on scolarite (residence_insee, annee, etat) include (ecole_uai);
create index scolarite_par_eleve on scolarite (eleve_id, annee);
create index scolarite_par_inscription on scolarite (inscription_id);

-- The periods a scolarité spent in each class: scolarite.classe_id is the present one, this its history.
create table affectation (
  id           uuid primary key default gen_random_uuid(),
  scolarite_id uuid not null references scolarite,
  ecole_uai    text not null,
  classe_id    uuid not null references classe,
  debut        date not null,
  fin          date,
  constraint affectation_dans_l_ordre check (fin is null or debut <= fin)
);
create unique index une_affectation_ouverte_par_scolarite on affectation (scolarite_id) where fin is null;
create index affectation_par_classe on affectation (classe_id);

alter table classe enable row level security;
alter table classe_niveau enable row level security;
alter table inscription enable row level security;
alter table scolarite enable row level security;
alter table affectation enable row level security;

create policy lire on classe for select to be_directeur, be_ien, be_ia, be_mairie
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on classe to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire on classe_niveau for select to be_directeur, be_ien, be_ia, be_mairie
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on classe_niveau to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire on affectation for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on affectation to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));

create policy lire on inscription for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on inscription to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_mairie on inscription for select to be_mairie
  using (commune_insee = any ((select portee_communes())::text[]) or residence_insee = any ((select portee_communes())::text[]));
-- A mairie inscribes in its own commune's schools, or puts on its own waiting list.
create policy ecrire_mairie on inscription to be_mairie
  using (commune_insee = any ((select portee_communes())::text[]))
  with check (commune_insee = any ((select portee_communes())::text[])
    and (ecole_uai is null or ecole_uai = any ((select portee_ecoles())::text[])));

create policy lire on scolarite for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on scolarite to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
-- The residence first: one commune to compare, where Paris has 1,455 schools.
create policy lire_mairie on scolarite for select to be_mairie
  using (residence_insee = any ((select portee_communes())::text[]) or ecole_uai = any ((select portee_ecoles())::text[]));

grant select on classe, classe_niveau, inscription, scolarite to be_mairie, be_directeur, be_ien, be_ia;
grant select on affectation to be_directeur, be_ien, be_ia;
grant insert, update, delete on classe, classe_niveau to be_directeur;
grant insert, update on inscription to be_mairie, be_directeur;
grant insert, update on scolarite, affectation to be_directeur;

-- A line of the register takes the pupil's identity when it is opened…
create function registre_copie() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select residence_insee, nom_famille, nom_usage, prenom, sexe, date_naissance
  into new.residence_insee, new.nom_famille, new.nom_usage, new.prenom, new.sexe, new.date_naissance
  from eleve where id = new.eleve_id;
  return new;
end
$$;
create trigger registre_copie before insert on inscription for each row execute function registre_copie();
create trigger registre_copie before insert on scolarite for each row execute function registre_copie();

-- … and follows it until it is closed. The links to the responsables follow the pupil's territory.
create function eleve_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update lien_responsable
  set ecole_uai = new.ecole_uai, mairie_insee = new.mairie_insee, residence_insee = new.residence_insee
  where eleve_id = new.id and (ecole_uai, mairie_insee, residence_insee)
    is distinct from (new.ecole_uai, new.mairie_insee, new.residence_insee);
  if (old.residence_insee, old.nom_famille, old.nom_usage, old.prenom, old.sexe, old.date_naissance)
    is distinct from (new.residence_insee, new.nom_famille, new.nom_usage, new.prenom, new.sexe, new.date_naissance) then
    update inscription set residence_insee = new.residence_insee, nom_famille = new.nom_famille,
      nom_usage = new.nom_usage, prenom = new.prenom, sexe = new.sexe, date_naissance = new.date_naissance
    where eleve_id = new.id and etat in ('en_attente', 'inscrit', 'transformee');
    update scolarite set residence_insee = new.residence_insee, nom_famille = new.nom_famille,
      nom_usage = new.nom_usage, prenom = new.prenom, sexe = new.sexe, date_naissance = new.date_naissance
    where eleve_id = new.id and etat in ('admissible', 'admis_accepte', 'admis_definitif');
  end if;
  return null;
end
$$;
create trigger eleve_suit after update on eleve for each row execute function eleve_suit();

-- What one may know of a child outside one's territory when one is about to register him: that he exists, where,
-- in which state (domain.md §1.4). Full name and exact birth date are needed, so nothing can be leafed through.
create function chercher_ailleurs(p_nom text, p_prenom text, p_naissance date)
returns table (eleve_id uuid, nom_famille text, prenom text, sexe text, date_naissance date,
  ecole text, commune text, etat text)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, e.nom_famille, e.prenom, e.sexe, e.date_naissance,
    coalesce(ec.nom, ''), coalesce(c.nom, ''), coalesce(s.etat, 'inscrit')
  from eleve e
  left join ecole ec on ec.uai = e.ecole_uai
  left join commune c on c.insee = e.mairie_insee
  left join lateral (select etat from scolarite where eleve_id = e.id and etat <> 'annulee'
    order by annee desc, date_effet desc limit 1) s on true
  where e.date_naissance = p_naissance and e.cle_nom = cle_nom(p_nom || ' ' || p_prenom)
    and e.etat not in ('fusionne', 'errone')
  order by e.id
  limit 5
$$;
grant execute on function chercher_ailleurs to be_mairie, be_directeur;

-- prendre_le_dossier hands the file to the school that admits. Refused while another school still has the pupil:
-- the exclusion constraint says so for definitive admissions, this for the file itself.
create function prendre_le_dossier(p_eleve uuid, p_ecole text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_ecole <> all (portee_ecoles()) then
    raise exception 'school % is outside the territory', p_ecole using errcode = '42501';
  end if;
  if not exists (select from scolarite
      where eleve_id = p_eleve and ecole_uai = p_ecole and etat in ('admis_accepte', 'admis_definitif')) then
    raise exception 'pupil % is not accepted in school %', p_eleve, p_ecole using errcode = '42501';
  end if;
  update eleve set ecole_uai = p_ecole, tenu_par = 'ecole', version = version + 1
  where id = p_eleve and (ecole_uai, tenu_par) is distinct from (p_ecole, 'ecole')
    and not exists (select from scolarite
      where eleve_id = p_eleve and ecole_uai <> p_ecole and etat = 'admis_definitif');
end
$$;
grant execute on function prendre_le_dossier to be_directeur;
