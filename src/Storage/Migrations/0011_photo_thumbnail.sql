-- compatible
-- The small picture that lists show. Null: not made yet, because the photo is older than this column. Empty: none can be made.
alter table photo add column thumbnail bytea;
alter table photo alter column thumbnail set storage external; -- Compressed already.

-- A file can say anything about where it was taken. From now on only places that exist are kept.
update photo set lon = null, lat = null where not (lon between -180 and 180 and lat between -90 and 90);
alter table photo add constraint photo_place check (lon between -180 and 180 and lat between -90 and 90);

-- A sweep that was interrupted left pictures without an upload behind. It deletes both together now.
delete from photo p where not exists (select from photo_upload u where u.photo = p.id)
and not exists (select from photo_use s where s.photo = p.id);
