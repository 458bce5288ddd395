-- compatible
-- When a robot of a group chat may send its next message. Robots take few messages a minute, whichever process sends them. Times are the
-- database's.
create table robot_turn (
    pack text not null,
    robot text not null,
    next_at timestamptz not null,
    primary key (pack, robot)
);

-- Boards count the cases whose notice waits for its answer.
create index supervision_unanswered on supervision (case_id) where answered_at is null;

-- The last time in which clocks ran out while no process called their cases, in the service's time.
create table clock_outage (
    one boolean primary key default true check (one),
    began_at timestamptz not null,
    ended_at timestamptz not null
);
