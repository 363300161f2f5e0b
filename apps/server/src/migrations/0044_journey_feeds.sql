-- How far a brand's feed has been told to its journeys: both the lock and the watermark of who does it.
create table journey_feeds (
  brand_id    uuid primary key,
  position    bigint not null
) with (fillfactor = 50);
-- Journeys hear what is published from here on.
insert into journey_feeds (brand_id, position)
select brand_id, position from chain_heads where chain = 'outbox';

-- Events that could not be told together with others, and are told again alone: what can't be told at all stays here and
-- keeps no other waiting.
create table journey_events_aside (
  player_id   uuid not null,
  event_id    uuid not null,
  brand_id    uuid not null,
  player_external_id text not null,
  -- in the order of the feed
  place       text collate "C" not null,
  event       jsonb not null,
  primary key (player_id, event_id)
);
create index journey_events_aside_in_order on journey_events_aside (brand_id, place);
