-- compatible
-- What lists, searches and boards need in order to be fast with a million cases. See docs/adr/0010-lists-of-a-million-cases.md.

-- Most Chinese words have two characters, and trigrams find none of them. So the pairs of a text of which one character is outside ASCII are kept as a
-- text of words, which trigrams find by their beginnings. For longer words, and for numbers, the text itself stays the better one.
create function case_pairs(text) returns text language sql immutable strict parallel safe as $$
    select string_agg(' ' || c || coalesce(next, ''), '')
    from unnest(string_to_array($1, null), (string_to_array($1, null))[2:]) as pairs (c, next)
    where greatest(ascii(c), ascii(next)) > 127
$$;
alter table case_file add column pairs text generated always as (case_pairs(lower(normalize(title || E'\n' || detail, NFKC)))) stored;
create index case_file_pairs on case_file using gin (pairs gin_trgm_ops);
create index case_file_category on case_file (category, reported_at desc);

-- Which cases are open, and which were closed when and by whom. An index of case_file on its status or its claimant would do the same, but then every
-- step would write to every index of the table. Triggers keep the two, so that processes of the version before keep them too.
create table case_open (
    case_id uuid primary key,
    reported_at timestamptz not null
);
create index case_open_reported on case_open (reported_at desc);

create table case_closed (
    case_id uuid primary key,
    closed_at timestamptz,
    claimant text
);
create index case_closed_at on case_closed (closed_at);
create index case_closed_claimant on case_closed (claimant);

create function case_file_opened_or_closed() returns trigger language plpgsql as $$
begin
    if new.status <> 6 then
        delete from case_closed where case_id = new.id;
        insert into case_open (case_id, reported_at) values (new.id, new.reported_at) on conflict do nothing;
    else
        delete from case_open where case_id = new.id;
        insert into case_closed (case_id, closed_at, claimant) values (new.id, new.closed_at, new.claimant)
        on conflict (case_id) do update set closed_at = excluded.closed_at, claimant = excluded.claimant;
    end if;
    return null;
end $$;
create trigger case_file_reported after insert on case_file for each row execute function case_file_opened_or_closed();
create trigger case_file_closed after update of status on case_file for each row when ((old.status = 6) <> (new.status = 6))
    execute function case_file_opened_or_closed();

insert into case_open (case_id, reported_at) select id, reported_at from case_file where status <> 6;
insert into case_closed (case_id, closed_at, claimant) select id, closed_at, claimant from case_file where status = 6;
analyze case_file, case_open, case_closed;
