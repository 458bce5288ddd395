-- compatible
-- Appointments of workers with households, and the services that are done for them. Their events are what counts; the rows follow them. The
-- body is the appointment, sealed with a key of its own (subject_key), because somebody may have named people in it; the columns are what it is
-- found by.
create table appointment (
    id uuid primary key,
    pack text not null,
    area text not null,
    worker text not null,
    status smallint not null,
    households uuid[] not null,
    -- A service for one of them isn't at its end.
    service_open boolean not null,
    from_at timestamptz not null,
    body bytea not null
);
create index appointment_worker on appointment (worker, from_at);
create index appointment_area on appointment (area, from_at);
create index appointment_households on appointment using gin (households);
create index appointment_services on appointment (area) where service_open;
create index appointment_kept on appointment (pack, from_at) where status <> 5;
