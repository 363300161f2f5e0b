-- A player's own time zone, IANA name; without it the brand's counts.
alter table players add column time_zone text;
