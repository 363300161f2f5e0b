-- What became of messages and journeys, in days of the brand's clock: of a content by channel, of a journey, and of a label
-- tag by the text it stood for.
create table outreach_days (
  brand_id    uuid not null,
  kind        text not null check (kind in ('content', 'journey', 'label')),
  -- id of the content or the journey, name of the tag
  subject     text not null,
  day         date not null,
  -- the channel, or '=' and the text; empty where there is none, or it is a code or a function's
  detail      text not null,
  measure     text not null,
  count       bigint not null,
  primary key (brand_id, kind, day, subject, detail, measure)
);
