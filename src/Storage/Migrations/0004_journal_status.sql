-- The status that a case has after each of its events, so that nobody has to work it out from the kinds.
alter table journal add column status smallint;

-- The rows there are get theirs from the last event before them that changed it: a comment and a progress leave it as it was. All rows are written
-- anew in the order of their positions, and not updated in place, because the index on positions is only useful while the rows lie in that order.
create temporary table journal_copy on commit drop as
select position, stream, sequence, kind, at, by, area, operation, data, max(status) over (partition by stream, changes) as status
from (
    select *, count(status) over (partition by stream order by sequence) as changes
    from (
        select position, stream, sequence, kind, at, by, area, operation, data, case kind
            when 'case.reported/1' then 1 when 'case.released/1' then 1 when 'case.transferred/1' then 1 when 'case.reopened/1' then 1
            when 'case.claimed/1' then 2 when 'case.handed-over/1' then 2
            when 'case.on-site/1' then 3
            when 'case.resolved/1' then 4
            when 'case.explained/1' then 5
            when 'case.closed/1' then 6
            end::smallint as status
        from journal
    ) as kinds
) as runs;

truncate journal;
insert into journal (position, stream, sequence, kind, at, by, area, operation, data, status)
overriding system value
select position, stream, sequence, kind, at, by, area, operation, data, status from journal_copy order by position;

alter table journal alter column status set not null;

-- Until the next vacuum the planner would take the new rows for unindexed, and read the whole table for what happened last.
select brin_summarize_new_values('journal_position');
analyze journal;
