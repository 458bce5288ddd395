-- compatible
-- Wall screens. A kiosk belongs to an area and to nobody: it outlives the posts of whoever made it. It is opened once, with a code; from then on its
-- browser has a token that is good until somebody ends the kiosk.
create table kiosk (
    id uuid primary key,
    area text not null references area (key),
    name text not null,
    made_at timestamptz not null,
    made_by text not null,
    code_hash bytea unique,
    code_expires_at timestamptz not null,
    token_hash bytea unique,
    opened_at timestamptz,
    seen_at timestamptz,
    device text not null default '',
    address text not null default '',
    ended_at timestamptz,
    ended_by text
);
