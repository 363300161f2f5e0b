-- Brands where codes are tried at random by many at once: until then everybody has fewer guesses.
create table guess_waves (
  brand_id    uuid primary key,
  since       timestamptz not null,
  until       timestamptz not null,
  -- of the look that said so last: wrong codes, and codes there are, of about ten minutes
  wrong       integer not null,
  known       integer not null
);
create index guesses_by_window on guesses (window_started_at);
