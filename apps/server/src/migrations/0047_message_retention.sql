-- Messages that are over, by when: for deleting them when nobody asks any more.
create index messages_over on messages (expires_at)
  where state <> 'prepared' and not (channel in ('popup', 'inbox') and state in ('sent', 'shown'));

-- Periods long past hold nobody back.
create index message_counters_by_day on message_counters (starts_on);
