-- compatible
-- Households are linked to the workers of their area, and some to another worker by name. Without an index of the latter, "my households"
-- read the whole table.
create index household_worker on household (worker) where worker is not null;
