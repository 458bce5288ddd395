-- compatible
-- Files of households that the service writes in the background. A file is sealed part by part with a key of its own (subject_key), which
-- is destroyed with it a day later.
create table household_export (
    id uuid primary key,
    pack text not null,
    area text not null,
    person text not null references person (key),
    is_english boolean not null,
    -- For what values are in clear; null when everything is masked.
    purpose text,
    -- Which fields are in clear.
    fields text[] not null,
    asked_at timestamptz not null,
    state smallint not null default 0,
    attempts smallint not null default 0,
    written integer not null default 0,
    total integer,
    name text,
    bytes bigint
);
create index household_export_person on household_export (person, asked_at);

create table household_export_part (
    export uuid not null references household_export (id) on delete cascade,
    number integer not null,
    bytes bytea not null,
    primary key (export, number)
);
alter table household_export_part alter column bytes set storage external; -- Sealed bytes don't get smaller.

-- A file in clear is one reveal, whose household is all zeros, and which names the file. Whose values are in it stands beside it, so that
-- whoever asks who saw their data learns of it.
alter table reveal add column export uuid;
alter table reveal add column people integer;

create table revealed_household (
    reveal uuid not null references reveal (id) on delete cascade,
    household uuid not null,
    residents uuid[] not null,
    primary key (reveal, household)
);
create index revealed_household_household on revealed_household (household);
create index revealed_household_residents on revealed_household using gin (residents);
