-- compatible
-- The records of field work that name a case: a case names the patrol or the visit that it comes from.
create index field_record_cases on field_record using gin ((data -> 'cases') jsonb_path_ops) where data ? 'cases';
