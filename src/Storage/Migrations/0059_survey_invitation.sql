-- compatible
-- The codes by which a household or resident answers a survey without an account: the hash of each, one for each of them and survey.
create table survey_invitation (
    id uuid primary key,
    code bytea not null unique,
    survey uuid not null,
    subject uuid not null,
    made_at timestamptz not null,
    made_by text not null,
    unique (survey, subject)
);
