-- What actors keep between activations (IPersistentState). Both engines read and write it: Orleans through its ADO.NET storage.
create table grain_state (
    service text not null,
    grain text not null,
    name text not null,
    payload bytea,
    version integer not null,
    modified_at timestamptz not null default now(),
    primary key (service, grain, name)
);
