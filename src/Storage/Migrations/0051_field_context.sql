-- compatible
-- Who used which device on which day: a phone that several people use is a doubt about their records. field_record has it too, but there it
-- takes reading everything that was sent from the device. The version before this doesn't write it: while both run side by side, a device
-- that one person uses with the old one and another with the new one isn't noticed. Its index of field_record goes with the next version.
create table field_device (
    pack text not null,
    device text not null,
    day date not null,
    person text not null,
    primary key (pack, device, day, person)
);
insert into field_device (pack, device, day, person)
select distinct pack, device, day, person from field_record where day >= current_date - 93;

-- Whether somebody is on duty: few of a day's records say it.
create index field_record_duty on field_record (person, day, at) where kind in (1, 2, 3, 4, 5, 6);
