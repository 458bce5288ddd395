-- compatible
-- Consultations, for their list and the figures of boards. The case's events are what counts; the row follows them.
create table consultation (
    id uuid primary key,
    case_id uuid not null,
    number text not null,
    called_at timestamptz not null,
    called_by text not null,
    reason text not null,
    due_at timestamptz,
    parties smallint not null,
    given smallint not null,
    decided_at timestamptz,
    decided_by text,
    decision text not null
);
create index consultation_called on consultation (called_at, id);

-- Who owes an opinion about a case, and who has a task of it that isn't finished; null where nobody is.
alter table case_file add column consulted text[], add column tasked text[];
