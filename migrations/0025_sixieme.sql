-- The entry to the collège (domain.md §5.14): the season in which collèges fetch their pupils, to which collège the IA
-- assigns each, what was handed over and acknowledged, and the tokens by which the programs of a collège fetch.
--
-- A collège reads no table of the register. It reads two views, which know its pupils alone, in the season alone, and
-- until it has acknowledged them (security.md §5, rule 4).

-- The dates of a département for a rentrée; without a line, from 1 June to 30 September.
create table campagne_6e (
  departement_code text not null references departement,
  annee            integer not null references annee_scolaire,
  version          integer not null default 1,
  debut            date not null,
  fin              date not null,
  primary key (departement_code, annee),
  constraint saison_dans_l_ordre check (debut <= fin),
  constraint saison_autour_de_la_rentree check (debut >= make_date(annee - 1, 9, 1) and fin <= make_date(annee, 12, 31))
);

-- One act of the IA on many pupils, undone as one.
create table lot_6e (
  id               uuid primary key,
  version          integer not null default 1,
  departement_code text not null references departement,
  annee            integer not null references annee_scolaire,
  fichier          text not null default '', -- its name, '' for a form
  eleves           integer not null,
  fait_le          timestamptz not null,
  compte_id        uuid not null,
  annule_le        timestamptz,
  conserves        integer not null default 0, -- those that the undo left as they were
  constraint annule_apres check (annule_le >= fait_le)
);
create index lot_6e_par_departement on lot_6e (departement_code, annee, fait_le);

-- annee: of the rentrée in 6e. numero: of the pupil in the files of the collège, given once, in order. ecole_uai follows
-- the file of the pupil. A line that another one replaces, or that is taken back, stays.
create table affectation_6e (
  id          uuid primary key,
  version     integer not null default 1,
  eleve_id    uuid not null references eleve,
  ecole_uai   text not null,
  annee       integer not null references annee_scolaire,
  college_uai text not null references college,
  numero      integer not null constraint numero_de_cinq_chiffres check (numero between 1 and 9999),
  etat        text not null default 'affecte' constraint etat_connu check (etat in ('affecte', 'recu', 'remplace', 'annule')),
  affecte_le  timestamptz not null,
  lot_id      uuid not null references lot_6e,
  remplace_lot uuid references lot_6e, -- by which it was replaced
  recu_le     timestamptz,
  recu_par    uuid,
  constraint un_numero_par_college unique (college_uai, annee, numero),
  constraint recu_a_une_date check ((recu_le is null) = (recu_par is null) and (etat <> 'recu' or recu_le is not null)),
  constraint remplace_par_un_lot check ((etat = 'remplace') = (remplace_lot is not null))
);
create unique index une_affectation_6e_par_eleve on affectation_6e (eleve_id, annee) where etat in ('affecte', 'recu');
create index affectation_6e_par_ecole on affectation_6e (ecole_uai, annee, etat);
create index affectation_6e_par_lot on affectation_6e (lot_id);
create index affectation_6e_remplacee on affectation_6e (remplace_lot) where remplace_lot is not null;

-- A file of assignments sent and not applied yet.
create table depot_6e (
  id               uuid primary key,
  departement_code text not null references departement,
  compte_id        uuid not null,
  annee            integer not null references annee_scolaire,
  nom              text not null,
  contenu          bytea not null,
  plan             jsonb not null, -- what it would change, as it was worked out when it came
  le               timestamptz not null
);
create index depot_6e_par_date on depot_6e (le);

-- What a collège fetched, and what it acknowledged: numero is that of the sending, increasing.
create table remise_6e (
  college_uai      text not null references college,
  annee            integer not null references annee_scolaire,
  numero           integer not null,
  departement_code text not null references departement,
  forme            text not null constraint forme_connue check (forme in (
    'liste', 'import_eleves', 'eleves', 'responsables', 'api', 'accuse')),
  le               timestamptz not null,
  compte_id        uuid not null,
  primary key (college_uai, annee, numero)
);

-- A token is an account of its own, that no password opens, with one habilitation of the collège: what it reads is
-- bounded as for a person, and the journal tells it from one. Only its SHA-256 is kept; indice is its beginning.
create table jeton_6e (
  id               uuid primary key,
  version          integer not null default 1,
  college_uai      text not null references college,
  departement_code text not null references departement,
  empreinte        bytea not null constraint empreinte_unique unique constraint empreinte_sha256 check (length(empreinte) = 32),
  indice           text not null,
  compte_id        uuid not null references compte,
  habilitation_id  uuid not null references habilitation,
  cree_le          timestamptz not null,
  cree_par         uuid not null,
  expire_le        date not null,
  revoque_le       timestamptz,
  minute           timestamptz,
  appels           integer not null default 0, -- in that minute
  dernier_appel    timestamptz,
  constraint revoque_apres check (revoque_le >= cree_le)
);
create index jeton_6e_par_college on jeton_6e (college_uai, cree_le);

-- The collège of the scope, and the département whose services (DSDEN) the scope is of: that of the IA, of the service, and
-- of the commune of the collège.
create function portee_college() returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select college_uai from habilitation where id = current_setting('be.habilitation')::uuid and role = 'college'
$$;
create function portee_dsden() returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(h.departement_code, c.departement_code) from habilitation h
  left join college g on g.uai = h.college_uai left join commune c on c.insee = g.commune_insee
  where h.id = current_setting('be.habilitation')::uuid
$$;
-- The rentrées whose season is open to the collège of the scope, on the day that territoire.Portee says.
create function campagnes_6e_ouvertes() returns int[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array(
    select a.code from annee_scolaire a
    left join campagne_6e c on c.annee = a.code and c.departement_code = portee_dsden()
    where current_setting('be.le')::date
      between coalesce(c.debut, make_date(a.code, 6, 1)) and coalesce(c.fin, make_date(a.code, 9, 30)))
$$;
revoke execute on function portee_college, portee_dsden, campagnes_6e_ouvertes from public;
grant execute on function portee_college, campagnes_6e_ouvertes to be_college;
grant execute on function portee_dsden to be_college, be_ia, be_service;
grant execute on function cle_nom to be_service; -- collèges are found by their names

alter table campagne_6e enable row level security;
alter table lot_6e enable row level security;
alter table affectation_6e enable row level security;
alter table depot_6e enable row level security;
alter table remise_6e enable row level security;
alter table jeton_6e enable row level security;

create policy lire on campagne_6e for select to be_ia, be_college using (departement_code = (select portee_dsden()));
create policy regler on campagne_6e to be_ia using (departement_code = (select portee_dsden()));
create policy ecrire on lot_6e to be_ia using (departement_code = (select portee_dsden()));
create policy lire on affectation_6e for select to be_directeur, be_ien, be_ia
  using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy affecter on affectation_6e for insert to be_ia with check (ecole_uai = any ((select portee_ecoles())::text[]));
create policy modifier on affectation_6e for update to be_ia using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy lire_college on affectation_6e for select to be_college
  using (college_uai = (select portee_college()) and annee = any ((select campagnes_6e_ouvertes())::int[]));
create policy accuser on affectation_6e for update to be_college
  using (college_uai = (select portee_college()) and annee = any ((select campagnes_6e_ouvertes())::int[]) and etat = 'affecte')
  with check (etat = 'recu' and recu_par = (select portee_compte()));
create policy sien on depot_6e to be_ia using (compte_id = (select portee_compte()));
create policy lire on remise_6e for select to be_ia using (departement_code = (select portee_dsden()));
create policy lire_college on remise_6e for select to be_college using (college_uai = (select portee_college()));
create policy lire on jeton_6e for select to be_ia, be_service using (departement_code = (select portee_dsden()));
create policy connexion on jeton_6e to be_connexion using (true);

grant select on campagne_6e to be_ia, be_college;
grant insert, update (version, debut, fin) on campagne_6e to be_ia;
grant select, insert, update (version, annule_le, conserves) on lot_6e to be_ia;
grant select on affectation_6e to be_directeur, be_ien, be_ia, be_college;
grant insert, update (version, etat, remplace_lot, recu_le, recu_par) on affectation_6e to be_ia;
grant update (version, etat, recu_le, recu_par) on affectation_6e to be_college;
grant select, insert, delete on depot_6e to be_ia;
grant select on remise_6e to be_ia, be_college;
grant select (id, version, college_uai, departement_code, indice, cree_le, expire_le, revoque_le, dernier_appel) on jeton_6e
  to be_ia, be_service;
grant select, update (minute, appels, dernier_appel) on jeton_6e to be_connexion;

-- The last number given among the pupils of a collège, whichever département assigned them. Whoever asks holds the
-- numbering until his transaction ends.
create function dernier_numero_6e(p_college text, p_annee int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('numero ' || p_college, p_annee));
  return (select coalesce(max(numero), 0) from affectation_6e where college_uai = p_college and annee = p_annee);
end
$$;
revoke execute on function dernier_numero_6e from public;
grant execute on function dernier_numero_6e to be_ia;

create function affectation_6e_suit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update affectation_6e set ecole_uai = new.ecole_uai where eleve_id = new.id;
  return null;
end
$$;
create trigger affectation_6e_suit after update of ecole_uai on eleve
  for each row when (new.ecole_uai is not null and old.ecole_uai is distinct from new.ecole_uai)
  execute function affectation_6e_suit();

-- What a collège may read of its pupils (security.md §5, column COL): civil status, home, INE, last school and class.
-- A protected address is not handed over by a file: the school gives it to a named person. The barrier keeps a condition
-- of the caller from being tried on rows that are not his.
create view eleve_6e with (security_barrier) as
select a.id, a.annee, a.numero, e.id as eleve_id, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe,
  e.date_naissance, e.ne_etranger, coalesce(e.commune_naissance_insee, '') as commune_naissance_insee,
  coalesce(i.ine, '') as ine, e.cle_nom, coalesce(s.niveau, '') as niveau, coalesce(k.libelle_court, '') as classe,
  coalesce(p.decision = 'segpa', false) as segpa, coalesce(ec.uai, '') as ecole_uai, coalesce(ec.nom, '') as ecole,
  coalesce(ec.commune_insee, '') as ecole_insee, coalesce(ec.telephone, '') as ecole_telephone,
  coalesce(d.protegee, false) as adresse_protegee, h.id as adresse_id, coalesce(h.complement, '') as complement,
  coalesce(h.voie, '') as voie, coalesce(h.lieu_dit, '') as lieu_dit, coalesce(h.code_postal, '') as code_postal,
  coalesce(h.commune_insee, '') as commune_insee, coalesce(h.commune, '') as commune, coalesce(h.pays, '') as pays
from affectation_6e a
join eleve e on e.id = a.eleve_id and e.etat not in ('fusionne', 'errone')
left join immatriculation i on i.eleve_id = e.id
left join lateral (
  select l.id, l.ecole_uai, l.niveau, l.classe_id from scolarite l
  where l.eleve_id = e.id and l.annee = a.annee - 1 and l.etat in ('admis_definitif', 'radie')
  order by l.date_admission desc, l.id limit 1) s on true
left join classe k on k.id = s.classe_id
left join ecole ec on ec.uai = s.ecole_uai
left join passage p on p.scolarite_id = s.id
left join adresse d on d.id = e.adresse_id
left join adresse h on h.id = d.id and not h.protegee
where a.etat = 'affecte' and a.college_uai = (select portee_college())
  and a.annee = any ((select campagnes_6e_ouvertes())::int[]);

create view responsable_6e with (security_barrier) as
select a.annee, a.numero, l.rang, r.id as responsable_id, l.lien, l.autorite_parentale, l.heberge, r.nature, r.civilite,
  r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.fonction, r.tel_domicile, r.tel_travail, r.tel_portable, r.courriel,
  h.id as adresse_id, coalesce(h.complement, '') as complement, coalesce(h.voie, '') as voie,
  coalesce(h.lieu_dit, '') as lieu_dit, coalesce(h.code_postal, '') as code_postal,
  coalesce(h.commune_insee, '') as commune_insee, coalesce(h.commune, '') as commune, coalesce(h.pays, '') as pays
from affectation_6e a
join lien_responsable l on l.eleve_id = a.eleve_id
join responsable r on r.id = l.responsable_id
left join adresse h on h.id = r.adresse_id and not h.protegee
where a.etat = 'affecte' and a.college_uai = (select portee_college())
  and a.annee = any ((select campagnes_6e_ouvertes())::int[]);
grant select on eleve_6e, responsable_6e to be_college;

-- Notes that the collège of the scope fetches or acknowledges, and returns the number of the sending; 0 out of season.
create function noter_remise_6e(p_annee int, p_forme text, p_le timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_college text := portee_college();
  v_numero int;
begin
  if v_college is null or p_annee <> all (campagnes_6e_ouvertes()) then
    return 0;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('remise ' || v_college, p_annee));
  insert into remise_6e (college_uai, annee, numero, departement_code, forme, le, compte_id)
  select v_college, p_annee, coalesce(max(numero), 0) + 1, portee_dsden(), p_forme, p_le, portee_compte()
  from remise_6e where college_uai = v_college and annee = p_annee
  returning numero into v_numero;
  return v_numero;
end
$$;
revoke execute on function noter_remise_6e from public;
grant execute on function noter_remise_6e to be_college;

-- Who works for a département gives a token to one of its collèges; its account opens at once and ends with it.
create function creer_jeton_6e(p_id uuid, p_college text, p_empreinte bytea, p_indice text, p_le timestamptz, p_expire date)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_compte uuid := gen_random_uuid();
  v_habilitation uuid := gen_random_uuid();
  v_nom text;
begin
  select g.nom into v_nom from college g join commune c on c.insee = g.commune_insee
  where g.uai = p_college and g.ouvert and c.departement_code = portee_dsden();
  if not found then
    raise exception 'college % is outside the territory', p_college using errcode = '42501';
  end if;
  insert into compte (id, identifiant, nom, prenom, mot_de_passe, a_changer, cree_le)
  values (v_compte, 'jeton-' || left(replace(p_id::text, '-', ''), 20), v_nom, 'Logiciel du', '!', false, p_le);
  insert into habilitation (id, compte_id, role, college_uai, debut, fin)
  values (v_habilitation, v_compte, 'college', p_college, p_le::date, p_expire);
  insert into jeton_6e (id, college_uai, departement_code, empreinte, indice, compte_id, habilitation_id, cree_le, cree_par,
    expire_le)
  values (p_id, p_college, portee_dsden(), p_empreinte, p_indice, v_compte, v_habilitation, p_le, portee_compte(), p_expire);
end
$$;

-- The token, and the account that it opened, are of no more use.
create function revoquer_jeton_6e(p_id uuid, p_le timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_compte uuid;
begin
  update jeton_6e set revoque_le = p_le, version = version + 1
  where id = p_id and revoque_le is null and departement_code = portee_dsden() returning compte_id into v_compte;
  if found then
    update compte set actif = false, version = version + 1 where id = v_compte;
  end if;
end
$$;
revoke execute on function creer_jeton_6e, revoquer_jeton_6e from public;
grant execute on function creer_jeton_6e, revoquer_jeton_6e to be_ia, be_service;
