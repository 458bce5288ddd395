-- compatible
-- Households and residents, for lists, searches and figures. Their events are what counts; the rows follow them. Whatever a person can be
-- known by is sealed (ADR 0015): what is clear here counts and sorts.
create table household (
    id uuid primary key,
    area text not null,
    place uuid,
    worker text,
    status smallint not null,
    version integer not null,
    fields bytea not null,
    head uuid,
    residents smallint not null,
    -- The special groups that somebody of the household is in.
    groups text[] not null,
    -- When the first certificate lapses.
    expires_on date,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    checked_at timestamptz not null,
    visited_at timestamptz,
    -- Keyed tokens of the door, the address and the phone.
    tokens bytea[] not null
);
create index household_area on household (area, created_at, id);
create index household_created on household (created_at, id);
create index household_tokens on household using gin (tokens);

create table resident (
    id uuid primary key,
    household uuid not null,
    area text not null,
    kind smallint not null,
    status smallint not null,
    relation text,
    groups text[] not null,
    tags text[] not null,
    -- When it was recorded that they moved out or died.
    left_at timestamptz,
    fields bytea not null,
    erased boolean not null,
    -- Keyed tokens of the name, and of numbers, phones and plates.
    name_tokens integer[] not null,
    tokens bytea[] not null
);
create index resident_household on resident (household);
create index resident_area on resident (area, status);
create index resident_left on resident (left_at) where left_at is not null and not erased;
create index resident_names on resident using gin (name_tokens);
create index resident_tokens on resident using gin (tokens);

create table certificate (
    id uuid primary key,
    resident uuid not null,
    household uuid not null,
    area text not null,
    kind text not null,
    expires_on date not null,
    raised_case uuid
);
create index certificate_household on certificate (household);
create index certificate_expires on certificate (area, expires_on);

-- The cases about a household.
create table household_case (
    case_id uuid primary key,
    household uuid not null
);
create index household_case_household on household_case (household);
