-- compatible
-- What is to be sent to other systems. A row is written in the transaction of the case's event that it tells of.
create table outbox (
    id uuid primary key,
    -- The order in which the messages of a case go out to one receiver.
    position bigint generated always as identity,
    pack text not null,
    target text not null,
    case_id uuid not null,
    kind text not null,
    -- The text that is signed: every attempt sends the same.
    body text not null,
    created_at timestamptz not null,
    -- 0 waiting, 1 sent, 2 failed.
    state smallint not null default 0,
    -- When to send it, or, while somebody is sending it, when to send it again in case they don't finish. By the database's time.
    next_at timestamptz not null default now(),
    attempts integer not null default 0,
    attempted_at timestamptz,
    sent_at timestamptz,
    -- A short code; never what the receiver answered.
    error text
);
create index outbox_waiting on outbox (pack, target, next_at) where state = 0;
create index outbox_waiting_case on outbox (case_id, target, position) where state = 0;
create index outbox_listed on outbox (pack, created_at, id);
create index outbox_sent on outbox (sent_at) where state = 1;
