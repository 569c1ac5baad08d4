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
