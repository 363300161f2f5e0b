-- One row: which secret key this database was made with, as a MAC. Codes and everything encrypted need that key.
create table installation (
  installation_id smallint primary key check (installation_id = 1),
  key_check       bytea not null,
  created_at      timestamptz not null default now()
);
