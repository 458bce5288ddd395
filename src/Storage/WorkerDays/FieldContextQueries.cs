using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>What is asked before the items of a request are judged.</summary>
/// <param name="From">The first day of which records are compared.</param>
/// <param name="Places">Key places, and what codes of doors name.</param>
public sealed record FieldQuestion(
    PersonId Person,
    string Device,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<Guid> Ids,
    IReadOnlyList<Guid> Households,
    IReadOnlyList<Guid> Places,
    IReadOnlyList<string> Photos
);

/// <summary>A record or a track as it was judged when it came.</summary>
public sealed record JudgedRow(
    DateOnly Day,
    bool IsLate,
    EvidenceGrade Grade,
    ImmutableArray<GradeReason> Reasons,
    ImmutableArray<FlagKind> Flags,
    DateTimeOffset ReceivedAt
);

/// <param name="Place">Its dwelling.</param>
public sealed record KnownHousehold(AreaId Area, PersonId? Worker, Guid? Place);

/// <summary>What the items of a request are judged with.</summary>
/// <param name="Judged">What came before, by its id.</param>
/// <param name="Records">The person's records of these days.</param>
/// <param name="Others">How many other people used the device on which day.</param>
/// <param name="NotUploaded">Photos that the person neither uploaded nor announced.</param>
public sealed record FieldContext(
    IReadOnlyDictionary<Guid, JudgedRow> Judged,
    IReadOnlyList<KnownRecord> Records,
    IReadOnlyDictionary<DateOnly, int> Others,
    IReadOnlyDictionary<Guid, KnownHousehold> Households,
    IReadOnlyDictionary<Guid, AreaId> Places,
    IReadOnlySet<string> NotUploaded
);

/// <summary>A record of the same person that stands already.</summary>
public sealed record KnownRecord(DateOnly Day, FieldRecordKind Kind, int Sequence, DateTimeOffset? Until, NearbyRecord Nearby);

/// <summary>Reads what a request of a worker's phone is judged with: all of it in one round trip, whatever the number of items.</summary>
public sealed class FieldContextQueries(NpgsqlDataSource source)
{
    /// <summary>More than anybody does in the days that a request is about.</summary>
    const int MaxCompared = 2000;

    public async Task<FieldContext> Of(FieldQuestion question, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        Add(batch, JudgedRecords, Parameters.Of(question.Person.Key), Parameters.Uuids(question.Ids, i => i));
        Add(
            batch,
            "select id, day, received_at from field_track where person = $1 and id = any($2)",
            Parameters.Of(question.Person.Key),
            Parameters.Uuids(question.Ids, i => i)
        );
        Add(
            batch,
            """
            select day, kind, sequence, until, id, at, lon, lat, accuracy, source from field_record
            where person = $1 and day >= $2 and day <= $3 order by at desc limit $4
            """,
            Parameters.Of(question.Person.Key),
            Parameters.Of(question.From),
            Parameters.Of(question.To),
            Parameters.Of(MaxCompared)
        );
        Add(
            batch,
            """
            select day, count(distinct person)::integer from field_record
            where device = $1 and day >= $2 and day <= $3 and person <> $4 and pack = $5 group by day
            """,
            Parameters.Of(question.Device),
            Parameters.Of(question.From),
            Parameters.Of(question.To),
            Parameters.Of(question.Person.Key),
            Parameters.Of(question.Person.Pack)
        );
        // Nearly all requests name none of these.
        if (question.Households.Count + question.Places.Count + question.Photos.Count > 0)
        {
            Add(batch, "select id, area, worker, place from household where id = any($1)", Parameters.Uuids(question.Households, h => h));
            Add(batch, "select id, area from place where id = any($1)", Parameters.Uuids(question.Places, p => p));
            Add(
                batch,
                """
                select id from unnest($1) as t (id)
                where not exists (select from photo_upload u where u.photo = t.id and u.uploader = $2)
                and not (exists (select from photo_promise r where r.photo = t.id and r.uploader = $2)
                    and not exists (select from photo p where p.id = t.id))
                """,
                Parameters.Texts(question.Photos, p => p),
                Parameters.Of(question.Person.Key)
            );
        }
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    /// <summary>What stands already of these records and tracks.</summary>
    public async Task<IReadOnlyDictionary<Guid, JudgedRow>> Judged(
        PersonId person,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(JudgedRecords);
        command.Bind(Parameters.Of(person.Key), Parameters.Uuids(ids, i => i));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var judged = new Dictionary<Guid, JudgedRow>();
        await ReadJudged(reader, judged, cancellationToken);
        return judged;
    }

    const string JudgedRecords = """
        select r.id, r.day, r.late, r.grade, r.reasons, r.received_at,
            array(select f.flag from field_flag f where f.person = r.person and f.record = r.id order by f.flag)
        from field_record r where r.person = $1 and r.id = any($2)
        """;

    static async Task<FieldContext> Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var judged = new Dictionary<Guid, JudgedRow>();
        await ReadJudged(reader, judged, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            judged[reader.GetGuid(0)] = new(
                reader.GetFieldValue<DateOnly>(1),
                false,
                EvidenceGrade.None,
                [],
                [],
                reader.GetFieldValue<DateTimeOffset>(2)
            );
        await reader.NextResultAsync(cancellationToken);
        var records = new List<KnownRecord>();
        while (await reader.ReadAsync(cancellationToken))
            records.Add(ReadKnown(reader));
        await reader.NextResultAsync(cancellationToken);
        var others = new Dictionary<DateOnly, int>();
        while (await reader.ReadAsync(cancellationToken))
            others[reader.GetFieldValue<DateOnly>(0)] = reader.GetInt32(1);
        var (households, places, missing) = (new Dictionary<Guid, KnownHousehold>(), new Dictionary<Guid, AreaId>(), new HashSet<string>());
        if (await reader.NextResultAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                households[reader.GetGuid(0)] = new(
                    new(reader.GetString(1)),
                    reader.IsDBNull(2) ? null : new PersonId(reader.GetString(2)),
                    reader.IsDBNull(3) ? null : reader.GetGuid(3)
                );
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                places[reader.GetGuid(0)] = new(reader.GetString(1));
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                missing.Add(reader.GetString(0));
        }
        return new(judged, records, others, households, places, missing);
    }

    static async Task ReadJudged(NpgsqlDataReader reader, Dictionary<Guid, JudgedRow> judged, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
            judged[reader.GetGuid(0)] = new(
                reader.GetFieldValue<DateOnly>(1),
                reader.GetBoolean(2),
                (EvidenceGrade)reader.GetInt16(3),
                [.. reader.GetFieldValue<short[]>(4).Select(r => (GradeReason)r)],
                [.. reader.GetFieldValue<short[]>(6).Select(f => (FlagKind)f)],
                reader.GetFieldValue<DateTimeOffset>(5)
            );
    }

    static KnownRecord ReadKnown(NpgsqlDataReader reader) =>
        new(
            reader.GetFieldValue<DateOnly>(0),
            (FieldRecordKind)reader.GetInt16(1),
            reader.GetInt32(2),
            reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
            new(
                reader.GetGuid(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.IsDBNull(6) ? null : new(reader.GetDouble(6), reader.GetDouble(7)),
                reader.IsDBNull(8) ? 0 : reader.GetFloat(8),
                !reader.IsDBNull(9) && (PositionSource)reader.GetInt16(9) is PositionSource.Device or PositionSource.WeCom
            )
        );

    static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }
}
