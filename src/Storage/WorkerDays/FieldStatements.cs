using GridActors.Contracts.People;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>The statements that store what requests tell, however many they are.</summary>
static class FieldStatements
{
    const string InsertDevices = """
        insert into field_device (pack, device, day, person) select * from unnest($1, $2, $3, $4) on conflict do nothing
        """;

    /// <summary>
    /// Last it locks the rows of the days of what it stored, so that a day that is being closed is closed before, and then told that
    /// something came, or counts what came when this is committed. A repeat that stores nothing touches no day.
    /// </summary>
    const string InsertRecords = """
        with sent as (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24) as t (person, id, pack, area, day, kind, device_at, at, received_at, device, sequence, lon, lat, accuracy,
                source, crs, grade, reasons, until, patrol, households, photos, data, note)),
        named as (
            select d.person, d.day, d.pack, d.area, d.closes_at, w.closed_at is not null as is_closed,
                coalesce(w.closes_at, d.closes_at) as ends
            from unnest($25, $26, $27, $28, $29) as d (person, day, pack, area, closes_at)
            left join worker_day w on w.person = d.person and w.day = d.day),
        stored as (
            insert into field_record (person, id, pack, area, day, kind, device_at, at, received_at, device, sequence, lon, lat, accuracy,
                source, crs, grade, reasons, late, until, patrol, households, photos, data, note)
            select s.person, s.id, s.pack, s.area, s.day, s.kind, s.device_at, s.at, s.received_at, s.device, s.sequence, s.lon, s.lat,
                s.accuracy, s.source, s.crs, s.grade, s.reasons::smallint[], n.is_closed or n.ends <= s.received_at,
                s.until, s.patrol, s.households::uuid[], s.photos::text[], s.data, s.note
            from sent s join named n on n.person = s.person and n.day = s.day on conflict (person, id) do nothing
            returning person, id, area, day, kind, at, received_at, late, households, photos, data),
        days as (
            insert into worker_day (person, day, pack, area, closes_at, call_at)
            select n.person, n.day, n.pack, n.area, n.closes_at, n.closes_at from named n
            where exists (select from stored s where s.person = n.person and s.day = n.day)
            on conflict (person, day) do update set unsettled = true, call_at = now() where worker_day.closed_at is not null)
        """;

    /// <summary>Parts of the statement before, for records that need them. Most check-ins don't.</summary>
    const string Flagged = """
        , flagged as (
            insert into field_flag (person, record, flag, area, day, detail, raised_at)
            select s.person, s.id, f.flag, s.area, s.day, f.detail, s.received_at
            from unnest($30, $31, $32, $33) as f (person, id, flag, detail) join stored s on s.person = f.person and s.id = f.id
            on conflict do nothing)
        """;

    const string Told = """
        , told as (
            insert into visit_relay (household, place, visit, person, at)
            select h, null, s.id, s.person, s.at from stored s cross join lateral unnest(s.households) as h
            union all
            select null, (s.data ->> 'place')::uuid, s.id, s.person, s.at from stored s
            where s.data ? 'place' and s.kind in (8, 9))
        """;

    const string Used = """
        , used as (
            insert into photo_use (photo, case_id) select p, s.id from stored s cross join lateral unnest(s.photos) as p
            on conflict do nothing)
        """;

    const string Stored = " select person, id, late from stored";

    const string InsertTracks = """
        insert into field_track (person, id, pack, area, day, received_at, device, sequence, patrol, source, crs, mocked, begins, ends,
            west, south, east, north, points)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        on conflict (person, id) do nothing returning person, id, false
        """;

    public static void Add(NpgsqlBatch batch, IReadOnlyList<FieldWrite> writes)
    {
        // All in one order: two processes that write the same rows must not wait for each other.
        var days = writes
            .SelectMany(w => w.Days)
            .DistinctBy(d => (d.Person, d.Day))
            .OrderBy(d => d.Person.Key, StringComparer.Ordinal)
            .ThenBy(d => d.Day)
            .ToList();
        var devices = writes
            .SelectMany(w => w.Devices)
            .Distinct()
            .OrderBy(d => d.Device, StringComparer.Ordinal)
            .ThenBy(d => d.Day)
            .ThenBy(d => d.Person.Key, StringComparer.Ordinal)
            .ToList();
        var records = writes
            .SelectMany(w => w.Records)
            .DistinctBy(r => (r.Person, r.Id))
            .OrderBy(r => r.Person.Key, StringComparer.Ordinal)
            .ThenBy(r => r.Id)
            .ToList();
        var tracks = writes.SelectMany(w => w.Tracks).DistinctBy(t => (t.Person, t.Id)).ToList();
        if (devices.Count > 0)
            batch.BatchCommands.Add(Devices(devices));
        if (records.Count > 0)
            batch.BatchCommands.Add(Records(records, days));
        if (tracks.Count > 0)
            batch.BatchCommands.Add(Tracks(tracks));
    }

    static NpgsqlBatchCommand Devices(List<FieldDeviceRow> devices) =>
        new(InsertDevices)
        {
            Parameters =
            {
                Parameters.Texts(devices, d => d.Person.Pack),
                Parameters.Texts(devices, d => d.Device),
                Parameters.Dates(devices, d => d.Day),
                Parameters.Texts(devices, d => d.Person.Key),
            },
        };

    static NpgsqlBatchCommand Records(List<FieldRecordRow> rows, List<WorkerDayRow> days)
    {
        List<(PersonId Person, Guid Id, Flag Flag)> flags = [.. rows.SelectMany(r => r.Flags.Select(f => (r.Person, r.Id, f)))];
        var told = rows.Any(r => !r.Households.IsEmpty || r.Details.Place is not null) ? Told : "";
        var used = rows.Any(r => !r.Photos.IsEmpty) ? Used : "";
        var command = new NpgsqlBatchCommand(InsertRecords + (flags.Count > 0 ? Flagged : "") + told + used + Stored)
        {
            Parameters =
            {
                Parameters.Texts(rows, r => r.Person.Key),
                Parameters.Uuids(rows, r => r.Id),
                Parameters.Texts(rows, r => r.Person.Pack),
                Parameters.Texts(rows, r => r.Area.Key),
                Parameters.Dates(rows, r => r.Day),
                Parameters.Smallints(rows, r => (short)r.Kind),
                Parameters.Times(rows, r => r.DeviceAt),
                Parameters.Times(rows, r => r.At),
                Parameters.Times(rows, r => r.ReceivedAt),
                Parameters.Texts(rows, r => r.Device),
                Parameters.Integers(rows, r => r.Sequence),
                Parameters.NullableDoubles(rows, r => r.Position?.At.Lon),
                Parameters.NullableDoubles(rows, r => r.Position?.At.Lat),
                Parameters.NullableDoubles(rows, r => r.Position?.Accuracy),
                Parameters.NullableSmallints(rows, r => (short?)r.Position?.Source),
                Parameters.NullableSmallints(rows, r => (short?)r.Position?.CameIn),
                Parameters.Smallints(rows, r => (short)r.Grade),
                Parameters.IntegerArrays(rows, r => r.Reasons.Select(x => (int)x)),
                Parameters.NullableTimes(rows, r => r.Until),
                Parameters.NullableUuids(rows, r => r.Patrol),
                Parameters.TextArrays(rows, r => r.Households.Select(h => h.ToString())),
                Parameters.TextArrays(rows, r => r.Photos),
                Parameters.Jsons(rows, r => FieldJson.Write(r.Details)),
                Parameters.NullableBytes(rows, r => r.Note),
                Parameters.Texts(days, d => d.Person.Key),
                Parameters.Dates(days, d => d.Day),
                Parameters.Texts(days, d => d.Person.Pack),
                Parameters.Texts(days, d => d.Area.Key),
                Parameters.Times(days, d => d.ClosesAt),
            },
        };
        if (flags.Count > 0)
        {
            command.Parameters.Add(Parameters.Texts(flags, f => f.Person.Key));
            command.Parameters.Add(Parameters.Uuids(flags, f => f.Id));
            command.Parameters.Add(Parameters.Smallints(flags, f => (short)f.Flag.Kind));
            command.Parameters.Add(Parameters.NullableIntegers(flags, f => f.Flag.Detail));
        }
        return command;
    }

    static NpgsqlBatchCommand Tracks(List<FieldTrackRow> rows) =>
        new(InsertTracks)
        {
            Parameters =
            {
                Parameters.Texts(rows, r => r.Person.Key),
                Parameters.Uuids(rows, r => r.Id),
                Parameters.Texts(rows, r => r.Person.Pack),
                Parameters.Texts(rows, r => r.Area.Key),
                Parameters.Dates(rows, r => r.Day),
                Parameters.Times(rows, r => r.ReceivedAt),
                Parameters.Texts(rows, r => r.Device),
                Parameters.Integers(rows, r => r.Sequence),
                Parameters.NullableUuids(rows, r => r.Patrol),
                Parameters.Smallints(rows, r => (short)r.Source),
                Parameters.Smallints(rows, r => (short)r.CameIn),
                Parameters.Booleans(rows, r => r.IsMocked),
                Parameters.Times(rows, r => r.Points[0].At),
                Parameters.Times(rows, r => r.Points[^1].At),
                Parameters.NullableDoubles(rows, r => r.Points.Min(p => p.Lon)),
                Parameters.NullableDoubles(rows, r => r.Points.Min(p => p.Lat)),
                Parameters.NullableDoubles(rows, r => r.Points.Max(p => p.Lon)),
                Parameters.NullableDoubles(rows, r => r.Points.Max(p => p.Lat)),
                Parameters.Jsons(rows, r => FieldJson.Write(r.Points)),
            },
        };
}
