-- compatible
-- The files of every version of a pack, each content once. What is published in the console is a version like what was read from a folder.
create table pack_file (
    hash text primary key,
    content bytea not null
);
create table pack_version (
    pack text not null references pack (id),
    number integer not null,
    digest text not null,
    -- By file name, the hash of its content.
    files jsonb not null,
    published_at timestamptz not null,
    -- Who published it in the console; null when it was read from a folder.
    published_by text,
    note text not null,
    primary key (pack, number)
);
-- What is being edited. The revision counts its changes, so that two people don't overwrite each other.
create table pack_draft (
    pack text primary key references pack (id),
    revision integer not null,
    files jsonb not null,
    saved_at timestamptz not null,
    -- Null when it came from a folder that was changed while another version was in force.
    saved_by text
);
-- The version in force, and the files that the folder held when it was last read. A pack that was loaded earlier has neither until its next load.
alter table pack add column version integer, add column seen_files jsonb;
