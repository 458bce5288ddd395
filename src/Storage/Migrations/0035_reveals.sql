-- compatible
-- Who had masked values revealed: whom, which fields, for what, when, from where. It is written before the values are answered. The access
-- journal has the same reveals in its chain of hashes; this table says more, and is what the inspector reads.
create table reveal (
    id uuid primary key,
    at timestamptz not null,
    person text not null,
    pack text not null,
    area text not null,
    household uuid not null,
    residents uuid[] not null,
    fields text[] not null,
    purpose text not null,
    address text not null,
    -- More in one day than the pack calls usual.
    unusual boolean not null
);
create index reveal_at on reveal (pack, at, id);
create index reveal_person on reveal (person, at);
create index reveal_household on reveal (household, at);
