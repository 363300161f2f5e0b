-- Postings are listed by transaction, newest first: transaction ids are UUIDv7, so the order of the ids is that of time.
-- The primary key serves a player and, through its player, a grant; the one index a brand, a span and a transaction.
alter table postings drop constraint postings_pkey;
alter table postings add primary key (player_id, transaction_id, posting_id);
drop index postings_by_grant;
create index postings_by_brand on postings (brand_id, transaction_id desc, posting_id desc);

-- Few among many: those that failed, or are over. Issuing a bonus does not touch it.
create index grants_ended on grants (brand_id, status, grant_id desc) where status not in ('pending', 'active');
