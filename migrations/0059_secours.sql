-- What the holder of an account has beside his key, and what he is told at his next log-in (security.md AUT-7, 14, 20).

-- empreinte: SHA-256 of the account and of a code of 120 bits. Making new ones deletes those that there were.
create table code_secours (
  compte_id uuid not null references compte on delete cascade,
  empreinte bytea not null,
  fait_le   timestamptz not null,
  servi_le  timestamptz,
  primary key (compte_id, empreinte)
);

-- detail: of a browser, its name. lu_le: when the holder was told.
create table avis (
  id        bigint generated always as identity primary key,
  compte_id uuid not null references compte on delete cascade,
  nature    text not null constraint nature_d_avis_connue
    check (nature in ('cle', 'mot_de_passe', 'navigateur', 'secours', 'secours_refaits')),
  detail    text not null default '',
  le        timestamptz not null,
  lu_le     timestamptz
);
create index avis_par_compte on avis (compte_id, le);
create index avis_de_secours on avis (le) where nature = 'secours';

-- echecs: wrong passwords since the last whole log-in.
alter table compte add column echecs integer not null default 0,
  drop constraint motif_de_suspension_connu,
  add constraint motif_de_suspension_connu
    check (suspension_motif in ('', 'depart', 'absence', 'cle_perdue', 'usage', 'erreur', 'essais'));

-- A password that another has replaced, and a key that comes into service. Whoever has never been in needs no telling: he
-- has both in his hands.
create function avis_du_mot_de_passe() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into avis (compte_id, nature, le) values (new.id, 'mot_de_passe', now());
  return null;
end
$$;
create trigger avis_du_mot_de_passe after update of mot_de_passe on compte for each row
  when (new.a_changer and new.premiere_connexion_le is not null and old.mot_de_passe <> new.mot_de_passe
    and old.initial_jusqu_au is distinct from new.initial_jusqu_au)
  execute function avis_du_mot_de_passe();

create function avis_de_la_cle() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into avis (compte_id, nature, le)
  select id, 'cle', new.etat_le from compte where id = new.compte_id and premiere_connexion_le is not null;
  return null;
end
$$;
create trigger avis_de_la_cle after update of etat on cle for each row
  when (new.etat = 'active' and old.etat <> 'active') execute function avis_de_la_cle();

create function mes_codes_secours() returns table (restants bigint, faits bigint, faits_le timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) filter (where servi_le is null), count(*), max(fait_le) from code_secours where compte_id = portee_compte()
$$;

create function refaire_codes_secours(p_empreintes bytea[], p_le timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from code_secours where compte_id = portee_compte();
  insert into code_secours (compte_id, empreinte, fait_le) select portee_compte(), e, p_le from unnest(p_empreintes) e;
  insert into avis (compte_id, nature, le) values (portee_compte(), 'secours_refaits', p_le)
$$;

create function mes_cles() returns table (numero_serie text, materielle boolean, etat text, etat_le timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select numero_serie, materielle, etat, etat_le from cle
  where compte_id = portee_compte() and etat in ('remise', 'active', 'suspendue') order by active desc, etat_le desc limit 10
$$;

-- An application of codes takes the place of the key in service, by the hand of its holder, who has just proved who he is and
-- typed a code of it. False: a key attributed by the service is on its way, and comes first.
create function enroler_ma_cle(p_id uuid, p_serie text, p_secret bytea, p_pas bigint, p_le timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from compte where id = portee_compte() for update;
  if exists (select from cle where compte_id = portee_compte() and etat in ('attribuee', 'remise')) then
    return false;
  end if;
  update cle set etat = 'suspendue', motif = 'remplacee', etat_le = p_le, etat_par = portee_compte(), version = version + 1
  where compte_id = portee_compte() and etat = 'active';
  insert into cle (id, compte_id, numero_serie, secret_chiffre, dernier_pas, etat, etat_le, etat_par)
  values (p_id, portee_compte(), p_serie, p_secret, p_pas, 'active', p_le, portee_compte());
  insert into avis (compte_id, nature, le) values (portee_compte(), 'cle', p_le);
  return true;
end
$$;

create function mes_avis() returns table (nature text, detail text, le timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select nature, detail, le from avis where compte_id = portee_compte() order by le desc, id desc limit 20
$$;

alter table code_secours enable row level security;
alter table avis enable row level security;
create policy connexion on code_secours to be_connexion using (true) with check (true);
create policy connexion on avis to be_connexion using (true) with check (true);
create policy du_departement on avis for select to be_service, be_ia
  using (exists (select from compte c where c.id = compte_id and c.departement_code = (select portee_dsden())));
grant select, update (servi_le) on code_secours to be_connexion;
grant select, insert, delete, update (lu_le) on avis to be_connexion;
grant update (echecs, actif, suspendu_le, suspension_motif) on compte to be_connexion;
grant select on avis to be_service, be_ia;
revoke execute on function avis_du_mot_de_passe, avis_de_la_cle, mes_codes_secours, refaire_codes_secours, mes_cles, enroler_ma_cle,
  mes_avis from public;
grant execute on function mes_codes_secours, refaire_codes_secours, mes_cles, enroler_ma_cle, mes_avis
  to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;
