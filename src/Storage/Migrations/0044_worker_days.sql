-- compatible
-- What workers do outside, as their phones tell it: evidence, which is judged when it comes and never changed (ADR 0016). These rows are
-- the truth; no event stands for them.
create table field_record (
    person text not null,
    -- Made by the phone, the same on every attempt.
    id uuid not null,
    pack text not null,
    -- The key of the area.
    area text not null,
    day date not null,
    kind smallint not null,
    -- By the clock of the device; by the corrected clock; by the clock of the service.
    device_at timestamptz not null,
    at timestamptz not null,
    received_at timestamptz not null,
    device text not null,
    sequence integer not null,
    -- WGS 84; the system in which the position came.
    lon double precision,
    lat double precision,
    accuracy real,
    source smallint,
    crs smallint,
    grade smallint not null,
    reasons smallint[] not null,
    -- It came after its day was closed.
    late boolean not null,
    until timestamptz,
    patrol uuid,
    households uuid[] not null,
    photos text[] not null,
    -- What else it says, without words.
    data jsonb not null,
    -- Words, sealed with the key of the day.
    note bytea,
    primary key (person, id)
);
create index field_record_day on field_record (person, day, at);
create index field_record_area on field_record (area, day);
create index field_record_device on field_record (device, day);
create index field_record_households on field_record using gin (households) where households <> '{}';
create index field_record_photos on field_record using gin (photos) where photos <> '{}';
create index field_record_received on field_record using brin (received_at);

-- Why a record is doubted. Whoever clears it does so in the journal of the day.
create table field_flag (
    person text not null,
    record uuid not null,
    flag smallint not null,
    area text not null,
    day date not null,
    detail integer,
    raised_at timestamptz not null,
    cleared_at timestamptz,
    cleared_by text,
    reason text,
    primary key (person, record, flag)
);
create index field_flag_day on field_flag (person, day);
create index field_flag_open on field_flag (area, raised_at desc) where cleared_at is null;
create index field_flag_area on field_flag (area, raised_at desc);

-- Where somebody walked: parts of a track as they came.
create table field_track (
    person text not null,
    id uuid not null,
    pack text not null,
    area text not null,
    day date not null,
    received_at timestamptz not null,
    device text not null,
    sequence integer not null,
    patrol uuid,
    source smallint not null,
    crs smallint not null,
    mocked boolean not null,
    begins timestamptz not null,
    ends timestamptz not null,
    west double precision not null,
    south double precision not null,
    east double precision not null,
    north double precision not null,
    -- [milliseconds since 1970, lon, lat, accuracy], by their times.
    points jsonb not null,
    thinned boolean not null default false,
    primary key (person, id)
);
create index field_track_day on field_track (person, day);
create index field_track_ends on field_track (pack, ends);
create index field_track_thin on field_track (pack, ends) where not thinned;

-- The days of workers, from the first record on.
create table worker_day (
    person text not null,
    day date not null,
    pack text not null,
    -- The area in which the worker is counted.
    area text not null,
    closes_at timestamptz not null,
    closed_at timestamptz,
    -- Records came after it was closed, and it hasn't said so yet.
    unsettled boolean not null default false,
    -- When its actor is called again.
    call_at timestamptz not null,
    primary key (person, day)
);
create index worker_day_area on worker_day (area, day);
create index worker_day_call on worker_day (call_at) where closed_at is null or unsettled;

-- Households and places that must be told of a visit.
create table visit_relay (
    id bigint generated always as identity primary key,
    household uuid,
    place uuid,
    visit uuid not null,
    person text not null,
    at timestamptz not null,
    call_at timestamptz not null default now()
);
create index visit_relay_call on visit_relay (call_at);
