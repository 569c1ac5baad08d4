-- The life of a secure key: in stock, attributed, handed over, in service at its first right code; suspended, lost, given
-- back (security.md AUT-16). Each step says who took it and when.

drop policy cles_du_departement on cle;
drop index une_cle_active_par_compte;
alter table cle drop column active;

-- departement_code: of the stock it belongs to, then of its holder. etat_par: who brought it to its state, the holder for
-- the first right code. motif: why it is suspended. recale, derive: steps of its clock from ours, as the desk measured
-- them, and as learnt since (AUT-12); of an HOTP dernier_pas is the last counter accepted. echecs: wrong codes since the
-- last right one, each after a right password (AUT-11).
alter table cle
  alter column compte_id drop not null,
  add column departement_code text references departement,
  add column type text not null default 'TOTP' constraint type_de_cle_connu check (type in ('TOTP', 'HOTP')),
  add column materielle boolean not null generated always as (numero_serie !~ '^L-') stored,
  add column etat text not null default 'active' constraint etat_de_cle_connu
    check (etat in ('stock', 'attribuee', 'remise', 'active', 'suspendue', 'perdue', 'restituee')),
  add column active boolean not null generated always as (etat = 'active') stored,
  add column etat_le timestamptz not null default now(),
  add column etat_par uuid references compte,
  add column motif text not null default '' constraint motif_de_suspension_de_cle_connu
    check (motif in ('', 'demande', 'essais', 'remplacee')),
  add column recale smallint not null default 0 constraint recalage_borne check (recale between -20 and 20),
  add column derive smallint not null default 0 constraint derive_bornee check (derive between -10 and 10),
  add column echecs smallint not null default 0,
  add column version integer not null default 1,
  add constraint en_stock_sans_titulaire check ((etat = 'stock') = (compte_id is null)),
  add constraint suspendue_pour_un_motif check ((etat = 'suspendue') = (motif <> ''));
create unique index une_cle_active_par_compte on cle (compte_id) where etat = 'active';
create unique index une_cle_attendue_par_compte on cle (compte_id) where etat in ('attribuee', 'remise');
create index cle_par_compte on cle (compte_id) where compte_id is not null;
create index cle_par_departement on cle (departement_code, numero_serie);

update cle k set departement_code = c.departement_code, etat_le = c.cree_le from compte c where c.id = k.compte_id;

create table cle_etape (
  id        bigint generated always as identity primary key,
  cle_id    uuid not null references cle on delete cascade,
  compte_id uuid references compte, -- its holder then
  etat      text not null,
  motif     text not null,
  le        timestamptz not null,
  par       uuid references compte
);
create index cle_etape_par_cle on cle_etape (cle_id, id);

-- A new session store entry is opened at each log-in; those that hold the account, logged in or on the way, are ended,
-- and each process is told (migrations/0003_compte.sql). An account is in them as 16 bytes, or in letters.
create function couper_sessions(p_compte uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sessions
  where position(uuid_send(p_compte) in data) > 0 or position(convert_to(p_compte::text, 'UTF8') in data) > 0
$$;
revoke execute on function couper_sessions from public;

create function cle_avant() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.departement_code := coalesce(new.departement_code, (select departement_code from compte where id = new.compte_id));
  elsif old.etat <> new.etat and old.etat || ' ' || new.etat not in (
    'stock attribuee', 'attribuee stock', 'attribuee remise', 'attribuee perdue', 'remise active', 'remise suspendue',
    'remise perdue', 'remise restituee', 'active suspendue', 'active perdue', 'active restituee', 'suspendue remise',
    'suspendue perdue', 'suspendue restituee', 'perdue restituee', 'restituee stock')
  then
    raise exception 'a key does not go from % to %', old.etat, new.etat using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger cle_avant before insert or update on cle for each row execute function cle_avant();

create function cle_apres() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into cle_etape (cle_id, compte_id, etat, motif, le, par)
  values (new.id, coalesce(new.compte_id, case tg_op when 'UPDATE' then old.compte_id end), new.etat, new.motif, new.etat_le, new.etat_par);
  -- Whoever holds a key that is no more his is put out. One that its own holder has replaced puts nobody out.
  if tg_op = 'UPDATE' and new.etat in ('suspendue', 'perdue', 'restituee') and new.motif <> 'remplacee'
    and old.etat in ('active', 'remise', 'attribuee')
  then
    perform couper_sessions(old.compte_id);
  end if;
  return null;
end
$$;
create trigger cle_naissante after insert on cle for each row execute function cle_apres();
create trigger cle_change_d_etat after update on cle for each row when (old.etat is distinct from new.etat)
  execute function cle_apres();

-- A key goes with its holder.
create function cle_suit_compte() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update cle set departement_code = new.departement_code where compte_id = new.id;
  return null;
end
$$;
create trigger cle_suit_compte after update on compte
  for each row when (old.departement_code is distinct from new.departement_code) execute function cle_suit_compte();

-- A vendor's file waits to be confirmed, sealed as each of its secrets will be (AUT-15).
create table depot_cle (
  id               uuid primary key,
  departement_code text not null references departement,
  compte_id        uuid not null references compte,
  nom              text not null,
  contenu          bytea not null,
  series           text[] not null, -- the serial numbers in it
  le               timestamptz not null
);
create index depot_cle_par_compte on depot_cle (compte_id);

-- Serial numbers that another key bears, in whatever département.
create function series_prises(p_series text[]) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select numero_serie from cle where numero_serie = any (p_series)
$$;
revoke execute on function series_prises from public;
grant execute on function series_prises to be_service;

alter table cle_etape enable row level security;
alter table depot_cle enable row level security;
create policy du_departement on cle for select to be_service, be_ia using (departement_code = (select portee_dsden()));
create policy entrer_en_stock on cle for insert to be_service
  with check (departement_code = (select portee_dsden()) and etat = 'stock');
create policy changer on cle for update to be_service using (departement_code = (select portee_dsden()))
  with check (departement_code = (select portee_dsden()) and (compte_id is null or exists (select from compte c where c.id = compte_id)));
create policy du_departement on cle_etape for select to be_service using (exists (select from cle k where k.id = cle_id));
create policy sien on depot_cle to be_service
  using (compte_id = (select portee_compte()) and departement_code = (select portee_dsden()));
create policy connexion on depot_cle to be_connexion using (true) with check (true);

grant select (id, compte_id, numero_serie, type, materielle, algorithme, chiffres, periode, etat, active, etat_le, etat_par,
  motif, recale, derive, echecs, version, dernier_pas, departement_code) on cle to be_service;
grant select (id, compte_id, numero_serie, materielle, etat, active, etat_le, departement_code) on cle to be_ia;
grant insert (id, numero_serie, secret_chiffre, type, algorithme, chiffres, periode, dernier_pas, departement_code, etat,
  etat_le, etat_par) on cle to be_service;
grant update (compte_id, etat, etat_le, etat_par, motif, recale, derive, echecs, dernier_pas, version) on cle to be_service;
grant update (etat, etat_le, etat_par, motif, recale, derive, echecs, version) on cle to be_connexion;
grant select on cle_etape to be_service;
grant select, insert, delete on depot_cle to be_service;
