using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>What is asked before the items of a request are judged.</summary>
/// <param name="First">When the first item happened, with its day.</param>
/// <param name="Before">With how many measured positions before the first item it is compared.</param>
/// <param name="IsMeasured">One of the items has a measured position, which is compared with others.</param>
/// <param name="IsTracks">The items are parts of tracks, and not records.</param>
/// <param name="Places">Key places, and what codes of doors name.</param>
public sealed record FieldQuestion(
    PersonId Person,
    string Device,
    DayMoment First,
    DayMoment Last,
    int Before,
    bool IsMeasured,
    bool IsTracks,
    IReadOnlyList<Guid> Households,
    IReadOnlyList<Guid> Places,
    IReadOnlyList<string> Photos
);

/// <summary>When something happened. The work of a night belongs to the day on which it began.</summary>
public readonly record struct DayMoment(DateOnly Day, DateTimeOffset At);

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
/// <param name="Nearby">The person's measured positions around the items: the latest before, those between, the next after.</param>
/// <param name="Duty">The person's records of these days that say whether they were on duty; only for tracks.</param>
/// <param name="Others">How many other people used the device on which day.</param>
/// <param name="KnownDays">The days on which the device is known to be used by the person.</param>
/// <param name="NotUploaded">Photos that the person neither uploaded nor announced.</param>
public sealed record FieldContext(
    IReadOnlyList<MeasuredPosition> Nearby,
    IReadOnlyList<(DateOnly Day, DutyRecord Record)> Duty,
    IReadOnlyDictionary<DateOnly, int> Others,
    IReadOnlySet<DateOnly> KnownDays,
    IReadOnlyDictionary<Guid, KnownHousehold> Households,
    IReadOnlyDictionary<Guid, AreaId> Places,
    IReadOnlySet<string> NotUploaded
);

/// <summary>
/// Reads what requests of workers' phones are judged with: one round trip for all the requests that wait, whatever the number of their
/// items. At eight o'clock a whole county asks.
/// </summary>
public sealed class FieldContextQueries([FromKeyedServices(DatabaseExtensions.Kept)] NpgsqlDataSource source)
    : BatchReader<FieldQuestion, FieldContext>(readers: 1)
{
    protected override async Task<IReadOnlyList<FieldContext>> Query(
        IReadOnlyList<FieldQuestion> requests,
        CancellationToken cancellationToken
    )
    {
        var contexts = requests.Select(q => new FieldContextBuilder(q)).ToList();
        await using var batch = source.CreateBatch();
        var reads = FieldContextStatements.Add(batch, contexts);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var read in reads)
        {
            while (await reader.ReadAsync(cancellationToken))
                read(reader);
            await reader.NextResultAsync(cancellationToken);
        }
        return [.. contexts.Select(c => c.Build())];
    }

    /// <summary>What stands already of these records and tracks.</summary>
    public async Task<IReadOnlyDictionary<Guid, JudgedRow>> Judged(
        PersonId person,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select r.id, r.day, r.late, r.grade, r.reasons, r.received_at,
                array(select f.flag from field_flag f where f.person = r.person and f.record = r.id order by f.flag)
            from field_record r where r.person = $1 and r.id = any($2)
            union all
            select t.id, t.day, false, $3, array[]::smallint[], t.received_at, array[]::smallint[]
            from field_track t where t.person = $1 and t.id = any($2)
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Uuids(ids, i => i), Parameters.Of((short)EvidenceGrade.None));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var judged = new Dictionary<Guid, JudgedRow>();
        while (await reader.ReadAsync(cancellationToken))
            judged[reader.GetGuid(0)] = new(
                reader.GetFieldValue<DateOnly>(1),
                reader.GetBoolean(2),
                (EvidenceGrade)reader.GetInt16(3),
                [.. reader.GetFieldValue<short[]>(4).Select(r => (GradeReason)r)],
                [.. reader.GetFieldValue<short[]>(6).Select(f => (FlagKind)f)],
                reader.GetFieldValue<DateTimeOffset>(5)
            );
        return judged;
    }
}
