-- compatible
-- Residents' applications to register their own household. Their events are what counts; the rows follow them. What they say is sealed with a
-- key of the application (subject_key), which is destroyed with it.
create table registration (
    id uuid primary key,
    pack text not null,
    area text not null,
    status smallint not null,
    submitted_at timestamptz not null,
    updated_at timestamptz not null,
    household uuid,
    -- A hash of the secret by which the resident asks what has become of it.
    secret bytea not null,
    -- A keyed token of the phone that was confirmed.
    phone bytea not null,
    body bytea not null
);
create index registration_area on registration (area, status, submitted_at, id);
create index registration_kept on registration (pack, submitted_at) where status <> 3;
create index registration_phone on registration (phone) where status = 0;
create unique index registration_secret on registration (secret);

-- The codes that are printed for an area or a door. Who scans one can apply there; it opens nothing else.
create table registration_door (
    id uuid primary key,
    pack text not null,
    area text not null,
    household uuid,
    -- A hash of the code.
    code bytea not null unique,
    made_at timestamptz not null,
    made_by text not null,
    ended_at timestamptz
);
create index registration_door_area on registration_door (area) where ended_at is null;

-- Codes that were sent to phones. Neither the phone nor the code is readable.
create table phone_confirmation (
    id uuid primary key,
    door uuid not null references registration_door (id),
    phone bytea not null,
    code bytea not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    attempts smallint not null default 0,
    used_at timestamptz
);
create index phone_confirmation_phone on phone_confirmation (phone, sent_at);
create index phone_confirmation_door on phone_confirmation (door, sent_at);
