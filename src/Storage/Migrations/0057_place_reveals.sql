-- compatible
-- The place whose masked values were revealed, such as the phone of who answers for a key place. Its reveals name no household.
alter table reveal add column place uuid;
create index reveal_place on reveal (place, at) where place is not null;
