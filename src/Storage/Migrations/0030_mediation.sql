-- compatible
-- How disputes were settled, for counts and exports. The case's events are what counts; the row follows them. Who the parties are isn't here.
create table mediation (
    case_id uuid primary key,
    area text not null,
    confidential boolean not null,
    level text not null,
    is_agreed boolean not null,
    number text not null,
    settled_at timestamptz not null
);
create index mediation_settled on mediation (settled_at);
