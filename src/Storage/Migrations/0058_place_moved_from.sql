-- compatible
-- The area that a place came from, so that the households that it left behind there can be proposed to follow it.
alter table place add column moved_from text;
