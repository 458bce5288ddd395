-- compatible
-- Surveys of households, for lists. Their events are what counts; the rows follow them. A definition names nobody, so it is clear.
create table survey (
    id uuid primary key,
    pack text not null,
    area text not null,
    status smallint not null,
    created_at timestamptz not null,
    view jsonb not null
);
create index survey_pack on survey (pack, created_at, id);

-- Who has answered. The answers are sealed with the key of the subject: who is erased has none that could be read.
create table survey_sheet (
    id uuid primary key,
    survey uuid not null,
    subject uuid not null,
    household uuid not null,
    area text not null,
    -- 0: answered, 1: refused.
    status smallint not null,
    edition smallint not null,
    version integer not null,
    answers bytea not null,
    at timestamptz not null,
    by text not null
);
create index survey_sheet_area on survey_sheet (survey, area);
create index survey_sheet_household on survey_sheet (household);

-- How often an answer was given in one lowest area: of all its people together, so that nothing in the clear says what one of them answered.
-- Areas above are summed up when somebody looks.
create table survey_count (
    survey uuid not null,
    area text not null,
    question text not null,
    choice text not null,
    count integer not null,
    total numeric not null,
    primary key (survey, area, question, choice)
);
