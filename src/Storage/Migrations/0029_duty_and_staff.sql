-- compatible
-- When cases of the pack can next go to other people only because time passes: a shift or the office hours begin or end. Null: never.
alter table pack add column shift_at timestamptz;
-- Changes of posts and people that were entered in the console: each is a new version of the pack from its day on.
create table staff_change (
    id uuid primary key,
    pack text not null references pack (id),
    kind text not null,
    -- The id within the pack; somebody new isn't in the table of people yet.
    person text not null,
    name text,
    area text,
    post text,
    successor text,
    effective_on date not null,
    -- When that day begins at the place.
    effective_at timestamptz not null,
    entered_by text not null,
    entered_at timestamptz not null,
    applied_at timestamptz,
    -- The version of the pack that it made.
    version integer,
    cancelled_by text,
    -- Why it couldn't be made, and of which version; it is tried again with the next one.
    failure text,
    failed_version integer
);
create index staff_change_pack on staff_change (pack, entered_at);
create index staff_change_waiting on staff_change (effective_at) where applied_at is null and cancelled_by is null;
