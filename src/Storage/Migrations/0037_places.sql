-- compatible
-- Buildings, units, dwellings, key places and organisations, for lists, searches and figures. Their events are what counts; the rows follow
-- them. What is known of a place is sealed (ADR 0015): what is clear here counts and sorts.
create table place (
    id uuid primary key,
    area text not null,
    kind smallint not null,
    -- Of a key place.
    type text,
    parent uuid,
    status smallint not null,
    version integer not null,
    fields bytea not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    visited_at timestamptz,
    -- Keyed tokens of the name, and of the door and the credit code.
    name_tokens integer[] not null,
    tokens bytea[] not null
);
create index place_area on place (area, created_at, id);
create index place_parent on place (parent) where parent is not null;
create index place_names on place using gin (name_tokens);
create index place_tokens on place using gin (tokens);
create index household_place on household (place) where place is not null;

-- Which household lived in which place, from when to when.
create table household_stay (
    household uuid not null,
    since timestamptz not null,
    place uuid not null,
    until timestamptz,
    primary key (household, since)
);
create index household_stay_place on household_stay (place, since);
insert into household_stay (household, since, place) select id, created_at, place from household where place is not null and status = 0;
