-- Passkeys (WebAuthn): a second kind of secure key, beside the one that shows codes. A person may have several. They live the
-- life of a key (0049_cle.sql), but for the stock: their holder makes them, and no base ever has their secret.

alter table cle
  alter column secret_chiffre drop not null,
  drop constraint type_de_cle_connu,
  add constraint type_de_cle_connu check (type in ('TOTP', 'HOTP', 'WEBAUTHN')),
  drop constraint motif_de_suspension_de_cle_connu,
  add constraint motif_de_suspension_de_cle_connu check (motif in ('', 'demande', 'essais', 'remplacee', 'copie')),
  add constraint une_cle_d_acces_n_a_pas_de_secret check ((type = 'WEBAUTHN') = (secret_chiffre is null)),
  add constraint une_cle_d_acces_a_un_titulaire check (type <> 'WEBAUTHN' or compte_id is not null);
drop index une_cle_active_par_compte;
drop index une_cle_attendue_par_compte;
create unique index une_cle_active_par_compte on cle (compte_id) where etat = 'active' and type <> 'WEBAUTHN';
create unique index une_cle_attendue_par_compte on cle (compte_id) where etat in ('attribuee', 'remise') and type <> 'WEBAUTHN';

-- identifiant: of the credential, drawn by the authenticator. compteur: of its signatures, 0 for ever with those that do not
-- count. drapeaux: what it said of itself when it was made, a copy kept elsewhere above all. nom: for its holder alone.
create table cle_acces (
  cle_id       uuid primary key references cle on delete cascade,
  identifiant  bytea not null constraint identifiant_de_cle_d_acces_unique unique
    constraint identifiant_de_cle_d_acces_borne check (length(identifiant) between 1 and 1023),
  cle_publique bytea not null,
  compteur     bigint not null,
  drapeaux     smallint not null,
  transports   text[] not null default '{}',
  nom          text not null constraint nom_de_cle_d_acces_borne check (length(nom) between 1 and 60),
  ajoutee_le   timestamptz not null,
  servie_le    timestamptz
);

-- A challenge that was answered, right or wrong, is answered no second time, whichever process is asked.
create table defi_servi (
  empreinte bytea primary key,
  le        timestamptz not null
);
create index defi_servi_par_date on defi_servi (le);

alter table avis drop constraint nature_d_avis_connue, add constraint nature_d_avis_connue
  check (nature in ('cle', 'mot_de_passe', 'navigateur', 'secours', 'secours_refaits', 'cle_acces', 'cle_acces_retiree', 'cle_copiee'));

-- As 0049_cle.sql; a passkey that its holder removes puts nobody out: he ends his other sessions himself.
create or replace function cle_apres() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into cle_etape (cle_id, compte_id, etat, motif, le, par)
  values (new.id, coalesce(new.compte_id, case tg_op when 'UPDATE' then old.compte_id end), new.etat, new.motif, new.etat_le, new.etat_par);
  if tg_op = 'UPDATE' and new.etat in ('suspendue', 'perdue', 'restituee') and new.motif <> 'remplacee'
    and old.etat in ('active', 'remise', 'attribuee') and not (new.type = 'WEBAUTHN' and new.etat = 'restituee')
  then
    perform couper_sessions(old.compte_id);
  end if;
  return null;
end
$$;

create or replace function mes_cles() returns table (numero_serie text, materielle boolean, etat text, etat_le timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select numero_serie, materielle, etat, etat_le from cle
  where compte_id = portee_compte() and etat in ('remise', 'active', 'suspendue') and type <> 'WEBAUTHN'
  order by active desc, etat_le desc limit 10
$$;

-- As 0059_secours.sql: it takes the place of the key that shows codes, never of a passkey.
create or replace function enroler_ma_cle(p_id uuid, p_serie text, p_secret bytea, p_pas bigint, p_le timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from compte where id = portee_compte() for update;
  if exists (select from cle where compte_id = portee_compte() and etat in ('attribuee', 'remise') and type <> 'WEBAUTHN') then
    return false;
  end if;
  update cle set etat = 'suspendue', motif = 'remplacee', etat_le = p_le, etat_par = portee_compte(), version = version + 1
  where compte_id = portee_compte() and etat = 'active' and type <> 'WEBAUTHN';
  insert into cle (id, compte_id, numero_serie, secret_chiffre, dernier_pas, etat, etat_le, etat_par)
  values (p_id, portee_compte(), p_serie, p_secret, p_pas, 'active', p_le, portee_compte());
  insert into avis (compte_id, nature, le) values (portee_compte(), 'cle', p_le);
  return true;
end
$$;

create function mes_cles_acces() returns table (id uuid, identifiant bytea, nom text, etat text, ajoutee_le timestamptz, servie_le timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, a.identifiant, a.nom, k.etat, a.ajoutee_le, a.servie_le from cle k join cle_acces a on a.cle_id = k.id
  where k.compte_id = portee_compte() and k.etat in ('remise', 'active', 'suspendue') order by a.ajoutee_le, k.id
$$;

-- 'nombre': he has as many as one may. 'defi': this challenge was answered already. 'connue': this one is somebody's already.
create function ajouter_ma_cle_acces(p_id uuid, p_serie text, p_identifiant bytea, p_publique bytea, p_compteur bigint,
  p_drapeaux smallint, p_transports text[], p_nom text, p_max integer, p_defi bytea, p_le timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from compte where id = portee_compte() for update;
  if (select count(*) from mes_cles_acces()) >= p_max then
    return 'nombre';
  end if;
  insert into defi_servi (empreinte, le) values (p_defi, p_le) on conflict do nothing;
  if not found then
    return 'defi';
  end if;
  if exists (select from cle_acces where identifiant = p_identifiant) then
    return 'connue';
  end if;
  insert into cle (id, compte_id, numero_serie, type, etat, etat_le, etat_par)
  values (p_id, portee_compte(), p_serie, 'WEBAUTHN', 'active', p_le, portee_compte());
  insert into cle_acces (cle_id, identifiant, cle_publique, compteur, drapeaux, transports, nom, ajoutee_le)
  values (p_id, p_identifiant, p_publique, p_compteur, p_drapeaux, p_transports, p_nom, p_le);
  insert into avis (compte_id, nature, le) values (portee_compte(), 'cle_acces', p_le);
  return '';
end
$$;

-- 'derniere': no other key would let him in. 'inconnue': it is not his, or the service has suspended it, and decides of it.
create function retirer_ma_cle_acces(p_id uuid, p_le timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from compte where id = portee_compte() for update;
  if not exists (select from cle where id = p_id and compte_id = portee_compte() and type = 'WEBAUTHN' and etat in ('remise', 'active')) then
    return 'inconnue';
  end if;
  if not exists (select from cle where id <> p_id and compte_id = portee_compte() and etat in ('remise', 'active')) then
    return 'derniere';
  end if;
  update cle set etat = 'restituee', etat_le = p_le, etat_par = portee_compte(), version = version + 1 where id = p_id;
  insert into avis (compte_id, nature, le) values (portee_compte(), 'cle_acces_retiree', p_le);
  return '';
end
$$;

alter table cle_acces enable row level security;
alter table defi_servi enable row level security;
create policy connexion on cle_acces to be_connexion using (true) with check (true);
create policy connexion on defi_servi to be_connexion using (true) with check (true);
grant select, update (compteur, servie_le) on cle_acces to be_connexion;
grant select, insert, delete on defi_servi to be_connexion;
grant select (type) on cle to be_ia;
revoke execute on function mes_cles_acces, ajouter_ma_cle_acces, retirer_ma_cle_acces from public;
grant execute on function mes_cles_acces, ajouter_ma_cle_acces, retirer_ma_cle_acces
  to be_mairie, be_directeur, be_ien, be_ia, be_service, be_college, be_statistique;
