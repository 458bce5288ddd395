using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>A record of field work that names a case.</summary>
/// <param name="Checkpoint">What was looked at, of the pack's checklist or a key place; null for none.</param>
public sealed record CaseRecord(
    Guid Id,
    PersonId Person,
    AreaId Area,
    DateOnly Day,
    FieldRecordKind Kind,
    DateTimeOffset At,
    string? Checkpoint
);

/// <summary>Reads which patrols and visits a case comes from.</summary>
public sealed class CaseRecordQueries(NpgsqlDataSource source)
{
    /// <summary>A case comes from one record; a county that adds it to others keeps a page readable.</summary>
    const int MaxRecords = 20;

    /// <summary>
    /// The reporter's records that name the case, the oldest first. Somebody else's may name any case, and don't say where it comes from.
    /// </summary>
    public async Task<IReadOnlyList<CaseRecord>> Of(Guid caseId, PersonId reporter, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select id, person, area, day, kind, at, data ->> 'checkpoint' from field_record
            where data ? 'cases' and data -> 'cases' @> jsonb_build_array($1::text) and person = $2 order by at limit $3
            """
        );
        command.Bind(Parameters.Of(caseId.ToString()), Parameters.Of(reporter.Key), Parameters.Of(MaxRecords));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<CaseRecord>();
        while (await reader.ReadAsync(cancellationToken))
            records.Add(
                new(
                    reader.GetGuid(0),
                    new(reader.GetString(1)),
                    new(reader.GetString(2)),
                    reader.GetFieldValue<DateOnly>(3),
                    (FieldRecordKind)reader.GetInt16(4),
                    reader.GetFieldValue<DateTimeOffset>(5),
                    reader.IsDBNull(6) ? null : reader.GetString(6)
                )
            );
        return records;
    }
}
