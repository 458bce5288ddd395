-- Which case shows which photo: what none shows a week after it was uploaded is swept away.
create table photo_use (
    photo text not null,
    case_id uuid not null,
    primary key (photo, case_id)
);

insert into photo_use (photo, case_id)
select distinct p.photo, substr(j.stream, 6)::uuid
from journal j cross join lateral jsonb_array_elements_text(j.data -> 'photos') as p (photo)
where j.stream like 'case/%' and jsonb_typeof(j.data -> 'photos') = 'array';

create index photo_upload_at on photo_upload (at);
