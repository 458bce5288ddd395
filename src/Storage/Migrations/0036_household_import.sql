-- compatible
-- Spreadsheets of households that are imported in the background. The file, what its rows say and what is done to each household are sealed
-- with a key of the import (subject_key), which is destroyed with it.
create table household_import (
    id uuid primary key,
    pack text not null,
    area text not null,
    person text not null references person (key),
    asked_at timestamptz not null,
    state smallint not null default 0,
    attempts smallint not null default 0,
    done integer not null default 0,
    total integer,
    -- Why the file was refused as a whole.
    refusal text,
    -- How many rows are new, changed, unchanged, doubtful and wrong.
    counts integer[] not null default '{0,0,0,0,0}',
    applied_at timestamptz,
    file bytea not null
);
create index household_import_person on household_import (person, asked_at);
alter table household_import alter column file set storage external; -- Sealed bytes don't get smaller.

create table household_import_row (
    import uuid not null references household_import (id) on delete cascade,
    number integer not null,
    -- The household that the row belongs to in the file.
    household integer not null,
    state smallint not null,
    body bytea not null,
    primary key (import, number)
);

create table household_import_plan (
    import uuid not null references household_import (id) on delete cascade,
    number integer not null,
    -- 0: planned, 1: applied, 2: not applied, because somebody changed the household meanwhile; 3: undone.
    state smallint not null default 0,
    body bytea not null,
    primary key (import, number)
);
