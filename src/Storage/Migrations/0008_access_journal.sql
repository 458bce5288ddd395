-- compatible
-- Who signed in, failed, looked at confidential things, changed rights, administered. Entries are only added, each with a hash over itself and the entry
-- before, so that a changed or missing one shows. The newest hash, and that of the last entry that was deleted because of its age, are in access_chain.
create table access_chain (
    is_only boolean primary key default true check (is_only),
    position bigint not null default 0,
    hash bytea not null default '\x',
    anchor_position bigint not null default 0,
    anchor_hash bytea not null default '\x'
) with (fillfactor = 10);
insert into access_chain default values;

create table access_entry (
    position bigint primary key,
    at timestamptz not null,
    kind text not null,
    pack text,
    person text,
    subject text,
    address text not null,
    outcome text not null,
    hash bytea not null
);
create index access_entry_person on access_entry (person, position);
create index access_entry_kind on access_entry (kind, position);

-- Whoever adds an entry holds the chain's row until their transaction ends: positions have no gaps, and follow the order of the commits.
create function access_append() returns trigger language plpgsql as $$
declare
    last access_chain;
begin
    select * into strict last from access_chain for update;
    new.position := last.position + 1;
    new.hash := sha256(last.hash || convert_to(concat_ws(E'\x1f', new.position, (extract(epoch from new.at) * 1000000)::bigint, new.kind,
        coalesce(new.pack, ''), coalesce(new.person, ''), coalesce(new.subject, ''), new.address, new.outcome), 'UTF8'));
    update access_chain set position = new.position, hash = new.hash;
    return new;
end $$;
create trigger access_append before insert on access_entry for each row execute function access_append();

create function access_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'Entries of the access journal are never changed.' using errcode = 'insufficient_privilege';
end $$;
create trigger access_update before update on access_entry for each row execute function access_refuse();
create trigger access_truncate before truncate on access_entry execute function access_refuse();

-- Only the oldest may go, without gaps, and only after the time that the law asks for (180 days; a day less here, for clocks that differ).
create function access_delete() returns trigger language plpgsql as $$
declare
    gone record;
begin
    select min(position) as first, max(position) as last, count(*) as entries, max(at) as newest into gone from deleted;
    if gone.entries = 0 then
        return null;
    end if;
    if gone.newest > now() - interval '179 days' or gone.entries <> gone.last - gone.first + 1
        or gone.first <> (select anchor_position + 1 from access_chain) then
        raise exception 'Entries of the access journal are deleted oldest first, and only after 180 days.' using errcode = 'insufficient_privilege';
    end if;
    update access_chain set anchor_position = gone.last, anchor_hash = (select hash from deleted where position = gone.last);
    return null;
end $$;
create trigger access_delete after delete on access_entry referencing old table as deleted for each statement execute function access_delete();
