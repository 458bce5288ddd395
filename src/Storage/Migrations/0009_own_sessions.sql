-- compatible
-- What a person sees of their own sessions, when each was last used, and passwords that somebody else gave.
alter table account add column must_change boolean not null default false;
alter table account add column changed_at timestamptz;

alter table session add column id uuid not null default gen_random_uuid();
alter table session add column seen_at timestamptz not null default now();
alter table session add column device text not null default '';
alter table session add column address text not null default '';
create index session_person on session (person);
