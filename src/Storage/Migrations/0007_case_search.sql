-- compatible
-- What a search looks through: number (also without its hyphen), title and detail in one folded form, so that full-width digits, capitals and every
-- Unicode form of a character are found. The table is written anew once; later updates of a row leave the column alone, because no step changes it.
alter table case_file add column search text generated always as
    (lower(normalize(number || E'\n' || replace(number, '-', '') || E'\n' || title || E'\n' || detail, NFKC))) stored;

drop index case_file_text;
create index case_file_search on case_file using gin (search gin_trgm_ops);
analyze case_file;
