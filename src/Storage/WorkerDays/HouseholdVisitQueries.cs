using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>A visit that was made to a household.</summary>
/// <param name="Words">What was noted of it.</param>
public sealed record HouseholdVisit(
    Guid Id,
    PersonId Person,
    DateTimeOffset At,
    string? Purpose,
    ImmutableArray<SettledDetail> Settled,
    FieldWords Words
);

/// <summary>Reads the visits to one household, and the days of the workers of some areas.</summary>
public sealed class HouseholdVisitQueries(NpgsqlDataSource source, WorkerDaySealer sealer)
{
    /// <summary>The last visits, the newest first, with their words opened.</summary>
    public async Task<IReadOnlyList<HouseholdVisit>> Of(Guid household, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<(Guid Id, PersonId Person, DateOnly Day, DateTimeOffset At, FieldDetails Details, byte[]? Note)>();
        await using (
            var command = source.CreateCommand(
                $"""
                select id, person, day, at, data, note from field_record
                where households @> array[$1] and households <> '{"{}"}' and kind = {(short)FieldRecordKind.Visit} order by at desc limit $2
                """
            )
        )
        {
            command.Bind(Parameters.Of(household), Parameters.Of(limit));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(
                    (
                        reader.GetGuid(0),
                        new(reader.GetString(1)),
                        reader.GetFieldValue<DateOnly>(2),
                        reader.GetFieldValue<DateTimeOffset>(3),
                        FieldJson.ReadDetails(reader.GetString(4)),
                        reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5)
                    )
                );
        }
        var visits = new List<HouseholdVisit>();
        foreach (var row in rows)
        {
            // Where there are households, words are sealed. A key is asked for once: the reader keeps it.
            var key = row.Note is null ? null : await sealer.KeyOf(row.Person, row.Day, cancellationToken);
            var words = sealer.Open(key, row.Note, isSealed: true);
            visits.Add(new(row.Id, row.Person, row.At, row.Details.Purpose, row.Details.Settled ?? [], words));
        }
        return visits;
    }

    /// <summary>The days of the workers who were counted in some areas, or of some people, from a day on; the newest first.</summary>
    public async Task<IReadOnlyList<(PersonId Person, DateOnly Day)>> Days(
        IReadOnlyList<string> areas,
        IReadOnlyList<PersonId> people,
        DateOnly since,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select person, day from worker_day where (area = any($1) or person = any($2)) and day >= $3 order by day desc, person limit $4
            """
        );
        command.Bind(Parameters.Texts(areas, a => a), Parameters.Texts(people, p => p.Key), Parameters.Of(since), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var days = new List<(PersonId, DateOnly)>();
        while (await reader.ReadAsync(cancellationToken))
            days.Add((new(reader.GetString(0)), reader.GetFieldValue<DateOnly>(1)));
        return days;
    }
}
