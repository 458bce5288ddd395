using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>A time in which clocks ran out and nobody called their cases.</summary>
/// <param name="From">When the first of these clocks was due.</param>
/// <param name="Until">When the last of them was called.</param>
public readonly record struct ClockOutage(DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// Remembers the last outage: <c>clock_outage</c>. People get one summary of what fell due in it, where they would otherwise get as many
/// alarms as there were clocks.
/// </summary>
public sealed class ClockOutages(NpgsqlDataSource source)
{
    /// <summary>A clock that is called so long after its moment wasn't called in time because nothing ran.</summary>
    public static TimeSpan LateAfter { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Records that late clocks were called. What follows closely on the last outage is a part of it.</summary>
    public async Task Record(ClockOutage outage, TimeSpan closely, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            insert into clock_outage as o (began_at, ended_at) values ($1, $2) on conflict (one) do update set
                began_at = case when o.ended_at >= excluded.ended_at - $3 then least(o.began_at, excluded.began_at)
                    else excluded.began_at end,
                ended_at = greatest(o.ended_at, excluded.ended_at)
            """
        );
        command.Bind(Parameters.Of(outage.From), Parameters.Of(outage.Until), Parameters.Of(closely));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<ClockOutage?> Last(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select began_at, ended_at from clock_outage");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ClockOutage(reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1))
            : null;
    }

    /// <returns>How many cases of a pack became overdue in an outage and still are, without confidential ones.</returns>
    public Task<int> Count(LoadedPack pack, ClockOutage outage, CancellationToken cancellationToken) =>
        Count(
            """
            select count(*)::int from case_open o join case_file c on c.id = o.case_id join area a on a.key = c.area
            where c.urgency = 2 and c.due_at between $1 and $2 and a.pack = $3 and not c.confidential
            """,
            outage,
            pack.Pack.Id,
            cancellationToken
        );

    /// <returns>How many of them a person has claimed or could claim.</returns>
    public Task<int> CountOf(PersonId person, ClockOutage outage, CancellationToken cancellationToken) =>
        Count(
            """
            select count(*)::int from inbox_item i join case_file c on c.id = i.case_id
            where c.urgency = 2 and c.due_at between $1 and $2 and i.person = $3
                and (c.claimant = $3 or (c.status = 1 and $3 = any(c.offered_to)))
            """,
            outage,
            person.Key,
            cancellationToken
        );

    async Task<int> Count(string statement, ClockOutage outage, string of, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(statement);
        command.Bind(Parameters.Of(outage.From), Parameters.Of(outage.Until), Parameters.Of(of));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
