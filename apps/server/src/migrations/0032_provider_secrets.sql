-- The secret before the one in force, encrypted too: what a provider signs with it is taken until its time is over.
alter table free_round_providers add column previous_secret bytea;
alter table free_round_providers add column previous_secret_until timestamptz;
