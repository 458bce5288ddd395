-- compatible
-- What residents ask for about what is kept of them (PIPL 44 to 50). Their words are in the journal, sealed with the resident's key.
create table subject_request (
    id uuid primary key,
    pack text not null,
    household uuid not null,
    resident uuid not null,
    kind smallint not null,
    status smallint not null,
    opened_at timestamptz not null,
    opened_by text not null,
    -- Until when it must be answered.
    due_at timestamptz not null,
    decided_at timestamptz,
    decided_by text,
    carried_out_at timestamptz,
    household_version integer
);
create index subject_request_open on subject_request (pack, due_at) where status < 3;
create index subject_request_at on subject_request (pack, opened_at, id);
create index subject_request_resident on subject_request (resident);
