-- compatible
-- The level to which a case climbed; null while those have it whom its category or its department names. Few open cases have one.
alter table case_file add column level text;
create index case_file_level on case_file (level, reported_at) where level is not null;
