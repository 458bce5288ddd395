-- The tables of Orleans, and the SQL with which its ADO.NET providers use them (docs/adr/0002-orleans-tables.md).

-- What actors keep between activations (IPersistentState).
create table grain_state (
    service text not null,
    name text not null,
    key text not null,
    -- UTF-8 JSON; null when the state was cleared.
    payload bytea,
    -- The ETag.
    version integer not null,
    modified_at timestamptz not null default now(),
    primary key (service, name, key)
);

-- The members of a cluster. A deployment is what Orleans calls a cluster id; every change of a member raises its version.
create table OrleansMembershipVersionTable (
    DeploymentId text primary key,
    Version integer not null default 0,
    Timestamp timestamptz not null default now()
);

create table OrleansMembershipTable (
    DeploymentId text not null references OrleansMembershipVersionTable (DeploymentId),
    Address text not null,
    Port integer not null,
    Generation integer not null,
    SiloName text not null,
    HostName text not null,
    -- 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead.
    Status integer not null,
    ProxyPort integer not null,
    SuspectTimes text,
    StartTime timestamptz not null,
    IAmAliveTime timestamptz not null,
    primary key (DeploymentId, Address, Port, Generation)
);

-- Orleans asks for its SQL by key. The parameters, and the names of the columns it reads, are its own.
create table OrleansQuery (
    QueryKey text primary key,
    QueryText text not null
);

-- Grain storage. A row's version is handed out on reading and expected on writing: no row in the answer means that somebody else wrote. Orleans takes
-- some keys apart into numbers (@GrainIdN0, @GrainIdN1) and a rest: those have no text to be found by, are never found, and can't be written.
insert into OrleansQuery (QueryKey, QueryText) values
('ReadFromStorageKey', $sql$
    select payload as PayloadBinary, version as Version from grain_state
    where service = @ServiceId and name = @GrainTypeString and key = @GrainIdExtensionString and @GrainIdN0 = 0 and @GrainIdN1 = 0
$sql$),
('WriteToStorageKey', $sql$
    with added as (
        insert into grain_state (service, name, key, payload, version)
        select @ServiceId, @GrainTypeString, case when @GrainIdN0 = 0 and @GrainIdN1 = 0 then @GrainIdExtensionString end, @PayloadBinary, 1
        where @GrainStateVersion is null
        on conflict do nothing
        returning version
    ), changed as (
        update grain_state set payload = @PayloadBinary, version = version + 1, modified_at = now()
        where service = @ServiceId and name = @GrainTypeString and key = @GrainIdExtensionString and @GrainIdN0 = 0 and @GrainIdN1 = 0
            and version = @GrainStateVersion
        returning version
    )
    select version as NewGrainStateVersion from added union all select version from changed
$sql$),
('ClearStorageKey', $sql$
    update grain_state set payload = null, version = version + 1, modified_at = now()
    where service = @ServiceId and name = @GrainTypeString and key = @GrainIdExtensionString and @GrainIdN0 = 0 and @GrainIdN1 = 0
        and version = @GrainStateVersion
    returning version as NewGrainStateVersion
$sql$),
('DeleteStorageKey', $sql$
    delete from grain_state
    where service = @ServiceId and name = @GrainTypeString and key = @GrainIdExtensionString and @GrainIdN0 = 0 and @GrainIdN1 = 0
        and version = @GrainStateVersion
    returning version + 1 as NewGrainStateVersion
$sql$);

-- Clustering. Whoever changes a member holds the deployment's row and raises its version, all in one statement: of two changes that start from one
-- version only the first is made, and the second answers false. A sign of life changes no version.
insert into OrleansQuery (QueryKey, QueryText) values
('InsertMembershipVersionKey', $sql$
    with added as (
        insert into OrleansMembershipVersionTable (DeploymentId) values (@DeploymentId)
        on conflict do nothing
        returning DeploymentId
    )
    select exists (select from added)
$sql$),
('InsertMembershipKey', $sql$
    with turn as (
        select DeploymentId from OrleansMembershipVersionTable where DeploymentId = @DeploymentId and Version = @Version
        for update
    ), added as (
        insert into OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        select DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from turn
        on conflict do nothing
        returning DeploymentId
    ), counted as (
        update OrleansMembershipVersionTable as v set Version = v.Version + 1, Timestamp = now() from added where v.DeploymentId = added.DeploymentId
        returning v.DeploymentId
    )
    select exists (select from counted)
$sql$),
('UpdateMembershipKey', $sql$
    with turn as (
        select DeploymentId from OrleansMembershipVersionTable where DeploymentId = @DeploymentId and Version = @Version
        for update
    ), changed as (
        update OrleansMembershipTable as m set Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime from turn
        where m.DeploymentId = turn.DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
        returning m.DeploymentId
    ), counted as (
        update OrleansMembershipVersionTable as v set Version = v.Version + 1, Timestamp = now() from changed where v.DeploymentId = changed.DeploymentId
        returning v.DeploymentId
    )
    select exists (select from counted)
$sql$),
('UpdateIAmAlivetimeKey', $sql$
    update OrleansMembershipTable set IAmAliveTime = @IAmAliveTime
    where DeploymentId = @DeploymentId and Address = @Address and Port = @Port and Generation = @Generation
$sql$),
-- The version is answered even where there is no member.
('MembershipReadRowKey', $sql$
    select v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime
    from OrleansMembershipVersionTable v
    left join OrleansMembershipTable m on m.DeploymentId = v.DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
    where v.DeploymentId = @DeploymentId
$sql$),
('MembershipReadAllKey', $sql$
    select v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime
    from OrleansMembershipVersionTable v
    left join OrleansMembershipTable m on m.DeploymentId = v.DeploymentId
    where v.DeploymentId = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
    select Address, ProxyPort, Generation from OrleansMembershipTable where DeploymentId = @DeploymentId and Status = @Status and ProxyPort > 0
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
    delete from OrleansMembershipTable where DeploymentId = @DeploymentId;
    delete from OrleansMembershipVersionTable where DeploymentId = @DeploymentId
$sql$),
('CleanupDefunctSiloEntriesKey', $sql$
    delete from OrleansMembershipTable where DeploymentId = @DeploymentId and Status = 6 and IAmAliveTime < @IAmAliveTime
$sql$);
