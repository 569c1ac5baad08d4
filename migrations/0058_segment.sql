-- The journal is kept for twelve months (security.md §1.5, AUD-6). Whole months older than that are closed: the link at
-- their end is signed, then they are deleted, and the chain goes on from that link.
create table journal_cloture (
  rang      bigint primary key,
  empreinte bytea not null,
  le        timestamptz not null, -- when it was closed
  signature bytea not null constraint signature_ed25519 check (length(signature) = 64),
  avant     timestamptz not null, -- the lines deleted are older
  lignes    bigint not null
);
create trigger journal_immuable before update or delete or truncate on journal_cloture for each statement execute function journal_immuable();
alter table journal_cloture enable row level security;
create policy connexion on journal_cloture for select to be_connexion using (true);
grant select on journal_cloture to be_connexion;

-- A process that begins looks for every line that has no link, a range of ids at a time: a million lines that wait, or that
-- have been sealed long ago, are never one statement.
create function journal_a_sceller(p_apres bigint, p_jusqu_a bigint, p_most integer) returns setof journal
language sql stable security definer set search_path = public, pg_temp as $$
  select j.* from journal j
  where j.id > p_apres and j.id <= p_jusqu_a and not exists (select from journal_maillon m where m.ligne_id = j.id)
  order by j.id limit p_most
$$;
revoke all on function journal_a_sceller(bigint, bigint, integer) from public;
grant execute on function journal_a_sceller(bigint, bigint, integer) to be_connexion;
