-- compatible
-- What residents are shown of their grid (docs/grid-card.md). It is public by the county's decision, and therefore clear: a duty phone and a
-- portrait that somebody entered to be shown, never a phone or a photo that was kept for something else.
create table grid_card_person (
    person text primary key,
    pack text not null,
    shows_name boolean not null,
    phone text not null,
    -- A small JPEG; null for none.
    portrait bytea,
    changed_at timestamptz not null,
    changed_by text not null
);
create index grid_card_person_pack on grid_card_person (pack);

-- Where residents of an area and those below it, unless they have one of their own, go during office hours.
create table grid_card_station (
    area text primary key,
    pack text not null,
    name text not null,
    address text not null,
    phone text not null,
    changed_at timestamptz not null,
    changed_by text not null
);

-- The codes that hang at doors and walls. The code itself is kept, so that a sheet can be printed again: what it opens is clear in the
-- tables above anyway.
create table grid_card_code (
    id uuid primary key,
    pack text not null,
    area text not null,
    code text not null unique,
    made_at timestamptz not null,
    made_by text not null,
    ended_at timestamptz
);
create unique index grid_card_code_area on grid_card_code (area) where ended_at is null;
