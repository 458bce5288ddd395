-- compatible
-- Months of which the scores are closed, and are looked at again as long as something may come late. A month is there from its first day on.
create table score_period (
    pack text not null references pack (id),
    month date not null,
    -- When it is closed, or looked at again; null when nothing more is expected.
    call_at timestamptz,
    closed_at timestamptz,
    primary key (pack, month)
);
create index score_period_call on score_period (call_at) where call_at is not null;

-- A worker's closed month. The truth is the journal.
create table score_month (
    person text not null,
    month date not null,
    pack text not null,
    area text not null,
    closed_at timestamptz not null,
    corrected_at timestamptz,
    -- The settled score, and by how many points appeals changed its lines.
    settled jsonb not null,
    adjusted jsonb not null,
    primary key (person, month)
);
create index score_month_pack on score_month (pack, month);

create table score_appeal (
    id uuid primary key,
    person text not null,
    month date not null,
    pack text not null,
    area text not null,
    item text not null,
    status smallint not null,
    instance smallint not null,
    opened_at timestamptz not null,
    due_at timestamptz not null,
    decided_at timestamptz
);
create index score_appeal_open on score_appeal (area, due_at) where status = 0;
create index score_appeal_area on score_appeal (area, opened_at desc);
