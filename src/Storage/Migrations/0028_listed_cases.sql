-- compatible
-- The first photo of each case, by which lists show it.
alter table case_file add column photo text;
update case_file c set photo = first.photo
from (
    select distinct on (j.stream) substr(j.stream, 6)::uuid as case_id, j.data -> 'photos' ->> 0 as photo
    from journal j
    where j.stream in (select 'case/' || replace(case_id::text, '-', '') from photo_use)
        and jsonb_typeof(j.data -> 'photos') = 'array' and jsonb_array_length(j.data -> 'photos') > 0
    order by j.stream, j.sequence
) as first
where c.id = first.case_id;

-- Overdue cases, and those that will be soon, among a million. Urgency changes rarely, so most steps still update no index.
create index case_file_urgency on case_file (urgency, reported_at) where urgency > 0;
