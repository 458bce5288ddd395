-- compatible
-- The clocks of cases. A row is a moment at which a case wants to be called. Rows are inserted when a clock starts, and are neither moved nor
-- deleted when the case doesn't wait for the moment any more: the case ignores it then.
create table clock_moment (
    id bigint generated always as identity primary key,
    case_id uuid not null,
    clock smallint not null,
    moment timestamptz not null,
    -- When to call the case: the moment, or later when somebody is calling it already, in case they don't finish.
    call_at timestamptz not null
);
create index clock_moment_call on clock_moment (call_at);

alter table case_file add column due_at timestamptz, add column urgency smallint not null default 0;

drop table deadline;
