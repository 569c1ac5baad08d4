-- The journal proves that nobody has touched it (security.md AUD-2 to AUD-4). Each line also says where it came from;
-- links chain the lines, signed anchors are copied out of the base (internal/domain/journal).

alter table journal
  add adresse text default nullif(current_setting('be.adresse', true), ''), -- of the network
  add requete text default nullif(current_setting('be.requete', true), ''); -- one for all that a request has done

-- One link for each line. A line may become visible after one of a greater id: it is the link that has a place.
-- empreinte: SHA-256 of the link before and of the line.
create table journal_maillon (
  rang      bigint primary key,
  ligne_id  bigint not null constraint un_maillon_par_ligne unique,
  empreinte bytea not null constraint empreinte_sha256 check (length(empreinte) = 32)
);

-- The head of the chain at an instant, signed (Ed25519) with a key that is not in the base.
-- jusqu_a: no line of this id or under it is still to come, ten minutes later.
create table journal_ancre (
  rang      bigint primary key,
  empreinte bytea not null,
  le        timestamptz not null,
  signature bytea not null constraint signature_ed25519 check (length(signature) = 64),
  jusqu_a   bigint not null default coalesce(pg_sequence_last_value('journal_id_seq'), 0),
  pose_le   timestamptz not null default now()
);

-- The owner too must say that he rewrites history; no other role may change a line.
create function journal_immuable() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('be.reecrire_journal', true), '') <> 'oui' then
    raise exception '% only grows', tg_table_name using errcode = 'BE003';
  end if;
  return null;
end
$$;
create trigger journal_immuable before update or delete or truncate on journal for each statement execute function journal_immuable();
create trigger journal_immuable before update or delete or truncate on journal_maillon for each statement execute function journal_immuable();
create trigger journal_immuable before update or delete or truncate on journal_ancre for each statement execute function journal_immuable();

alter table journal_maillon enable row level security;
alter table journal_ancre enable row level security;
create policy connexion on journal_maillon to be_connexion using (true) with check (true);
create policy connexion on journal_ancre to be_connexion using (true) with check (true);
grant select, insert on journal_maillon, journal_ancre to be_connexion;
grant select on sequence journal_id_seq to be_connexion;

-- The lines that have no link yet. Those of a transaction that is still open come later, under a smaller id: the present
-- ones are looked for above what an anchor of ten minutes ago saw; all of them, by a process that begins.
create function journal_a_sceller(p_toutes boolean, p_most integer) returns setof journal
language sql stable security definer set search_path = public, pg_temp as $$
  select j.* from journal j
  where j.id > case when p_toutes then 0 else
      coalesce((select max(jusqu_a) from journal_ancre where pose_le < now() - interval '10 minutes'), 0) end
    and not exists (select from journal_maillon m where m.ligne_id = j.id)
  order by j.id limit p_most
$$;
revoke all on function journal_a_sceller from public;
grant execute on function journal_a_sceller to be_connexion;
