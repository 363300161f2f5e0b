-- What a batch is to be made of, kept until it is made: it may have to wait for approval first.
alter table code_batches
  add column plan jsonb,
  -- of an import: lines with something on them, and how many of those were bad
  add column lines bigint,
  add column bad_lines bigint;

-- An uploaded file, encrypted in parts, until its import is done.
create table import_parts (
  batch_id uuid not null,
  part     integer not null,
  content  bytea not null,
  primary key (batch_id, part)
);
alter table import_parts alter column content set storage external;

-- Lines of an import that were left out, and why.
create table import_bad_lines (
  batch_id uuid not null,
  line     bigint not null,
  field    text not null,
  reason   text not null,
  primary key (batch_id, line, field)
);
