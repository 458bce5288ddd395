-- compatible
-- Keyed tokens of what a resident can be like another one by: number, name and date of birth, name and phone. Residents with a token in
-- common may be one person. Null for rows that were written before there were these tokens; they are made when they are first needed.
alter table resident add column likeness bytea[];
create index resident_without_likeness on resident (area) where likeness is null and status = 0 and not erased;

-- Two residents who look like one person and aren't, as somebody found out. The smaller id comes first.
create table resident_distinct (
    one uuid not null,
    other uuid not null,
    person text not null,
    at timestamptz not null,
    primary key (one, other)
);
