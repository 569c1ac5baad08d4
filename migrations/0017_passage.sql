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

-- The preparation of a year (domain.md §2.5): one act opens the scolarités of those who stay, and is undone as one.
create table rentree (
  id         uuid primary key,
  version    integer not null default 1,
  ecole_uai  text not null references ecole,
  annee      integer not null references annee_scolaire, -- the year that is prepared
  faite_le   timestamptz not null,
  compte_id  uuid not null,
  annulee_le timestamptz,
  constraint annulee_apres check (annulee_le >= faite_le)
);
create index rentree_par_ecole on rentree (ecole_uai, annee, faite_le);

-- suite_id: no key, since what is undone is taken away. conservee: somebody had worked on it, the undo left it.
create table rentree_ligne (
  rentree_id   uuid not null references rentree on delete cascade,
  scolarite_id uuid not null references scolarite,
  suite_id     uuid not null,
  ecole_uai    text not null,
  conservee    boolean not null default false,
  primary key (rentree_id, scolarite_id)
);

alter table rentree enable row level security;
alter table rentree_ligne enable row level security;
create policy ecrire on rentree to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
create policy ecrire on rentree_ligne to be_directeur using (ecole_uai = any ((select portee_ecoles())::text[]));
grant select, insert, update (version, annulee_le) on rentree to be_directeur;
grant select, insert on rentree_ligne to be_directeur;

-- Takes away the scolarités that a preparation opened and on which nobody has worked since: no other way deletes a line
-- of the register. It says how many it left.
create function defaire_rentree(p_rentree uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_laissees integer;
begin
  if not exists (select from rentree where id = p_rentree and ecole_uai = any (portee_ecoles())) then
    raise exception 'preparation % is outside the territory', p_rentree using errcode = '42501';
  end if;
  update rentree_ligne l set conservee = true
  where rentree_id = p_rentree and not exists (select from scolarite s where s.id = l.suite_id and s.version = 1
    and s.etat = 'admis_accepte' and not exists (select from affectation where scolarite_id = s.id)
    and not exists (select from passage where scolarite_id = s.id));
  get diagnostics v_laissees = row_count;
  update passage p set suite_id = null, suivie_le = null, version = p.version + 1
  from rentree_ligne l where l.rentree_id = p_rentree and not l.conservee and p.scolarite_id = l.scolarite_id;
  delete from scolarite s using rentree_ligne l where l.rentree_id = p_rentree and not l.conservee and s.id = l.suite_id;
  return v_laissees;
end
$$;
revoke execute on function defaire_rentree from public;
grant execute on function defaire_rentree to be_directeur;

-- The check-in of the rentrée: the last day on which a pupil who was expected had not come. He stays expected.
alter table scolarite add column non_venu_le date
  constraint non_venu_tant_qu_attendu check (non_venu_le is null or etat in ('admis_accepte', 'annulee'));
