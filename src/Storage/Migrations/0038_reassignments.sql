-- compatible
-- The codes of the areas that an area was made of, by a merge or a split.
alter table area add column predecessors text[] not null default '{}';

-- Areas that are gone are counted where the nearest area above them is that is still there. They had the numbers of an older tree.
with recursive above as (
    select f.key, f.pack, f.parent from area f where not f.active
    union
    select u.key, u.pack, p.parent from above u join area p on p.pack = u.pack and p.code = u.parent where not p.active
)
update area f set lft = p.lft, rgt = p.rgt
from above u join area p on p.pack = u.pack and p.code = u.parent
where f.key = u.key and p.active;

-- Households that go to other areas in one step because the areas have changed, and how far that is. The journal has who they are.
create table reassignment (
    id uuid primary key,
    pack text not null,
    -- The lowest area that has all areas concerned.
    area text not null,
    by text not null,
    at timestamptz not null,
    -- 0: they move; 1: they have moved; 2: they move back; 3: they have moved back.
    status smallint not null,
    total integer not null,
    done integer not null,
    -- From where to where, and how many.
    parts jsonb not null,
    -- Who stayed because somebody changed their area meanwhile, or it couldn't be changed.
    left_out uuid[] not null,
    applied_at timestamptz,
    undone_at timestamptz,
    undone_by text
);
create index reassignment_at on reassignment (pack, at, id);
create index reassignment_running on reassignment (at) where status in (0, 2);
