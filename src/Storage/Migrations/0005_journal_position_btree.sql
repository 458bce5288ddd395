-- compatible
-- A block range index is only useful where it has been summarized, which the autovacuum does a minute later at the earliest. Until then whoever asked
-- for the last entries read all of the journal that was written since, and actors that start ask for them.
drop index journal_position;
create index journal_position on journal (position);
