-- compatible
-- Files of many cases, which the service writes in the background. A file is kept for a day, in parts, so that neither writing nor reading one needs
-- much memory, and any process of a cluster can hand it out.
create table case_export (
    id uuid primary key,
    person text not null references person (key),
    query jsonb not null,
    format text not null,
    is_english boolean not null,
    asked_at timestamptz not null,
    state smallint not null default 0,
    attempts smallint not null default 0,
    written integer not null default 0,
    total integer,
    name text,
    bytes bigint
);
create index case_export_person on case_export (person, asked_at);

create table case_export_part (
    export uuid not null references case_export (id) on delete cascade,
    number integer not null,
    bytes bytea not null,
    primary key (export, number)
);
alter table case_export_part alter column bytes set storage external; -- A workbook is compressed already.
