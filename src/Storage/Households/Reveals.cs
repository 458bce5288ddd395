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
/// <param name="Export">The file in which they are; null when they were shown. Whose they are stands beside a file's reveal.</param>
/// <param name="People">How many people's values are in the file; null when they were shown.</param>
/// <param name="Place">The place whose values they are, which then are no household's; null for those of households.</param>
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
    bool IsUnusual,
    Guid? Export = null,
    int? People = null,
    Guid? Place = null
);

/// <summary>The filters of the list of reveals.</summary>
public sealed record RevealFilter(string Pack)
{
    public PersonId? Person { get; init; }
    public string? Purpose { get; init; }

    /// <summary>The keys of areas; null for all.</summary>
    public IReadOnlyList<string>? Areas { get; init; }
    public Guid? Household { get; init; }
    public Guid? Resident { get; init; }
    public Guid? Place { get; init; }
    public bool UnusualOnly { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public (DateTimeOffset At, Guid Id)? Before { get; init; }
}

/// <summary>Records who had what revealed, and limits how often one person may.</summary>
public sealed class Reveals(NpgsqlDataSource source, AccessJournal journal, ServiceTime clock)
{
    const string Columns = """
        id, at, person, area, reveal.household, coalesce(x.residents, reveal.residents), fields, purpose, address, unusual, export,
        people, place
        """;

    /// <returns>False when the person has had too many revealed within an hour: nothing may be answered then.</returns>
    public Task<bool> Record(
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
    ) =>
        Record(
            new(operation, default, person, area, household, residents, fields, purpose, address, IsUnusual: false),
            rule,
            cancellationToken
        );

    /// <summary>Records values of a place before they are answered.</summary>
    /// <returns>False when the person has had too many revealed within an hour: nothing may be answered then.</returns>
    public Task<bool> RecordPlace(
        Guid operation,
        PersonId person,
        AreaId area,
        Guid place,
        IReadOnlyList<string> fields,
        string purpose,
        string address,
        RevealRule rule,
        CancellationToken cancellationToken
    ) =>
        Record(
            new(operation, default, person, area, Guid.Empty, [], fields, purpose, address, IsUnusual: false, Place: place),
            rule,
            cancellationToken
        );

    /// <summary>
    /// Records a file in clear before it is written. It counts as one reveal of the hour, however many people are in it; when these are
    /// more than the pack calls usual for a day, it is unusual.
    /// </summary>
    public Task<bool> RecordExport(
        Guid export,
        PersonId person,
        AreaId area,
        int people,
        IReadOnlyList<string> fields,
        string purpose,
        string address,
        RevealRule rule,
        CancellationToken cancellationToken
    ) =>
        Record(
            new(export, default, person, area, Guid.Empty, [], fields, purpose, address, people > rule.UnusualPerDay, export, people),
            rule,
            cancellationToken
        );

    /// <summary>Records whose values a file has, before they are written to it. Told again, nothing changes.</summary>
    public async Task RecordExported(
        Guid export,
        IReadOnlyList<(Guid Household, IReadOnlyList<Guid> Residents)> households,
        CancellationToken cancellationToken
    )
    {
        var members = households.SelectMany(h => h.Residents.Select(r => (h.Household, Resident: r))).ToList();
        await using var command = source.CreateCommand(
            """
            insert into revealed_household (reveal, household, residents)
            select $1, m.household, array_agg(m.resident) from unnest($2, $3) as m (household, resident) group by m.household
            on conflict do nothing
            """
        );
        command.Bind(Parameters.Of(export), Parameters.Uuids(members, m => m.Household), Parameters.Uuids(members, m => m.Resident));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    async Task<bool> Record(Reveal reveal, RevealRule rule, CancellationToken cancellationToken)
    {
        var (operation, person) = (reveal.Id, reveal.Person);
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
            batch.BatchCommands.Add(Insert(reveal with { At = now, IsUnusual = reveal.IsUnusual || day >= rule.UnusualPerDay }));
            var subject = $"{reveal.Export ?? reveal.Place ?? reveal.Household:N} {reveal.Purpose}";
            batch.BatchCommands.Add(journal.Insert(new(AccessKind.Revealed, person, reveal.Address, Subject: subject)));
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
            select {Columns} from reveal left join revealed_household x on x.reveal = reveal.id and x.household = $4
            where pack = $1 and ($2::text is null or person = $2) and ($3::text is null or purpose = $3)
                and ($4::uuid is null or reveal.household = $4 or x.reveal is not null) and (unusual or not $6)
                and ($5::uuid is null or $5 = any(reveal.residents)
                    or id in (select m.reveal from revealed_household m where m.residents @> array[$5]))
                and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
                and ($9::timestamptz is null or (at, id) < ($9, $10))
                and ($12::text[] is null or area = any($12)) and ($13::uuid is null or place = $13)
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
            Parameters.Of(limit),
            filter.Areas is { } areas ? Parameters.Texts(areas, a => a) : Parameters.NoTexts,
            Nullable(filter.Place)
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
                    reader.GetBoolean(9),
                    reader.IsDBNull(10) ? null : reader.GetGuid(10),
                    reader.IsDBNull(11) ? null : reader.GetInt32(11),
                    reader.IsDBNull(12) ? null : reader.GetGuid(12)
                )
            );
        return found;
    }

    static NpgsqlParameter Nullable(Guid? id) => new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = id is { } value ? value : DBNull.Value };

    static NpgsqlBatchCommand Insert(Reveal reveal) =>
        new(
            """
            insert into reveal (id, at, person, pack, area, household, residents, fields, purpose, address, unusual, export,
                people, place)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
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
                Nullable(reveal.Export),
                new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = reveal.People is { } people ? people : DBNull.Value },
                Nullable(reveal.Place),
            },
        };
}
