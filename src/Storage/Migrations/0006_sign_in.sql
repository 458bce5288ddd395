-- compatible
-- Wrong passwords are counted for an account and the place that they come from, so that nobody can lock an account for everybody. The account is a
-- person's key, or the digest of a name that nobody has. The place is an address, a remembered device, or empty: all places that aren't known.
-- The table sign_in_failure isn't used any more; it stays for processes of the version before that still run.
create table sign_in_lock (
    account text not null,
    place text not null,
    failures integer not null,
    locked_until timestamptz,
    updated_at timestamptz not null,
    primary key (account, place)
);
create index sign_in_lock_updated on sign_in_lock (updated_at);

-- Browsers in which somebody has signed in, and from where.
create table device (
    person text not null references person (key),
    token_hash bytea not null,
    address text not null,
    used_at timestamptz not null,
    primary key (person, token_hash)
);
create index device_used on device (used_at);
create index device_token on device (token_hash);
