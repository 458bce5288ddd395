-- compatible
-- PostgreSQL keeps the newest entries of a GIN index in a list that every search reads from end to end, up to 4 MB of it. Who registers a
-- resident or keeps a photo looks for the same one in each transaction, so these entries go where they belong at once.
alter index household_tokens set (fastupdate = off);
alter index resident_names set (fastupdate = off);
alter index resident_tokens set (fastupdate = off);
alter index place_names set (fastupdate = off);
alter index place_tokens set (fastupdate = off);
alter index photo_likeness set (fastupdate = off);
select gin_clean_pending_list(i::regclass)
from unnest(array['household_tokens', 'resident_names', 'resident_tokens', 'place_names', 'place_tokens', 'photo_likeness']) as i;
