using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Domain.Staff;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using GridActors.Storage.Packs;
using GridActors.Storage.Time;
using Npgsql;

namespace GridActors.Storage.Staff;

/// <summary>A change of posts and people with what became of it.</summary>
/// <param name="Version">The version of the pack that it made; null while it waits.</param>
/// <param name="Failure">Why it couldn't be made on its day; it is tried again with the next version of the pack.</param>
public sealed record EnteredStaffChange(
    string Pack,
    StaffChange Change,
    PersonId By,
    DateTimeOffset At,
    DateTimeOffset? AppliedAt,
    int? Version,
    PersonId? CancelledBy,
    string? Failure
);

/// <summary>
/// Keeps changes of posts and people, and makes them on their day: each is a new version of the pack, by the same load that a folder's
/// files take.
/// </summary>
public sealed class StaffChanges(
    NpgsqlDataSource source,
    PackStore store,
    PackVersions versions,
    AccessJournal journal,
    ServiceTime time,
    TimeProvider clock
)
{
    const string Columns = """
        c.id, c.pack, c.kind, c.person, c.name, c.area, c.post, c.successor, c.effective_on, c.entered_by, c.entered_at, c.applied_at,
        c.version, c.cancelled_by, c.failure
        """;

    /// <summary>Keeps a change, and makes it at once when its day has come.</summary>
    /// <returns>Why it can't be made; null when it was kept. Nothing is kept of one that can't be made.</returns>
    public async Task<string?> Enter(LoadedPack pack, StaffChange change, PersonId by, string address, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PackVersions.Lock(connection, pack.Pack.Id, cancellationToken);
        await using (var known = new NpgsqlCommand("select 1 from staff_change where id = $1", connection))
        {
            known.Bind(Parameters.Of(change.Id));
            if (await known.ExecuteScalarAsync(cancellationToken) is not null)
                return null; // The same call again.
        }
        var effectiveAt = pack.Start(change.On);
        await using (var insert = new NpgsqlCommand(Insert, connection))
        {
            insert.Bind(
                Parameters.Of(change.Id),
                Parameters.Of(pack.Pack.Id),
                Parameters.Of(Name(change.Kind)),
                Parameters.Of(change.Person),
                Parameters.Of(change.Name),
                Parameters.Of(change.Area),
                Parameters.Of(change.Post),
                Parameters.Of(change.Successor),
                new NpgsqlParameter { Value = change.On },
                Parameters.Of(effectiveAt),
                Parameters.Of(by.Key),
                Parameters.Of(time.GetUtcNow())
            );
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
        // A change of a later day is tried, too, so that nobody learns of a mistake on that day only. It is rolled back.
        var isDue = effectiveAt <= time.GetUtcNow();
        if (!isDue)
            await transaction.SaveAsync("before", cancellationToken);
        if (await Make(connection, pack, change, by, cancellationToken) is { } failure)
            return failure;
        if (!isDue)
            await transaction.RollbackAsync("before", cancellationToken);
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(journal.Insert(new(AccessKind.StaffChanged, by, address, Subject: change.Person)));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <returns>False when it was made or cancelled already.</returns>
    public async Task<bool> Cancel(string pack, Guid id, PersonId by, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "update staff_change set cancelled_by = $3 where id = $1 and pack = $2 and applied_at is null and cancelled_by is null"
        );
        command.Bind(Parameters.Of(id), Parameters.Of(pack), Parameters.Of(by.Key));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Those that wait, and those of the last ninety days; what was entered last comes first.</summary>
    public async Task<IReadOnlyList<EnteredStaffChange>> Of(string pack, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {Columns} from staff_change c
            where c.pack = $1 and (c.entered_at > $2 or (c.applied_at is null and c.cancelled_by is null))
            order by c.entered_at desc, c.id
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(time.GetUtcNow() - LeaveList.KeptFor));
        return await Read(command, cancellationToken);
    }

    /// <summary>The changes whose day has come, in their order. One that failed waits for another version of the pack.</summary>
    public async Task<IReadOnlyList<EnteredStaffChange>> Due(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {Columns} from staff_change c join pack p on p.id = c.pack
            where c.effective_at <= now() + $1 and c.applied_at is null and c.cancelled_by is null
                and c.failed_version is distinct from p.version
            order by c.effective_at, c.entered_at, c.id limit 100
            """
        );
        command.Bind(Parameters.Of(time.Ahead));
        return await Read(command, cancellationToken);
    }

    /// <summary>Makes a change whose day has come.</summary>
    /// <returns>Why it can't be made; null when it was.</returns>
    public async Task<string?> Make(LoadedPack pack, EnteredStaffChange entered, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        string? failure;
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await PackVersions.Lock(connection, pack.Pack.Id, cancellationToken);
            await using (var waits = new NpgsqlCommand(Waits, connection))
            {
                waits.Bind(Parameters.Of(entered.Change.Id));
                if (await waits.ExecuteScalarAsync(cancellationToken) is null)
                    return null; // Another process made it.
            }
            failure = await Make(connection, pack, entered.Change, entered.By, cancellationToken);
            if (failure is null)
                await transaction.CommitAsync(cancellationToken);
        }
        if (failure is not null)
        {
            await using var command = new NpgsqlCommand(
                "update staff_change set failure = $2, failed_version = (select version from pack where id = $3) where id = $1",
                connection
            );
            command.Bind(Parameters.Of(entered.Change.Id), Parameters.Of(failure), Parameters.Of(pack.Pack.Id));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        return failure;
    }

    /// <returns>The lock, until it is disposed of; null when another process has it.</returns>
    public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) =>
        ExclusiveWork.TryBegin(source, "staff changes", cancellationToken);

    /// <summary>Who took over from whom, by changes that aren't long ago. The last successor of a person counts.</summary>
    internal static async Task<IReadOnlyList<(PersonId Person, PersonId Successor)>> Successions(
        NpgsqlConnection connection,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select distinct on (pack, person) pack, person, successor from staff_change
            where successor is not null and applied_at > $1 order by pack, person, applied_at desc
            """,
            connection
        );
        command.Bind(Parameters.Of(since));
        var found = new List<(PersonId, PersonId)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add((new(reader.GetString(0), reader.GetString(1)), new(reader.GetString(0), reader.GetString(2))));
        return found;
    }

    const string Insert = """
        insert into staff_change
            (id, pack, kind, person, name, area, post, successor, effective_on, effective_at, entered_by, entered_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    const string Waits = "select 1 from staff_change where id = $1 and applied_at is null and cancelled_by is null for update";

    /// <summary>In the caller's transaction, which is rolled back when it can't be made.</summary>
    async Task<string?> Make(
        NpgsqlConnection connection,
        LoadedPack pack,
        StaffChange change,
        PersonId by,
        CancellationToken cancellationToken
    )
    {
        var id = pack.Pack.Id;
        if (await PackVersions.Current(connection, id, cancellationToken) is not { } current)
            return "The pack was loaded before its files were kept: start the service once more.";
        var sources = await versions.Sources(current.Files, cancellationToken);
        var read = PackReader.Read(id, StaffFiles.Apply(sources, change, pack.Pack.Demo));
        if (read.Pack is not { } changed)
            return read.Errors[0].ToString();
        if (changed.Digest == current.Digest)
            return "It changes nothing: the posts are held like that already.";
        var tree = LoadedPack.Build(changed);
        if (!tree.People.Values.Any(p => p.Over(tree.Root).Has(Permission.Administer)))
            return "After it, nobody would administer the pack any more.";
        try
        {
            await store.Load(connection, changed, cancellationToken);
        }
        catch (PackConflictException e)
        {
            return e.Message;
        }
        var number = await PackVersions.Record(connection, changed, clock.GetUtcNow(), by, change.Describe(pack), cancellationToken);
        await FollowInDraft(connection, pack, change, cancellationToken);
        await using var command = new NpgsqlCommand(
            "update staff_change set applied_at = $2, version = $3, failure = null, failed_version = null where id = $1",
            connection
        );
        command.Bind(Parameters.Of(change.Id), Parameters.Of(time.GetUtcNow()), Parameters.Of(number));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return null;
    }

    /// <summary>What is being edited gets the change, too: otherwise publishing it would undo the change, and nobody would know.</summary>
    async Task FollowInDraft(NpgsqlConnection connection, LoadedPack pack, StaffChange change, CancellationToken cancellationToken)
    {
        if (await PackVersions.Draft(connection, pack.Pack.Id, cancellationToken) is not { } draft)
            return;
        var edited = StaffFiles.Apply(await versions.Sources(draft.Files, cancellationToken), change, pack.Pack.Demo);
        await PackVersions.Keep(connection, edited, cancellationToken);
        await PackVersions.SaveDraft(
            connection,
            pack.Pack.Id,
            draft.Revision + 1,
            PackVersions.HashesOf(edited),
            clock.GetUtcNow(),
            draft.By,
            cancellationToken
        );
    }

    static string Name(StaffChangeKind kind) => kind.ToString().ToLowerInvariant();

    static async Task<IReadOnlyList<EnteredStaffChange>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var changes = new List<EnteredStaffChange>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            changes.Add(
                new(
                    reader.GetString(1),
                    new(
                        reader.GetGuid(0),
                        Enum.Parse<StaffChangeKind>(reader.GetString(2), ignoreCase: true),
                        reader.GetString(3),
                        Text(4),
                        Text(5),
                        Text(6),
                        Text(7),
                        reader.GetFieldValue<DateOnly>(8)
                    ),
                    new(reader.GetString(9)),
                    reader.GetFieldValue<DateTimeOffset>(10),
                    reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11),
                    reader.IsDBNull(12) ? null : reader.GetInt32(12),
                    Text(13) is { } by ? new PersonId(by) : null,
                    Text(14)
                )
            );
        return changes;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
