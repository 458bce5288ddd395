using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Households;

/// <summary>Somebody who moved out or died long ago.</summary>
public readonly record struct LongGone(Guid Household, Guid Resident);

/// <summary>Finds what was kept as long as the pack says.</summary>
public sealed class RetentionQueries(NpgsqlDataSource source)
{
    /// <summary>Residents of a pack who moved out, or died, before those times, and aren't erased.</summary>
    public async Task<IReadOnlyList<LongGone>> LongGone(
        string pack,
        DateTimeOffset movedOutBefore,
        DateTimeOffset diedBefore,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select r.household, r.id from resident r join area a on a.key = r.area
            where a.pack = $1 and r.left_at is not null and not r.erased
                and (r.status = 1 and r.left_at < $2 or r.status = 2 and r.left_at < $3) limit $4
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(movedOutBefore), Parameters.Of(diedBefore), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<LongGone>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(new(reader.GetGuid(0), reader.GetGuid(1)));
        return found;
    }

    /// <summary>Deletes the records of reveals before a time. The access journal has its own term.</summary>
    public async Task DeleteReveals(string pack, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from reveal where pack = $1 and at < $2");
        command.Bind(Parameters.Of(pack), Parameters.Of(before));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
