-- What BI tools read: views of stable names, which show a role the brands it was let read and no others. A role can't choose
-- for itself: it is known by the name it signed in with, and the list below is none of its business.
create table bi_readers (
  role_name   name not null,
  brand_id    uuid not null,
  primary key (role_name, brand_id)
);

create schema bi;
comment on schema bi is 'Read-only views for BI tools';

create view bi.brands with (security_barrier) as select
  b.brand_id,
  b.slug,
  b.name,
  b.time_zone,
  b.currency
  from brands b where b.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.brands is 'Brands that the role reads.';
comment on column bi.brands.brand_id is 'The brand';
comment on column bi.brands.slug is 'Its short name';
comment on column bi.brands.name is 'Its name';
comment on column bi.brands.time_zone is 'IANA name of the zone whose days are the brand’s';
comment on column bi.brands.currency is 'The brand’s own currency';

create view bi.campaigns with (security_barrier) as select
  c.campaign_id,
  c.brand_id,
  c.name,
  c.status,
  c.version,
  c.starts_at,
  c.ends_at,
  c.created_at
  from campaigns c where c.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.campaigns is 'Campaigns, as they are now.';
comment on column bi.campaigns.campaign_id is 'The campaign';
comment on column bi.campaigns.brand_id is 'Whose it is';
comment on column bi.campaigns.name is 'Its name';
comment on column bi.campaigns.status is 'draft, pending_approval, scheduled, active, paused, ended or archived';
comment on column bi.campaigns.version is 'The version of its terms in force';
comment on column bi.campaigns.starts_at is 'When it begins to take codes; empty for at once';
comment on column bi.campaigns.ends_at is 'When it ends; empty for never';
comment on column bi.campaigns.created_at is 'When it was drafted';

create view bi.codes with (security_barrier) as select
  c.code_key as code_id,
  c.brand_id,
  c.campaign_id,
  c.batch_id,
  c.kind,
  c.state,
  case when c.kind = 'shared' then c.shared_text else '…' || c.last4 end as code_masked,
  c.uses,
  c.reserved,
  c.max_uses,
  c.starts_at,
  c.ends_at,
  c.distributed_at,
  c.created_at
  from codes c where c.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.codes is 'Codes that are stored; those of a sealed batch are stored once they are used.';
comment on column bi.codes.code_id is 'The code, under a key that does not tell its text';
comment on column bi.codes.brand_id is 'Whose it is';
comment on column bi.codes.campaign_id is 'The campaign it is of';
comment on column bi.codes.batch_id is 'The batch it was made with';
comment on column bi.codes.kind is 'shared, unique or personal';
comment on column bi.codes.state is 'generated, active, expired or disabled; one whose uses are all taken is active';
comment on column bi.codes.code_masked is 'The text of a shared code; the last symbols of any other';
comment on column bi.codes.uses is 'How often it was used';
comment on column bi.codes.reserved is 'Uses that are held for activations that wait';
comment on column bi.codes.max_uses is 'How often it may be used; empty for without a limit of its own';
comment on column bi.codes.starts_at is 'When it begins to work';
comment on column bi.codes.ends_at is 'When it expires';
comment on column bi.codes.distributed_at is 'When it was given to a player';
comment on column bi.codes.created_at is 'When it was made';

create view bi.players with (security_barrier) as select
  p.player_id,
  p.brand_id,
  p.country,
  p.currency,
  p.language,
  p.registered_at,
  p.kyc_status,
  p.vip_level,
  p.segments,
  p.deposit_count,
  p.total_deposits,
  p.last_deposit_at,
  p.last_login_at,
  coalesce(p.self_excluded_until > now(), false) as is_self_excluded,
  p.bonus_blocked,
  p.created_at
  from players p where p.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.players is 'Players without anything that tells who they are: no name the platform knows them by, no mailbox, telephone or date of birth.';
comment on column bi.players.player_id is 'The player, under an id that only Promosmith knows';
comment on column bi.players.brand_id is 'Whose they are';
comment on column bi.players.country is 'ISO 3166-1 alpha-2';
comment on column bi.players.currency is 'The player’s currency';
comment on column bi.players.language is 'As the platform told it';
comment on column bi.players.registered_at is 'When they registered with the platform';
comment on column bi.players.kyc_status is 'How far their identity is checked';
comment on column bi.players.vip_level is 'As the platform told it';
comment on column bi.players.segments is 'As the platform told them';
comment on column bi.players.deposit_count is 'Deposits that stand';
comment on column bi.players.total_deposits is 'Their sum, minor units of the player’s currency';
comment on column bi.players.last_deposit_at is 'The last one';
comment on column bi.players.last_login_at is 'When they were last there';
comment on column bi.players.is_self_excluded is 'Whether they are excluded now';
comment on column bi.players.bonus_blocked is 'Whether they are blocked from bonuses';
comment on column bi.players.created_at is 'When Promosmith first heard of them';

create view bi.activations with (security_barrier) as select
  a.activation_id,
  a.brand_id,
  a.player_id,
  a.campaign_id,
  a.campaign_version,
  a.code_key as code_id,
  a.outcome,
  a.refusal_key,
  a.entry->>'channel' as channel,
  a.entry->>'deviceType' as device_type,
  a.entry->'traffic'->>'utmSource' as utm_source,
  a.entry->'traffic'->>'utmCampaign' as utm_campaign,
  a.created_at,
  a.changed_at
  from activations a where a.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.activations is 'Codes that were entered, and how that came out.';
comment on column bi.activations.activation_id is 'The activation';
comment on column bi.activations.brand_id is 'Whose it is';
comment on column bi.activations.player_id is 'Who entered the code';
comment on column bi.activations.campaign_id is 'The campaign of the code; empty for an unknown code';
comment on column bi.activations.campaign_version is 'The version that decided';
comment on column bi.activations.code_id is 'The code; empty for an unknown one';
comment on column bi.activations.outcome is 'As it is now: accepted, awaiting_deposit, in_review, refused, lapsed or reversed';
comment on column bi.activations.refusal_key is 'The first check that failed';
comment on column bi.activations.channel is 'Where the code was entered';
comment on column bi.activations.device_type is 'As the platform told it';
comment on column bi.activations.utm_source is 'Where the player came from';
comment on column bi.activations.utm_campaign is 'The campaign of the advertisement';
comment on column bi.activations.created_at is 'When the code was entered';
comment on column bi.activations.changed_at is 'When the outcome came to be';

create view bi.bonuses with (security_barrier) as select
  g.grant_id,
  g.brand_id,
  g.player_id,
  g.activation_id,
  g.campaign_id,
  g.campaign_version,
  g.kind,
  g.status,
  g.currency,
  g.amount,
  g.balance,
  g.wagering_required / 10000 as wagering_required,
  g.wagered / 10000 as wagered,
  g.converted,
  g.parent_grant_id,
  g.created_at,
  g.granted_at,
  g.expires_at,
  g.ended_at
  from grants g where g.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.bonuses is 'Bonuses that were issued, as they stand now.';
comment on column bi.bonuses.grant_id is 'The bonus';
comment on column bi.bonuses.brand_id is 'Whose it is';
comment on column bi.bonuses.player_id is 'Who has it';
comment on column bi.bonuses.activation_id is 'The activation it came of; empty when none did';
comment on column bi.bonuses.campaign_id is 'The campaign';
comment on column bi.bonuses.campaign_version is 'The version whose terms it was issued under';
comment on column bi.bonuses.kind is 'deposit, free_spins, bonus_balance, cashback, tournament_entry or special';
comment on column bi.bonuses.status is 'pending, active, completed, lost, expired, forfeited, cancelled, auto_closed or delivery_failed';
comment on column bi.bonuses.currency is 'Of all the money beside it';
comment on column bi.bonuses.amount is 'Face value, minor units; 0 until it is known';
comment on column bi.bonuses.balance is 'Bonus money that is left, minor units';
comment on column bi.bonuses.wagering_required is 'Turnover asked for, minor units, rounded down';
comment on column bi.bonuses.wagered is 'Turnover so far, minor units, rounded down';
comment on column bi.bonuses.converted is 'What became real money, minor units';
comment on column bi.bonuses.parent_grant_id is 'The bonus it is paid out of: free spins, cashback';
comment on column bi.bonuses.created_at is 'When it was issued: promised, for one that waits';
comment on column bi.bonuses.granted_at is 'When it became active';
comment on column bi.bonuses.expires_at is 'When it ends if nothing happens before';
comment on column bi.bonuses.ended_at is 'When it was over';

create view bi.postings with (security_barrier) as select
  l.posting_id,
  l.transaction_id,
  l.brand_id,
  l.player_id,
  l.grant_id,
  l.kind,
  l.debit,
  l.credit,
  l.currency,
  l.amount,
  l.created_at
  from postings l where l.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.postings is 'The ledger: every amount that was moved from one account to another, but for stakes and wins, which stand with their bets.';
comment on column bi.postings.posting_id is 'The posting';
comment on column bi.postings.transaction_id is 'What belongs together, and sums to 0';
comment on column bi.postings.brand_id is 'Whose it is';
comment on column bi.postings.player_id is 'Whose money it is about';
comment on column bi.postings.grant_id is 'The bonus it is about';
comment on column bi.postings.kind is 'What happened';
comment on column bi.postings.debit is 'The account it was taken from';
comment on column bi.postings.credit is 'The account it was given to';
comment on column bi.postings.currency is 'Of the amount';
comment on column bi.postings.amount is 'Minor units';
comment on column bi.postings.created_at is 'When it was booked';

create view bi.deposits with (security_barrier) as select
  e.data->>'depositId' as deposit_id,
  e.brand_id,
  e.player_id,
  e.data->>'currency' as currency,
  (e.data->>'amount')::bigint as amount,
  e.data->>'method' as method,
  exists (select from platform_events x where x.player_id = e.player_id
      and x.type = 'deposit.reversed' and x.data->>'depositId' = e.data->>'depositId') as is_reversed,
  e.time as made_at,
  e.received_at
  from platform_events e
  where e.type = 'deposit.succeeded' and e.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user));
comment on view bi.deposits is 'Deposits that the platform told of.';
comment on column bi.deposits.deposit_id is 'As the platform names it';
comment on column bi.deposits.brand_id is 'Whose it is';
comment on column bi.deposits.player_id is 'Who made it';
comment on column bi.deposits.currency is 'Of the amount';
comment on column bi.deposits.amount is 'Minor units';
comment on column bi.deposits.method is 'How it was paid';
comment on column bi.deposits.is_reversed is 'Whether it was taken back';
comment on column bi.deposits.made_at is 'When it was made';
comment on column bi.deposits.received_at is 'When the platform told of it';

create view bi.daily_performance with (security_barrier) as select
  d.brand_id,
  d.day,
  d.campaign_id,
  d.measure,
  d.detail,
  d.currency,
  d.count,
  d.amount
  from rollup_days d where d.brand_id = any (array(select r.brand_id from bi_readers r where r.role_name = session_user)) and (d.count <> 0 or d.amount <> 0);
comment on view bi.daily_performance is 'What happened, by days of the brand’s clock: the sums that overview and performance are made of.';
comment on column bi.daily_performance.brand_id is 'Whose it is';
comment on column bi.daily_performance.day is 'By the brand’s clock';
comment on column bi.daily_performance.campaign_id is 'Empty for what is of no campaign, such as tries of unknown codes';
comment on column bi.daily_performance.measure is 'What is counted: see the guide on analytics';
comment on column bi.daily_performance.detail is 'A finer word for it: the key of a refusal, the kind of a bonus';
comment on column bi.daily_performance.currency is 'Empty where no money is counted';
comment on column bi.daily_performance.count is 'How often';
comment on column bi.daily_performance.amount is 'How much, minor units';
