using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Households;

/// <summary>A step of a household's history, opened.</summary>
public sealed record HouseholdHistoryItem(int Sequence, DateTimeOffset At, PersonId By, HouseholdEvent Event);

/// <summary>Reads what happened to a household.</summary>
public sealed class HouseholdHistory(NpgsqlDataSource source, HouseholdSealer sealer, SubjectKeys subjects)
{
    public async Task<IReadOnlyList<HouseholdHistoryItem>> Of(Guid id, int after, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select sequence, at, by, kind, data from journal where stream = $1 and sequence > $2 order by sequence limit $3"
        );
        command.Bind(Parameters.Of(HouseholdEntry.StreamOf(id)), Parameters.Of(after), Parameters.Of(limit));
        var steps = new List<HouseholdHistoryItem>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                steps.Add(
                    new(
                        reader.GetInt32(0),
                        reader.GetFieldValue<DateTimeOffset>(1),
                        new(reader.GetString(2)),
                        HouseholdEventJson.Read(reader.GetString(3), reader.GetString(4))
                    )
                );
        Guid[] named = [.. steps.SelectMany(s => s.Event.AllFacts()).Select(f => f.Subject).Distinct()];
        var keys = await subjects.Of(named, cancellationToken);
        return [.. steps.Select(s => s with { Event = sealer.Open(s.Event, keys) })];
    }
}
