-- What waits for a person, among any number of adjustments that are done with.
create index adjustments_open on adjustments (brand_id, adjustment_id) where closed_at is null;
