-- compatible
-- Tasks that were sent down (下达), for lists. Their events are what counts; the rows follow them.
create table field_task (
    id uuid primary key,
    pack text not null,
    area text not null,
    status smallint not null,
    title text not null,
    sent_at timestamptz not null,
    schedule uuid,
    -- Open to-dos, so that a list of what isn't finished reads no to-dos.
    open integer not null,
    version integer not null,
    view jsonb not null
);
create index field_task_pack on field_task (pack, sent_at desc, id desc);

-- One to-do of a task: of an area, or of one person in it ('' where it is the area's). All of them are written with the task.
create table field_task_target (
    task uuid not null,
    area text not null,
    person text not null default '',
    -- 0: open, 1: done, 2: refused, 3: recalled.
    status smallint not null default 0,
    late boolean not null default false,
    read_at timestamptz,
    read_by text,
    reminded_at timestamptz,
    at timestamptz,
    by text,
    -- By the phone that had no signal.
    taken_at timestamptz,
    note text not null default '',
    photos text[] not null default '{}',
    count integer,
    ticked text[] not null default '{}',
    -- Why it was refused or returned.
    reason text not null default '',
    returned smallint not null default 0,
    primary key (task, area, person)
) with (fillfactor = 70);
create index field_task_target_open on field_task_target (area) where status = 0;
create index field_task_target_done on field_task_target (area, at) where status = 1;

create table task_schedule (
    id uuid primary key,
    pack text not null,
    area text not null,
    status smallint not null,
    begun_at timestamptz not null,
    view jsonb not null
);
create index task_schedule_pack on task_schedule (pack, begun_at, id);
