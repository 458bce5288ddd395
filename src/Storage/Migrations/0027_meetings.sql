-- compatible
-- The ledgers on which cases wait for meetings, and the meetings that were held. The events are what counts; the rows follow them.
create table ledger_item (
    area text not null,
    case_id uuid not null,
    put_at timestamptz not null,
    put_by text not null,
    reason text not null,
    primary key (area, case_id)
);
create index ledger_item_case on ledger_item (case_id);

create table meeting (
    id uuid primary key,
    area text not null,
    number text not null,
    scheduled_at timestamptz not null,
    opened_at timestamptz not null,
    opened_by text not null,
    items integer not null,
    decided integer not null,
    closed_at timestamptz
);
create index meeting_area on meeting (area, opened_at);
