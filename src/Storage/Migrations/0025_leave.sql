-- compatible
-- Who is on leave, from when until when, and who stands in. A leave that was cancelled before it began ends when it begins.
create table leave (
    id uuid primary key,
    pack text not null references pack (id),
    person text not null references person (key),
    begins_at timestamptz not null,
    ends_at timestamptz not null,
    deputy text references person (key),
    entered_by text not null,
    entered_at timestamptz not null,
    ended_by text,
    -- The next moment at which cases go to other people because of it; null when it is over and all cases have followed.
    follow_at timestamptz
);
create index leave_pack on leave (pack, ends_at);
create index leave_follow on leave (follow_at) where follow_at is not null;
