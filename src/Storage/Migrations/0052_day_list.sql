-- compatible
-- Heads read the days of their workers in a list, and which of them were corrected.
alter table worker_day
    -- How many records came after it was closed, and when the last correction was written.
    add column late integer not null default 0,
    add column corrected_at timestamptz,
    add column handed_over_at timestamptz,
    -- Key of who comes next.
    add column handed_over_to text;

update worker_day d set late = r.late, corrected_at = r.at
from (select person, day, count(*) as late, max(received_at) as at from field_record where late group by person, day) r
where r.person = d.person and r.day = d.day and d.closed_at is not null;

update worker_day d set handed_over_at = j.at,
    handed_over_to = j.data ->> 'to'
from worker_day w cross join lateral (
    select at, data from journal
    where stream = 'worker-day/' || w.person || '/' || w.day and kind = 'worker-day.handed-over/1' order by sequence desc limit 1) j
where w.person = d.person and w.day = d.day;

create index worker_day_corrected on worker_day (area, day) where corrected_at is not null;
