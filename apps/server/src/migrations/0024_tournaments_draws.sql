-- A tournament that tickets are good for. Rewards name it by its key; seats_taken is the number of tickets in use.
create table tournaments (
  tournament_id uuid primary key,
  brand_id    uuid not null,
  key         text not null,
  name        text not null,
  status      text not null default 'open' check (status in ('open', 'closed', 'cancelled')),
  starts_at   timestamptz,
  ends_at     timestamptz not null,
  seats       bigint check (seats > 0),
  seats_taken bigint not null default 0 check (seats_taken >= 0 and (seats is null or seats_taken <= seats)),
  cancel_reason text,
  -- when the last ticket of a cancelled one was given back
  returned_at timestamptz,
  created_by  json not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
) with (fillfactor = 70);
create unique index tournaments_open on tournaments (brand_id, key) where status = 'open';
create index tournaments_by_brand on tournaments (brand_id, tournament_id desc);
create index tournaments_ending on tournaments (ends_at) where status = 'open';
create index tournaments_to_return on tournaments (tournament_id) where status = 'cancelled' and returned_at is null;

-- The seats of a bonus of kind tournament_entry. Whether one can still be used follows from its bonus, its uses and
-- the time: nothing is written to void it.
create table tickets (
  player_id   uuid not null,
  ticket_id   uuid not null,
  brand_id    uuid not null,
  grant_id    uuid not null,
  -- 1 to the seats of the reward
  seat        smallint not null,
  tournament_key text not null,
  issued_at   timestamptz not null default now(),
  -- of one that was given back: in place of the bonus's own expiry
  valid_until timestamptz,
  -- whether ticket.issued was published
  announced   boolean not null default false,
  primary key (ticket_id, player_id)
);
create unique index tickets_of_grant on tickets (player_id, grant_id, seat);
create index tickets_by_brand on tickets (brand_id, ticket_id desc);
create index tickets_by_player on tickets (player_id, ticket_id desc);
create index tickets_to_announce on tickets (ticket_id) where not announced;

-- What became of tickets. One use of a ticket counts at a time.
create table ticket_uses (
  player_id   uuid not null,
  ticket_id   uuid not null,
  -- the platform's own id of the entry
  reference   text not null,
  tournament_id uuid not null,
  used_at     timestamptz not null default now(),
  -- when the tournament was cancelled and the ticket given back
  returned_at timestamptz,
  primary key (player_id, ticket_id, reference)
);
create unique index ticket_uses_once on ticket_uses (player_id, ticket_id) where returned_at is null;
create index ticket_uses_by_tournament on ticket_uses (tournament_id, ticket_id) where returned_at is null;

-- Where special promotions with the handler `webhook` are delivered.
create table special_endpoints (
  brand_id    uuid not null,
  name        text not null,
  url         text not null,
  -- encrypted under the server's secret key; the previous one signs too until its time is over
  secret      bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (brand_id, name)
);

-- A prize draw. The seed is committed to when it is made, encrypted until the draw, and published with the winners.
create table draws (
  draw_id     uuid primary key,
  brand_id    uuid not null,
  key         text not null,
  name        text not null,
  status      text not null default 'open' check (status in ('open', 'closed', 'drawn')),
  closes_at   timestamptz not null,
  -- [{name, winners}], the first prize first
  prizes      json not null,
  -- SHA-256 of the seed, hexadecimal
  commitment  text not null,
  seed        bytea not null,
  revealed_seed text check ((revealed_seed is not null) = (status = 'drawn')),
  entries_digest text check ((entries_digest is not null) = (status = 'drawn')),
  entry_count integer check ((entry_count is not null) = (status = 'drawn')),
  closed_at   timestamptz check ((closed_at is not null) = (status <> 'open')),
  drawn_at    timestamptz check ((drawn_at is not null) = (status = 'drawn')),
  -- when the last of its entries was completed
  completed_at timestamptz,
  created_by  json not null,
  created_at  timestamptz not null default now()
);
create unique index draws_open on draws (brand_id, key) where status = 'open';
create index draws_by_brand on draws (brand_id, draw_id desc);
create index draws_closing on draws (closes_at) where status = 'open';
create index draws_to_finish on draws (draw_id) where status <> 'open' and completed_at is null;

-- The entries of draws: a bonus is one entry.
create table draw_entries (
  player_id   uuid not null,
  grant_id    uuid not null,
  draw_id     uuid not null,
  entered_at  timestamptz not null default now(),
  -- the draw was held, and the bonus is over
  completed   boolean not null default false,
  primary key (player_id, grant_id)
);
create index draw_entries_by_draw on draw_entries (draw_id, grant_id);
create index draw_entries_to_complete on draw_entries (draw_id, grant_id) where not completed;

create table draw_winners (
  draw_id     uuid not null,
  -- in the order of picking, from 1
  place       integer not null,
  prize       text not null,
  grant_id    uuid not null,
  player_id   uuid not null,
  primary key (draw_id, place)
);
