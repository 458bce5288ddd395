-- compatible
-- The keys of a pack: the data key, which wraps the keys of households, residents and places, and the key of the tokens by which they are
-- found. Both are wrapped by the master key, which is outside the database and whose id is in "master". A new version has a new data key and
-- the same search key.
create table vault_key (
    pack text not null,
    version integer not null,
    master text not null,
    data_key bytea not null,
    search_key bytea not null,
    created_at timestamptz not null default now(),
    primary key (pack, version)
);

-- The key that seals the fields of one household, resident or place, wrapped by a data key. Who is erased has no row. The foreign key keeps
-- a data key from being destroyed while another process still wraps with it.
create table subject_key (
    subject uuid primary key,
    pack text not null,
    version integer not null,
    wrapped bytea not null,
    foreign key (pack, version) references vault_key (pack, version)
);
