-- compatible
-- Where a case was reported: by it duplicates are found. Of the cases there are, only the open ones can have some.
alter table case_file add column lon double precision, add column lat double precision;
update case_file c
set lon = (j.data -> 'position' ->> 'lon')::double precision, lat = (j.data -> 'position' ->> 'lat')::double precision
from case_open o join journal j on j.stream = 'case/' || replace(o.case_id::text, '-', '') and j.sequence = 1
where c.id = o.case_id and jsonb_typeof(j.data -> 'position') = 'object';

-- What a case has to tell another one: that it was merged into it, or which status it has. A row is written with the event, and deleted when the other case
-- has taken it.
create table case_relay (
    id bigint generated always as identity primary key,
    target uuid not null,
    source uuid not null,
    number text not null,
    by text not null,
    joins boolean not null,
    status smallint not null,
    outcome smallint not null,
    version integer not null,
    call_at timestamptz not null default now()
);
create index case_relay_call on case_relay (call_at);
