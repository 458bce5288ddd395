using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>A flag of a record, with who cleared it.</summary>
public sealed record StoredFlag(Guid Record, Flag Flag, DateTimeOffset? ClearedAt, PersonId? ClearedBy, string? Reason);

/// <summary>The row of a worker's day.</summary>
public sealed record StoredDay(PersonId Person, DateOnly Day, AreaId Area, DateTimeOffset ClosesAt, DateTimeOffset? ClosedAt);

/// <param name="Day">Null before the first record.</param>
/// <param name="Records">By their times.</param>
public sealed record WorkerDayContent(StoredDay? Day, IReadOnlyList<FieldRecordRow> Records, IReadOnlyList<StoredFlag> Flags);

/// <summary>A worker whose day is open, with the records of the day.</summary>
public sealed record OpenDay(StoredDay Day, IReadOnlyList<DutyRecord> Records, LastSeen? LastSeen, int CheckIns, int Visits, int OpenFlags);

/// <summary>The last position of somebody on a day.</summary>
public readonly record struct LastSeen(DateTimeOffset At, Position Position, double Accuracy);

/// <summary>A flag with the record that it doubts, for the list of those who clear them.</summary>
public sealed record FlagRow(
    PersonId Person,
    DateOnly Day,
    AreaId Area,
    Guid Record,
    Flag Flag,
    DateTimeOffset RaisedAt,
    FieldRecordKind Kind,
    DateTimeOffset At,
    EvidenceGrade Grade,
    ImmutableArray<string> Photos,
    DateTimeOffset? ClearedAt,
    PersonId? ClearedBy,
    string? Reason
);

/// <summary>A part of a track.</summary>
public sealed record StoredTrack(Guid? Patrol, bool IsMocked, ImmutableArray<TrackPoint> Points);

/// <summary>Somebody was near a place.</summary>
public readonly record struct NearbyMoment(PersonId Person, DateTimeOffset At, Position Position);

/// <summary>Reads the days of workers.</summary>
public sealed class WorkerDayQueries(NpgsqlDataSource source)
{
    const int MaxNear = 5000;

    const string RecordColumns = """
        r.person, r.id, r.area, r.day, r.kind, r.device_at, r.at, r.received_at, r.device, r.sequence, r.lon, r.lat, r.accuracy, r.source,
        r.crs, r.grade, r.reasons, r.until, r.patrol, r.households, r.photos, r.data, r.note, r.late
        """;

    public async Task<WorkerDayContent> Of(PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        Add(batch, "select person, day, area, closes_at, closed_at from worker_day where person = $1 and day = $2", person, day);
        Add(batch, $"select {RecordColumns} from field_record r where r.person = $1 and r.day = $2 order by r.at, r.sequence", person, day);
        Add(
            batch,
            "select record, flag, detail, cleared_at, cleared_by, reason from field_flag where person = $1 and day = $2 order by flag",
            person,
            day
        );
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var stored = await reader.ReadAsync(cancellationToken) ? ReadDay(reader) : null;
        await reader.NextResultAsync(cancellationToken);
        var records = new List<FieldRecordRow>();
        while (await reader.ReadAsync(cancellationToken))
            records.Add(ReadRecord(reader));
        await reader.NextResultAsync(cancellationToken);
        var flags = new List<StoredFlag>();
        while (await reader.ReadAsync(cancellationToken))
            flags.Add(
                new(
                    reader.GetGuid(0),
                    ReadFlag(reader, 1),
                    reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                    reader.IsDBNull(4) ? null : new PersonId(reader.GetString(4)),
                    reader.IsDBNull(5) ? null : reader.GetString(5)
                )
            );
        return new(stored, records, flags);
    }

    /// <summary>The row of a day; null before its first record.</summary>
    public async Task<StoredDay?> DayOf(PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select person, day, area, closes_at, closed_at from worker_day where person = $1 and day = $2"
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(day));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadDay(reader) : null;
    }

    /// <summary>One record, with its flags that nobody has cleared.</summary>
    public async Task<(FieldRecordRow Record, ImmutableArray<FlagKind> Open)?> Find(
        PersonId person,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {RecordColumns}, array(select flag from field_flag f
                where f.person = r.person and f.record = r.id and f.cleared_at is null order by flag)
            from field_record r where r.person = $1 and r.id = $2
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (ReadRecord(reader), [.. reader.GetFieldValue<short[]>(24).Select(f => (FlagKind)f)])
            : null;
    }

    public async Task<DayRecords> Count(PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select count(*)::integer, count(*) filter (where kind in (1, 2, 7, 8))::integer, count(*) filter (where kind = 9)::integer,
                count(*) filter (where kind = 5)::integer, count(*) filter (where late)::integer
            from field_record where person = $1 and day = $2
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(day));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4));
    }

    /// <summary>The open days of the workers who are counted in these areas.</summary>
    public async Task<IReadOnlyList<OpenDay>> Open(IReadOnlyList<string> areas, DateOnly since, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select d.person, d.day, d.area, d.closes_at, d.closed_at, r.kind, r.at, r.sequence, r.until, r.lon, r.lat, r.accuracy,
                (select count(*)::integer from field_flag f where f.person = d.person and f.day = d.day and f.cleared_at is null)
            from worker_day d left join field_record r on r.person = d.person and r.day = d.day
            where d.area = any($1) and d.day >= $2 and d.closed_at is null
            order by d.person, d.day, r.at, r.sequence
            """
        );
        command.Bind(Parameters.Texts(areas, a => a), Parameters.Of(since));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var days = new List<OpenDay>();
        var (records, day, seen, flags) = (new List<DutyRecord>(), (StoredDay?)null, (LastSeen?)null, 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            var next = ReadDay(reader);
            if (day is not null && day != next)
                Finish();
            (day, flags) = (next, reader.GetInt32(12));
            if (reader.IsDBNull(5))
                continue;
            var at = reader.GetFieldValue<DateTimeOffset>(6);
            records.Add(
                new(
                    (FieldRecordKind)reader.GetInt16(5),
                    at,
                    reader.GetInt32(7),
                    reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8)
                )
            );
            if (!reader.IsDBNull(9))
                seen = new(at, new(reader.GetDouble(9), reader.GetDouble(10)), reader.IsDBNull(11) ? 0 : reader.GetFloat(11));
        }
        if (day is not null)
            Finish();
        return days;

        void Finish()
        {
            days.Add(
                new(
                    day!,
                    [.. records],
                    seen,
                    records.Count(r => IsCheckIn(r.Kind)),
                    records.Count(r => r.Kind == FieldRecordKind.Visit),
                    flags
                )
            );
            records.Clear();
            seen = null;
        }
    }

    public static bool IsCheckIn(FieldRecordKind kind) =>
        kind is FieldRecordKind.SignIn or FieldRecordKind.SignOut or FieldRecordKind.CheckIn or FieldRecordKind.Checkpoint;

    /// <summary>Flags of some areas, the newest first.</summary>
    /// <param name="after">The last one of the page before.</param>
    public async Task<IReadOnlyList<FlagRow>> Flags(
        IReadOnlyList<string> areas,
        bool onlyOpen,
        (DateTimeOffset At, Guid Id)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select f.person, f.day, f.area, f.record, f.flag, f.detail, f.raised_at, r.kind, r.at, r.grade, r.photos, f.cleared_at,
                f.cleared_by, f.reason
            from field_flag f join field_record r on r.person = f.person and r.id = f.record
            where f.area = any($1) {(onlyOpen ? "and f.cleared_at is null" : "")}
                and ($2::timestamptz is null or (f.raised_at, f.record) < ($2, $3))
            order by f.raised_at desc, f.record desc, f.flag limit $4
            """
        );
        command.Bind(
            Parameters.Texts(areas, a => a),
            Parameters.Of(after?.At),
            Parameters.Of(after?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<FlagRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(
                new(
                    new(reader.GetString(0)),
                    reader.GetFieldValue<DateOnly>(1),
                    new(reader.GetString(2)),
                    reader.GetGuid(3),
                    ReadFlag(reader, 4),
                    reader.GetFieldValue<DateTimeOffset>(6),
                    (FieldRecordKind)reader.GetInt16(7),
                    reader.GetFieldValue<DateTimeOffset>(8),
                    (EvidenceGrade)reader.GetInt16(9),
                    [.. reader.GetFieldValue<string[]>(10)],
                    reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11),
                    reader.IsDBNull(12) ? null : new PersonId(reader.GetString(12)),
                    reader.IsDBNull(13) ? null : reader.GetString(13)
                )
            );
        return rows;
    }

    /// <summary>The parts of a day's track, as they were sent.</summary>
    public async Task<IReadOnlyList<StoredTrack>> Track(PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select patrol, mocked, points from field_track where person = $1 and day = $2 order by begins, sequence"
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(day));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var parts = new List<StoredTrack>();
        while (await reader.ReadAsync(cancellationToken))
            parts.Add(new(reader.IsDBNull(0) ? null : reader.GetGuid(0), reader.GetBoolean(1), FieldJson.ReadPoints(reader.GetString(2))));
        return parts;
    }

    /// <summary>Everybody of a pack who was within a box, by records and tracks.</summary>
    public async Task<IReadOnlyList<NearbyMoment>> Near(
        string pack,
        IReadOnlyList<string> areas,
        (double West, double South, double East, double North) box,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select person, at, lon, lat from field_record
            where area = any($2) and day >= ($7 - interval '2 days')::date and day <= ($8 + interval '2 days')::date
                and at >= $7 and at < $8 and lon between $3 and $5 and lat between $4 and $6
            union all
            select t.person, p.at, p.lon, p.lat from field_track t cross join lateral (
                select to_timestamp((e ->> 0)::float8 / 1000) as at, (e ->> 1)::float8 as lon, (e ->> 2)::float8 as lat
                from jsonb_array_elements(t.points) as e) p
            where t.pack = $1 and t.area = any($2) and t.ends >= $7 and t.begins < $8 and t.west <= $5 and t.east >= $3 and t.south <= $6
                and t.north >= $4 and p.at >= $7 and p.at < $8 and p.lon between $3 and $5 and p.lat between $4 and $6
            order by 1, 2 limit $9
            """
        );
        command.Bind(
            Parameters.Of(pack),
            Parameters.Texts(areas, a => a),
            Parameters.Of(box.West),
            Parameters.Of(box.South),
            Parameters.Of(box.East),
            Parameters.Of(box.North),
            Parameters.Of(from),
            Parameters.Of(to),
            Parameters.Of(MaxNear)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var moments = new List<NearbyMoment>();
        while (await reader.ReadAsync(cancellationToken))
            moments.Add(
                new(new(reader.GetString(0)), reader.GetFieldValue<DateTimeOffset>(1), new(reader.GetDouble(2), reader.GetDouble(3)))
            );
        return moments;
    }

    static Flag ReadFlag(NpgsqlDataReader reader, int column) =>
        new((FlagKind)reader.GetInt16(column), reader.IsDBNull(column + 1) ? null : reader.GetInt32(column + 1));

    static StoredDay ReadDay(NpgsqlDataReader reader) =>
        new(
            new(reader.GetString(0)),
            reader.GetFieldValue<DateOnly>(1),
            new(reader.GetString(2)),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4)
        );

    static FieldRecordRow ReadRecord(NpgsqlDataReader reader) =>
        new(
            new(reader.GetString(0)),
            reader.GetGuid(1),
            new(reader.GetString(2)),
            reader.GetFieldValue<DateOnly>(3),
            (FieldRecordKind)reader.GetInt16(4),
            reader.GetFieldValue<DateTimeOffset>(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            reader.GetFieldValue<DateTimeOffset>(7),
            reader.GetString(8),
            reader.GetInt32(9),
            reader.IsDBNull(10)
                ? null
                : new(
                    new(reader.GetDouble(10), reader.GetDouble(11)),
                    reader.GetFloat(12),
                    (PositionSource)reader.GetInt16(13),
                    (CoordinateSystem)reader.GetInt16(14),
                    false
                ),
            (EvidenceGrade)reader.GetInt16(15),
            [.. reader.GetFieldValue<short[]>(16).Select(r => (GradeReason)r)],
            reader.IsDBNull(17) ? null : reader.GetFieldValue<DateTimeOffset>(17),
            reader.IsDBNull(18) ? null : reader.GetGuid(18),
            [.. reader.GetFieldValue<Guid[]>(19)],
            [.. reader.GetFieldValue<string[]>(20)],
            FieldJson.ReadDetails(reader.GetString(21)),
            reader.IsDBNull(22) ? null : reader.GetFieldValue<byte[]>(22),
            reader.GetBoolean(23)
        );

    static void Add(NpgsqlBatch batch, string sql, PersonId person, DateOnly day) =>
        batch.BatchCommands.Add(new(sql) { Parameters = { Parameters.Of(person.Key), Parameters.Of(day) } });
}
