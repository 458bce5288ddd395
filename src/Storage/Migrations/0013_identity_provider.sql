-- compatible
-- Whether the county's own identity provider signed the person in.
alter table session add column by_provider boolean not null default false;

-- Who has ever been signed in by it: their passwords can be switched off.
create table provider_person (
    person text primary key references person (key),
    signed_in_at timestamptz not null
);
