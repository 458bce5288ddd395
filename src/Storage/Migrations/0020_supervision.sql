-- compatible
-- Supervision notices, for their ledger. The case's events are what counts; the row follows them.
create table supervision (
    case_id uuid not null,
    number text not null,
    issued_at timestamptz not null,
    issued_by text not null,
    reason text not null,
    clock smallint,
    due_at timestamptz,
    answered_at timestamptz,
    answered_by text,
    answer text not null,
    primary key (case_id, number)
);
create index supervision_issued on supervision (issued_at, case_id);
