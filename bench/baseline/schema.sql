-- What a good hand-written stored procedure does for one activation: counter, activation, grant and outbox rows in one
-- transaction, idempotent by the caller's key. Its tables have the product's columns and indexes, so that every
-- activation stores as much; it checks nothing but the limit.
create schema hand;

create table hand.counters (
  counter_key uuid primary key,
  used        bigint not null default 0,
  maximum     bigint not null
) with (fillfactor = 70);

create table hand.activations (like public.activations including all);
create table hand.grants (like public.grants including all);

create table hand.outbox (
  event_id   uuid primary key,
  brand_id   uuid not null,
  type       text not null,
  subject    text not null,
  data       json not null,
  created_at timestamptz not null default now(),
  sent_at    timestamptz
);
create index on hand.outbox (brand_id, event_id) where sent_at is null;

-- The counter comes last, so that its row is locked for the shortest time; a limit that is reached rolls everything
-- back. `one_at_a_time` queues callers of a code at an advisory lock instead of at the row.
create function hand.activate(
  p_player uuid, p_external_id text, p_key text, p_digest text, p_counter uuid, p_code text, p_brand uuid,
  p_campaign uuid, p_currency text, p_amount bigint, p_wagering bigint, p_entry json, p_seen json,
  p_one_at_a_time boolean
) returns uuid language plpgsql as $$
declare
  v_activation uuid := uuidv7();
  v_grant uuid := uuidv7();
  v_stored uuid;
begin
  insert into hand.activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest,
      outcome, decided, issued, code_key, code_shown, campaign_id, campaign_version, entry, outline_id, seen, takes,
      created_at, changed_at)
    values (p_player, v_activation, p_brand, p_external_id, p_key, p_digest, 'accepted', 'accepted',
      json_build_array(json_build_object('id', v_grant, 'kind', 'bonus_balance', 'status', 'active', 'amount', p_amount,
        'currency', p_currency)),
      p_counter, p_code, p_campaign, 1, p_entry, p_campaign, p_seen, json_build_array(json_build_array(p_counter, 1)), now(), now())
    on conflict (player_id, idempotency_key) do nothing;
  if not found then
    select activation_id into v_stored from hand.activations where player_id = p_player and idempotency_key = p_key;
    return v_stored;
  end if;

  insert into hand.grants (player_id, grant_id, brand_id, activation_id, campaign_id, campaign_version, reward_index, kind,
      status, currency, amount, balance, wagering_required, budget_reserved, granted_at, expires_at, created_at, changed_at)
    values (p_player, v_grant, p_brand, v_activation, p_campaign, 1, 0, 'bonus_balance', 'active', p_currency, p_amount,
      p_amount, p_wagering, p_amount, now(), now() + interval '7 days', now(), now());

  insert into hand.outbox (event_id, brand_id, type, subject, data)
    values
      (uuidv7(), p_brand, 'code.activated', 'code/' || p_counter,
        json_build_object('activationId', v_activation, 'player', p_external_id, 'code', p_code, 'codeId', p_counter,
          'campaignId', p_campaign, 'campaignVersion', 1, 'outcome', 'accepted')),
      (uuidv7(), p_brand, 'bonus.granted', 'grant/' || v_grant,
        json_build_object('grantId', v_grant, 'kind', 'bonus_balance', 'amount', p_amount, 'currency', p_currency,
          'activationId', v_activation, 'campaignId', p_campaign, 'player', p_external_id));

  if p_one_at_a_time then
    perform pg_advisory_xact_lock(hashtextextended(p_counter::text, 0));
  end if;
  update hand.counters set used = used + 1 where counter_key = p_counter and used < maximum;
  if not found then
    raise exception 'the limit is reached' using errcode = 'P0001';
  end if;
  return v_activation;
end;
$$;
