-- compatible
-- The time of a demonstration that was started at another moment, or in which time passes faster: one row. None where time is the machine's.
create table service_time (
    id smallint primary key default 1 check (id = 1),
    began_at timestamptz not null,
    -- How far it has come, a second ago at most. It stands still while the service doesn't run.
    reached_at timestamptz not null,
    pace double precision not null
);

-- The term of the clock that due_at is of, as the catalogue writes it: it says whether working time is left or time. Null for cases whose last step was
-- taken by a version that didn't know it.
alter table case_file add column due_term text;
