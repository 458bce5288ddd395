using GridActors.Domain.Scores;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Scores;

/// <summary>
/// Which months have to be closed or looked at again. What isn't finished after the hold is taken again, by any process.
/// </summary>
public sealed class ScorePeriods(NpgsqlDataSource source)
{
    /// <summary>Notes months that are to be closed; those that are known stay as they are.</summary>
    /// <returns>Those that are noted by now: a pack that was loaded a moment ago may not be stored yet.</returns>
    public async Task<IReadOnlyList<(string Pack, ScoreMonth Month)>> Begin(
        IReadOnlyList<(string Pack, ScoreMonth Month, DateTimeOffset ClosesAt)> months,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            insert into score_period (pack, month, call_at) select t.* from unnest($1, $2, $3) as t (pack, month, call_at)
            where exists (select from pack p where p.id = t.pack)
            on conflict (pack, month) do update set month = excluded.month returning pack, month
            """
        );
        command.Bind(
            Parameters.Texts(months, m => m.Pack),
            Parameters.Dates(months, m => m.Month.First),
            Parameters.Times(months, m => m.ClosesAt)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var noted = new List<(string, ScoreMonth)>();
        while (await reader.ReadAsync(cancellationToken))
            noted.Add((reader.GetString(0), ScoreMonth.Of(reader.GetFieldValue<DateOnly>(1))));
        return noted;
    }

    /// <param name="hold">In the service's time.</param>
    /// <param name="ahead">How far the service's time is ahead of the database's.</param>
    public async Task<IReadOnlyList<(string Pack, ScoreMonth Month, bool IsClosed)>> Take(
        TimeSpan hold,
        TimeSpan ahead,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            update score_period p set call_at = now() + $2 + $1
            from (select pack, month from score_period where call_at <= now() + $2 order by call_at for update skip locked) as due
            where p.pack = due.pack and p.month = due.month returning p.pack, p.month, p.closed_at is not null
            """
        );
        command.Bind(Parameters.Of(hold), Parameters.Of(ahead));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<(string, ScoreMonth, bool)>();
        while (await reader.ReadAsync(cancellationToken))
            due.Add((reader.GetString(0), ScoreMonth.Of(reader.GetFieldValue<DateOnly>(1)), reader.GetBoolean(2)));
        return due;
    }

    /// <param name="nextAt">When it is looked at again; null for never.</param>
    public async Task Finish(string pack, ScoreMonth month, DateTimeOffset now, DateTimeOffset? nextAt, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "update score_period set closed_at = coalesce(closed_at, $3), call_at = $4 where pack = $1 and month = $2"
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(month.First), Parameters.Of((DateTimeOffset?)now), Parameters.Of(nextAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
