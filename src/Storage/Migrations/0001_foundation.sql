create extension if not exists pg_trgm;

-- What the packs say. Areas and people that a changed pack no longer names stay, inactive, for the history that names them.
create table pack (
    id text primary key,
    digest text not null,
    document jsonb not null,
    loaded_at timestamptz not null
);

create table area (
    key text primary key,
    pack text not null references pack (id),
    code text not null,
    name text not null,
    level text not null,
    parent text,
    kind text not null,
    generated boolean not null,
    active boolean not null default true,
    -- Nested sets: everything below an area lies between its lft and rgt. ordinal is the pack's own order.
    lft integer not null,
    rgt integer not null,
    ordinal integer not null
);
create index area_lft on area (pack, lft);

create table area_shape (
    area text primary key references area (key),
    geometry jsonb not null
);

create table person (
    key text primary key,
    pack text not null references pack (id),
    id text not null,
    name text not null,
    employment text not null,
    generated boolean not null,
    active boolean not null default true
);

create table holding (
    area text not null references area (key),
    post text not null,
    person text not null references person (key),
    primary key (area, post, person)
);

-- The truth. (stream, sequence) is the fence and the only unique index; a BRIN index finds what came after a position.
create table journal (
    position bigint generated always as identity,
    stream text not null,
    sequence integer not null,
    kind text not null,
    at timestamptz not null,
    by text not null,
    area text not null,
    operation uuid not null,
    data jsonb not null,
    unique (stream, sequence)
);
create index journal_position on journal using brin (position) with (pages_per_range = 16, autosummarize = on);

-- One row a case, written with its events. No index on what a step changes: updates stay heap-only.
create table case_file (
    id uuid primary key,
    number text not null,
    area text not null,
    category text not null,
    title text not null,
    detail text not null,
    confidential boolean not null,
    reporter text not null,
    reported_at timestamptz not null,
    status smallint not null,
    outcome smallint not null,
    claimant text,
    claimed_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz,
    updated_at timestamptz not null,
    updated_by text not null,
    last_step smallint not null,
    version integer not null,
    offered_to text[] not null,
    department text,
    rating smallint
) with (fillfactor = 70);
create index case_file_area on case_file (area, reported_at desc);
create index case_file_reported on case_file (reported_at desc);
create index case_file_reporter on case_file (reporter, reported_at desc);
create index case_file_number on case_file (number);
create index case_file_text on case_file using gin (title gin_trgm_ops, detail gin_trgm_ops);

-- Whose inbox holds which open case. What it is to them (offered, mine, watched, reported) follows from the case.
create table inbox_item (
    person text not null,
    case_id uuid not null,
    primary key (person, case_id)
);

-- Next due moments, by shard; used by the clocks.
create table deadline (
    shard smallint not null,
    due_at timestamptz not null,
    stream text not null,
    name text not null,
    primary key (stream, name)
);
create index deadline_due on deadline (shard, due_at);

create table register (
    pack text not null,
    year integer not null,
    next integer not null,
    primary key (pack, year)
);

create table account (
    person text primary key references person (key),
    password_hash text not null,
    created_at timestamptz not null
);

create table sign_in_failure (
    account text primary key,
    failures integer not null,
    locked_until timestamptz,
    updated_at timestamptz not null
);

create table session (
    token_hash bytea primary key,
    person text not null references person (key),
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_expires on session (expires_at);

-- Photos as they were uploaded: what was taken where and when is evidence. What is shown is stripped of it.
create table photo (
    id text primary key,
    content_type text not null,
    bytes bytea not null,
    taken_at timestamp,
    lon double precision,
    lat double precision
);
alter table photo alter column bytes set storage external; -- Compressed already.

create table photo_upload (
    photo text not null references photo (id),
    uploader text not null,
    at timestamptz not null,
    primary key (photo, uploader)
);
create index photo_upload_uploader on photo_upload (uploader, at);
