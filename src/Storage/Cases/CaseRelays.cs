using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>What one case has to tell another.</summary>
/// <param name="Target">Who is told.</param>
/// <param name="By">Who took the step.</param>
/// <param name="Joins">The source was merged into the target. Otherwise the target was merged into the source, and follows it.</param>
/// <param name="Version">The version of the source.</param>
public sealed record CaseRelay(
    long Id,
    Guid Target,
    Guid Source,
    string Number,
    PersonId By,
    bool Joins,
    CaseStatus Status,
    CaseOutcome Outcome,
    int Version
);

/// <summary>What cases have to tell each other: <c>case_relay</c>.</summary>
public sealed class CaseRelays(NpgsqlDataSource source) : IReadTable
{
    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<CaseRelay>? rows = null;
        foreach (var entry in entries)
            if (entry is CaseEntry { Case: var now, Before: { } before })
            {
                if (now.MergedInto is { } main && main.Id != before.MergedInto?.Id)
                    (rows ??= []).Add(Of(main.Id, now, joins: true));
                if (now.Duplicates.Length != before.Duplicates.Length || now.Status != before.Status)
                    foreach (var duplicate in now.Duplicates)
                        (rows ??= []).Add(Of(duplicate.Id, now, joins: false));
            }
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(
                """
                insert into case_relay (target, source, number, by, joins, status, outcome, version)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
                """
            )
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Target),
                    Parameters.Uuids(rows, r => r.Source),
                    Parameters.Texts(rows, r => r.Number),
                    Parameters.Texts(rows, r => r.By.Key),
                    Parameters.Booleans(rows, r => r.Joins),
                    Parameters.Smallints(rows, r => (short)r.Status),
                    Parameters.Smallints(rows, r => (short)r.Outcome),
                    Parameters.Integers(rows, r => r.Version),
                },
            }
        );
    }

    /// <summary>
    /// Takes the oldest rows that no other process has taken. What isn't finished after the hold is taken again, by any process.
    /// </summary>
    public async Task<IReadOnlyList<CaseRelay>> Take(int limit, TimeSpan hold, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update case_relay r set call_at = now() + $2
            from (select id from case_relay where call_at <= now() order by call_at limit $1 for update skip locked) as due
            where r.id = due.id
            returning r.id, r.target, r.source, r.number, r.by, r.joins, r.status, r.outcome, r.version
            """
        );
        command.Bind(Parameters.Of(limit), Parameters.Of(hold));
        var taken = new List<CaseRelay>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            taken.Add(
                new(
                    reader.GetInt64(0),
                    reader.GetGuid(1),
                    reader.GetGuid(2),
                    reader.GetString(3),
                    new(reader.GetString(4)),
                    reader.GetBoolean(5),
                    (CaseStatus)reader.GetInt16(6),
                    (CaseOutcome)reader.GetInt16(7),
                    reader.GetInt32(8)
                )
            );
        return taken;
    }

    public async Task Finish(IReadOnlyList<CaseRelay> done, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from case_relay where id = any($1)");
        command.Bind(Parameters.Bigints(done, r => r.Id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static CaseRelay Of(Guid target, CaseView now, bool joins) =>
        new(0, target, now.Id, now.Number, now.UpdatedBy, joins, now.Status, now.Outcome, now.Version);
}
