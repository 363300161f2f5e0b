-- Minor units of what a bonus takes from the budget that are spent for good. Null where that is all of it, as of bonuses
-- whose price is known when they are granted. What a bonus that ended has not spent goes back to its campaign.
alter table grants add column budget_spent bigint check (budget_spent >= 0);
create index grants_budget_left on grants (player_id, grant_id)
  where budget_spent < budget_reserved and status not in ('pending', 'active', 'delivery_failed');
-- Cashback whose first period is not open yet: there is something only between an activation and the next tick.
create index grants_cashback_new on grants (player_id, grant_id)
  where kind = 'cashback' and budget_spent is null and status not in ('pending', 'delivery_failed');
-- Cashback under way, as it is listed.
create index grants_cashback_active on grants (brand_id, grant_id desc) where kind = 'cashback' and status = 'active';

-- The periods of cashback bonuses, one after another: each bonus has at most one that is open, and what is written of a
-- period at its close never changes again, but for whether it was claimed.
create table cashback_periods (
  player_id     uuid not null,
  grant_id      uuid not null,
  -- which of the bonus's periods, from 1
  number        integer not null check (number > 0),
  brand_id      uuid not null,
  campaign_id   uuid not null,
  currency      text not null,
  paid_as       text not null check (paid_as in ('bonus', 'cash')),
  -- the brand's, when the bonus was activated
  time_zone     text not null,
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  state         text not null default 'open' check (state in ('open', 'nothing', 'paid', 'claimable', 'lapsed')),
  -- given at the close
  settlement_id uuid,
  -- Minor units. Below zero where what was told late takes something back; which of them there are depends on the basis.
  stakes        bigint,
  wins          bigint,
  start_balance bigint,
  deposits      bigint,
  withdrawals   bigint,
  end_balance   bigint,
  net_loss      bigint,
  amount        bigint not null default 0 check (amount >= 0),
  -- why nothing is paid
  reason        text,
  closed_at     timestamptz,
  claim_until   timestamptz,
  paid_at       timestamptz,
  primary key (player_id, grant_id, number)
);
create index cashback_closing on cashback_periods (ends_at) where state = 'open';
create index cashback_lapsing on cashback_periods (claim_until) where state = 'claimable';
create index cashback_by_brand on cashback_periods (brand_id, settlement_id desc) where settlement_id is not null;
