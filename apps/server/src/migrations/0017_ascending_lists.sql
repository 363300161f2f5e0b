-- Lists are newest first, and their ids are UUIDv7: written ascending, a new entry is always the last one. PostgreSQL
-- remembers where that is, and leaves full pages behind; the first entry of an index is looked up each time, and its pages
-- are split in halves. Backwards they are read as fast.
drop index activations_by_brand;
drop index activations_by_campaign;
drop index activations_by_code;
create index activations_by_brand on activations (brand_id, activation_id);
create index activations_by_campaign on activations (campaign_id, activation_id) where campaign_id is not null;
create index activations_by_code on activations (code_key, activation_id) where code_key is not null;

drop index grants_by_campaign;
drop index grants_by_brand;
create index grants_by_campaign on grants (campaign_id, grant_id);
create index grants_by_brand on grants (brand_id, grant_id);

drop index postings_by_brand;
create index postings_by_brand on postings (brand_id, transaction_id, posting_id);
