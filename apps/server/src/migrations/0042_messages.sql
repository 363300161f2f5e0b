-- How a brand's channels reach players outside.
create table channel_connections (
  brand_id    uuid not null,
  channel     text not null check (channel in ('email', 'push', 'telegram', 'sms')),
  settings    jsonb not null,
  -- JSON, encrypted under the server's secret key
  secrets     bytea not null,
  -- rises with every change: whoever holds a connection open sees that it is another by now
  revision    integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (brand_id, channel)
);

-- Most messages of a channel that a player gets in a calendar period of the brand's.
create table channel_caps (
  brand_id    uuid not null,
  channel     text not null,
  period      text not null check (period in ('day', 'week', 'month')),
  maximum     integer not null check (maximum >= 0),
  primary key (brand_id, channel, period)
);

create table message_counters (
  player_id   uuid not null,
  channel     text not null,
  period      text not null,
  -- its first day, in the brand's time zone
  starts_on   date not null,
  used        integer not null check (used >= 0),
  primary key (player_id, channel, period, starts_on)
) with (fillfactor = 70);

-- Where a player is reached that the player's own record does not say: Telegram chats, browsers.
create table player_addresses (
  player_id   uuid not null,
  channel     text not null check (channel in ('push', 'telegram')),
  address     text not null,
  brand_id    uuid not null,
  -- of a browser: its keys, and the one of ours that it subscribed with
  keys        jsonb,
  created_at  timestamptz not null default now(),
  primary key (player_id, channel, address)
);

create table messages (
  player_id   uuid not null,
  message_id  uuid not null,
  brand_id    uuid not null,
  player_external_id text not null,
  -- what asked for it: asked again, there is no second message
  origin_key  text not null,
  origin      jsonb not null,
  channel     text not null check (channel in ('popup', 'inbox', 'email', 'push', 'telegram', 'sms')),
  product     text not null,
  content_id  uuid not null,
  content_version integer not null,
  locale      text not null,
  -- as the player gets it; null when it was suppressed before it was rendered
  rendered    jsonb,
  -- of its label tags, evaluated once
  labels      jsonb not null default '{}',
  state       text not null check (state in
    ('prepared', 'sent', 'shown', 'clicked', 'dismissed', 'failed', 'suppressed', 'expired')),
  reason      text,
  -- first days of the periods whose counters hold a use of this message
  counted     jsonb not null default '{}',
  -- attempts ever made: a result is only written by the attempt that is the latest
  attempts    integer not null default 0,
  failures    integer not null default 0,
  -- of one that is prepared; while an attempt is under way, when it counts as lost
  next_attempt_at timestamptz,
  last_error  text,
  created_at  timestamptz not null default now(),
  -- of the statement, not the transaction: the player's browsers look behind it
  changed_at  timestamptz not null default clock_timestamp(),
  sent_at     timestamptz,
  delivered_at timestamptz,
  shown_at    timestamptz,
  ended_at    timestamptz,
  expires_at  timestamptz not null,
  primary key (player_id, message_id)
);
create unique index messages_once on messages (player_id, origin_key);
create index messages_of_player on messages (player_id, changed_at);
create index messages_by_brand on messages (brand_id, message_id);
create index messages_due on messages (brand_id, channel, next_attempt_at) where state = 'prepared';
create index messages_expiring on messages (expires_at)
  where state = 'prepared' or (channel in ('popup', 'inbox') and state in ('sent', 'shown'));

-- Under which names the other side knows a message, to find it when a receipt comes.
create table message_references (
  brand_id    uuid not null,
  channel     text not null,
  reference   text not null,
  player_id   uuid not null,
  message_id  uuid not null,
  created_at  timestamptz not null default now(),
  primary key (brand_id, channel, reference)
);
create index message_references_by_age on message_references (created_at);

-- Whose messages changed lately: a hint for the processes their browsers are connected to. The messages are the truth.
create table message_signals (
  signal_id   uuid primary key,
  player_ids  uuid[] not null,
  at          timestamptz not null default clock_timestamp()
);
create index message_signals_by_time on message_signals (at);

-- Client actions that a brand's pages have sent, or that content raises when it is shown.
create table client_actions (
  brand_id    uuid not null,
  name        text not null,
  -- content raises it: no browser may
  reserved    boolean not null default false,
  property_names text[] not null default '{}',
  first_seen_at timestamptz not null default now(),
  primary key (brand_id, name)
);
