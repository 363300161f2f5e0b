-- Gateways may tell what became of messages; those connected before do not.
update channel_connections set settings = settings || '{"receipts": null}' where settings ->> 'kind' = 'http';
