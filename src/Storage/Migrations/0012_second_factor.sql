-- compatible
-- A second factor: the codes of an authenticator app. Its secret is encrypted with a key of protection_key. last_step is the half minute of the last code
-- that was accepted, because a code counts once.
create table second_factor (
    person text primary key references person (key),
    secret bytea not null,
    last_step bigint not null,
    set_at timestamptz not null
);

-- Stand in for codes when the phone is lost. Each is deleted when it is used.
create table recovery_code (
    person text not null references second_factor (person) on delete cascade,
    code_hash bytea not null,
    primary key (person, code_hash)
);

-- Whether the person gave a code, too, when the session began.
alter table session add column second_factor boolean not null default false;

-- The keys of ASP.NET Core's data protection, as it writes them.
create table protection_key (
    name text primary key,
    document text not null,
    created_at timestamptz not null default now()
);
