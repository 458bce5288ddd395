-- compatible
-- What a phone says of the picture from which it made the small one that it uploads: the original's hash, and what its camera wrote into it.
alter table photo_upload add column original text;
alter table photo_upload add column taken_at timestamp;
alter table photo_upload add column lon double precision;
alter table photo_upload add column lat double precision;
alter table photo_upload add constraint photo_upload_place check (lon between -180 and 180 and lat between -90 and 90);
create index photo_upload_original on photo_upload (original) where original is not null;

-- A hash of what the picture looks like: those of two pictures differ in few bits when one was made from the other. Null: older than this
-- column, or so plain that many pictures look like it. Whoever differs in three bits at most has one of four parts in common.
alter table photo add column likeness bigint;
create function photo_likeness_parts(likeness bigint) returns integer[] language sql immutable strict parallel safe return array[
    (likeness & 65535)::integer,
    ((likeness >> 16) & 65535)::integer + 65536,
    ((likeness >> 32) & 65535)::integer + 131072,
    ((likeness >> 48) & 65535)::integer + 196608
];
create index photo_likeness on photo using gin (photo_likeness_parts(likeness));
