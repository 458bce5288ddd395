using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using GridActors.Storage.Time;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Households;

/// <summary>Masked values that somebody had revealed.</summary>
/// <param name="Residents">Whose values; empty for those of the household alone.</param>
/// <param name="Fields">Which fields.</param>
/// <param name="Purpose">A purpose of the pack.</param>
/// <param name="Address">Where the call came from.</param>
public sealed record Reveal(
    Guid Id,
    DateTimeOffset At,
    PersonId Person,
    AreaId Area,
    Guid Household,
    IReadOnlyList<Guid> Residents,
    IReadOnlyList<string> Fields,
    string Purpose,
    string Address,
    bool IsUnusual
);

/// <summary>The filters of the list of reveals.</summary>
public sealed record RevealFilter(string Pack)
{
    public PersonId? Person { get; init; }
    public string? Purpose { get; init; }
    public Guid? Household { get; init; }
    public Guid? Resident { get; init; }
    public bool UnusualOnly { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public (DateTimeOffset At, Guid Id)? Before { get; init; }
}

/// <summary>Records who had what revealed, and limits how often one person may.</summary>
public sealed class Reveals(NpgsqlDataSource source, AccessJournal journal, ServiceTime clock)
{
    const string Columns = "id, at, person, area, household, residents, fields, purpose, address, unusual";

    /// <returns>False when the person has had too many revealed within an hour: nothing may be answered then.</returns>
    public async Task<bool> Record(
        Guid operation,
        PersonId person,
        AreaId area,
        Guid household,
        IReadOnlyList<Guid> residents,
        IReadOnlyList<string> fields,
        string purpose,
        string address,
        RevealRule rule,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcMicroseconds();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // One person's reveals are counted one after the other, so that many at once don't pass the limit.
        await using (var counting = new NpgsqlBatch(connection))
        {
            counting.BatchCommands.Add(
                new("select pg_advisory_xact_lock(hashtextextended('reveal ' || $1, 0))") { Parameters = { Parameters.Of(person.Key) } }
            );
            counting.BatchCommands.Add(
                new(
                    """
                    select count(*) filter (where at > $2)::integer, count(*)::integer, coalesce(bool_or(id = $4), false)
                    from reveal where person = $1 and at > $3
                    """
                )
                {
                    Parameters =
                    {
                        Parameters.Of(person.Key),
                        Parameters.Of(now.AddHours(-1)),
                        Parameters.Of(now.AddDays(-1)),
                        Parameters.Of(operation),
                    },
                }
            );
            await using var reader = await counting.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var (hour, day, isRepeat) = (reader.GetInt32(0), reader.GetInt32(1), reader.GetBoolean(2));
            await reader.CloseAsync();
            if (isRepeat)
                return true;
            if (hour >= rule.PerHour)
                return false;
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(
                Insert(new(operation, now, person, area, household, residents, fields, purpose, address, day >= rule.UnusualPerDay))
            );
            batch.BatchCommands.Add(journal.Insert(new(AccessKind.Revealed, person, address, Subject: $"{household:N} {purpose}")));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>How many reveals of a pack have a purpose.</summary>
    public async Task<int> Count(string pack, string purpose, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select count(*)::integer from reveal where pack = $1 and purpose = $2");
        command.Bind(Parameters.Of(pack), Parameters.Of(purpose));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Reveal>> List(RevealFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {Columns} from reveal
            where pack = $1 and ($2::text is null or person = $2) and ($3::text is null or purpose = $3)
                and ($4::uuid is null or household = $4) and ($5::uuid is null or $5 = any(residents)) and (unusual or not $6)
                and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
                and ($9::timestamptz is null or (at, id) < ($9, $10))
            order by at desc, id desc limit $11
            """
        );
        command.Bind(
            Parameters.Of(filter.Pack),
            Parameters.Of(filter.Person?.Key),
            Parameters.Of(filter.Purpose),
            Nullable(filter.Household),
            Nullable(filter.Resident),
            Parameters.Of(filter.UnusualOnly),
            Parameters.Of(filter.From),
            Parameters.Of(filter.To),
            Parameters.Of(filter.Before?.At),
            Parameters.Of(filter.Before?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Reveal>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(
                new(
                    reader.GetGuid(0),
                    reader.GetFieldValue<DateTimeOffset>(1),
                    new(reader.GetString(2)),
                    new(reader.GetString(3)),
                    reader.GetGuid(4),
                    reader.GetFieldValue<Guid[]>(5),
                    reader.GetFieldValue<string[]>(6),
                    reader.GetString(7),
                    reader.GetString(8),
                    reader.GetBoolean(9)
                )
            );
        return found;
    }

    static NpgsqlParameter Nullable(Guid? id) => new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = id is { } value ? value : DBNull.Value };

    static NpgsqlBatchCommand Insert(Reveal reveal) =>
        new(
            """
            insert into reveal (id, at, person, pack, area, household, residents, fields, purpose, address, unusual)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """
        )
        {
            Parameters =
            {
                Parameters.Of(reveal.Id),
                Parameters.Of(reveal.At),
                Parameters.Of(reveal.Person.Key),
                Parameters.Of(reveal.Area.Pack),
                Parameters.Of(reveal.Area.Key),
                Parameters.Of(reveal.Household),
                Parameters.Uuids(reveal.Residents, r => r),
                Parameters.Texts(reveal.Fields, f => f),
                Parameters.Of(reveal.Purpose),
                Parameters.Of(reveal.Address),
                Parameters.Of(reveal.IsUnusual),
            },
        };
}
