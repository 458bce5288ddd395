-- compatible
-- Whom the claimant of a case asks for a pause or a later due time; null where nothing is asked.
alter table case_file add column approvers text[];

-- The working time by which the pack's open clocks are planned. Until it is that of the pack's latest load, silos plan them again.
alter table pack add column planned_by jsonb;
