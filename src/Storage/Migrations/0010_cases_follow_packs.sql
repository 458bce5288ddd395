-- compatible
-- The load of a pack that all its cases follow already. Until it is the pack's latest load, silos offer its open cases anew.
alter table pack add column followed_at timestamptz;

-- Boards count confidential cases in another area than the one they happened in. There are few of them among many cases.
create index case_file_confidential on case_file (area) where confidential;
