-- compatible
-- A photo that a phone has announced: what shows it may arrive before it. It goes when the photo is there, or after a month.
create table photo_promise (
    photo text not null,
    uploader text not null,
    size integer not null,
    original text,
    taken_at timestamp,
    lon double precision check (lon between -180 and 180),
    lat double precision check (lat between -90 and 90),
    at timestamptz not null,
    primary key (photo, uploader)
);
create index photo_promise_uploader on photo_promise (uploader);
create index photo_promise_at on photo_promise (at);

-- What has arrived of it so far, piece by piece.
create table photo_piece (
    photo text not null,
    uploader text not null,
    start integer not null,
    bytes bytea not null,
    primary key (photo, uploader, start),
    foreign key (photo, uploader) references photo_promise on delete cascade
);
alter table photo_piece alter column bytes set storage external; -- Compressed already.

-- With what a person's phones seal what they keep. A phone forgets it when its session ends, and gets it again when the person signs in:
-- what waited there to be sent can then be opened. Whoever deletes a row destroys what was not sent yet.
create table phone_key (
    person text primary key,
    key bytea not null,
    created_at timestamptz not null
);
