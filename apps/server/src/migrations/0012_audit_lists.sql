-- The order in which the audit chain is verified, and what the log is searched by.
create index audit_chain on audit_log (brand_id, position, entry_id) where position is not null;
create index audit_by_actor on audit_log (brand_id, (actor ->> 'id'), entry_id desc);
create index audit_by_action on audit_log (brand_id, action, entry_id desc);
