-- Networks on lists, in plain: an address is compared with all of them, and a key could only be compared with itself. Null for
-- everything else, and for single addresses.
alter table risk_lists add column network cidr;
create index risk_lists_networks on risk_lists using gist (network inet_ops) where network is not null;
