-- compatible
-- What a case has to tell the one that it was linked with. A row is written with the event, and deleted when the other case has taken it.
create table case_link_relay (
    id bigint generated always as identity primary key,
    target uuid not null,
    source uuid not null,
    number text not null,
    by text not null,
    reason text not null,
    version integer not null,
    call_at timestamptz not null default now()
);
create index case_link_relay_call on case_link_relay (call_at);
