using GridActors.Storage.Access;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Accounts;

/// <summary>
/// Wrong passwords, by account and place. A few from one place lock the account for that place, so that nobody can keep somebody else
/// out; each further one doubles the lock. Failures are forgotten after a day without another one.
/// </summary>
public sealed class SignInLocks(NpgsqlDataSource source, AccountOptions options, AccessJournal journal, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>
    /// How far the clocks of two processes may be apart. A failure that is later than that was counted before the clock was set back: its
    /// lock would last until the clock has caught up, so it is forgotten.
    /// </summary>
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>Stands for all places in which the owner of the account has never signed in.</summary>
    const string UnknownPlaces = "";

    /// <returns>How long the account stays locked for the place; null when it isn't.</returns>
    public async Task<TimeSpan?> Left(string account, SignInPlace place, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = source.CreateCommand(
            """
            select max(locked_until) from sign_in_lock
            where account = $1 and place = any($2) and locked_until > $3 and updated_at <= $4
            """
        );
        command.Bind(
            Parameters.Of(account),
            Parameters.Texts(Counted(place), p => p.Name),
            Parameters.Of(now),
            Parameters.Of(now + ClocksDiffer)
        );
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime until ? until - now.UtcDateTime : null;
    }

    /// <returns>How long the account is locked for the place now; null when one more failure is allowed.</returns>
    public async Task<TimeSpan?> Fail(string account, SignInPlace place, AccessEntry entry, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        foreach (var (name, allowed) in Counted(place))
            batch.BatchCommands.Add(
                new(
                    """
                    insert into sign_in_lock as l (account, place, failures, updated_at) values ($1, $2, 1, $3)
                    on conflict (account, place) do update set updated_at = excluded.updated_at,
                        failures = case when l.updated_at not between $4 and $8 then 1 else l.failures + 1 end,
                        locked_until = case when l.updated_at between $4 and $8 and l.failures + 1 >= $5
                            then $3 + make_interval(secs => least($6 * power(2, least(l.failures + 1 - $5, 20)), $7)) end
                    returning locked_until
                    """
                )
                {
                    Parameters =
                    {
                        Parameters.Of(account),
                        Parameters.Of(name),
                        Parameters.Of(now),
                        Parameters.Of(now - Remembered),
                        Parameters.Of(allowed),
                        Parameters.Of((int)options.FirstLock.TotalSeconds),
                        Parameters.Of((int)options.LongestLock.TotalSeconds),
                        Parameters.Of(now + ClocksDiffer),
                    },
                }
            );
        batch.BatchCommands.Add(new("delete from sign_in_lock where updated_at < $1") { Parameters = { Parameters.Of(now - Remembered) } });
        batch.BatchCommands.Add(journal.Insert(entry));
        TimeSpan? longest = null;
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do while (await reader.ReadAsync(cancellationToken))
            if (!await reader.IsDBNullAsync(0, cancellationToken) && reader.GetFieldValue<DateTimeOffset>(0) - now is var left)
                longest = longest > left ? longest : left;
        while (await reader.NextResultAsync(cancellationToken));
        return longest;
    }

    /// <summary>Forgets the failures from a place, because the right password came from there.</summary>
    public async Task Forget(string account, SignInPlace place, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from sign_in_lock where account = $1 and place = $2");
        command.Bind(Parameters.Of(account), Parameters.Of(place.Name));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    (string Name, int Allowed)[] Counted(SignInPlace place) =>
        place.IsKnown
            ? [(place.Name, options.FailuresAllowed)]
            : [(place.Name, options.FailuresAllowed), (UnknownPlaces, options.FailuresAllowedFromUnknownPlaces)];
}

/// <summary>Where a password comes from.</summary>
/// <param name="Name">A remembered device of the person, or else the address.</param>
/// <param name="IsKnown">The person has signed in there before.</param>
public readonly record struct SignInPlace(string Name, bool IsKnown);
