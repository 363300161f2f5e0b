-- When it was: what is counted by the hour is told apart by it.
alter table journey_tallies add column at timestamptz not null default now();

-- Enrolments by the hours of the last week, without the control group. An hour takes the row of the one a week before, so
-- that there are never more than 168 of a journey.
create table journey_entry_hours (
  journey_id  uuid not null,
  hour_of_week smallint not null check (hour_of_week between 0 and 167),
  began_at    timestamptz not null,
  entered     bigint not null,
  primary key (journey_id, hour_of_week)
) with (fillfactor = 50);
