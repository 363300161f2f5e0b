-- What a profile's score is the sum of: all that was found, also what shows in attempts only, with the points it had by the policy
-- of then; and the list that decided on its band, if one did.
alter table risk_profiles
  add column weighed jsonb not null default '[]',
  add column listed text check (listed in ('blocked', 'allowed'));
-- Those that have a score are given what it is made of.
update risk_profiles set due_at = now() where due_at is null and (score > 0 or findings <> '[]');
