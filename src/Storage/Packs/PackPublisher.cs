using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using GridActors.Storage.Time;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>Publishes the draft of a pack, by the same load that a folder's files take.</summary>
public sealed class PackPublisher(NpgsqlDataSource source, PackStore store, PackVersions versions, AccessJournal journal, ServiceTime clock)
{
    /// <summary>Why the service couldn't load a pack now, because open cases need what it no longer has; null when it could.</summary>
    public async Task<string?> Conflict(Pack pack, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PackVersions.Lock(connection, pack.Id, cancellationToken);
        try
        {
            await store.Load(connection, pack, cancellationToken);
            return null; // What was loaded is rolled back.
        }
        catch (PackConflictException e)
        {
            return e.Message;
        }
    }

    /// <param name="revision">The draft that was checked.</param>
    /// <param name="version">The version in force with which it was compared.</param>
    /// <returns>The new version; null when the draft or the version in force is another one by now.</returns>
    /// <exception cref="PackConflictException">Open cases need what the pack no longer has.</exception>
    public async Task<PackVersion?> Publish(
        Pack pack,
        int revision,
        int version,
        PersonId by,
        string address,
        string note,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PackVersions.Lock(connection, pack.Id, cancellationToken);
        var draft = await PackVersions.Draft(connection, pack.Id, cancellationToken);
        var current = await PackVersions.Current(connection, pack.Id, cancellationToken);
        if (draft?.Revision != revision || current?.Number != version)
            return null;
        await store.Load(connection, pack, cancellationToken);
        var number = await PackVersions.Record(connection, pack, clock.GetUtcNow(), by, note, cancellationToken);
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(new("delete from pack_draft where pack = $1") { Parameters = { Parameters.Of(pack.Id) } });
            batch.BatchCommands.Add(journal.Insert(new(AccessKind.PackPublished, by, address, Subject: $"{number}")));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        var published = await PackVersions.Current(connection, pack.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return published;
    }

    /// <summary>
    /// Reads the packs again whose version in force was published in the console: the calendar of a year may have been published since.
    /// A folder's files are read with their calendars at every start anyway.
    /// </summary>
    public async Task FollowCalendars(CancellationToken cancellationToken)
    {
        foreach (var pack in await PublishedInConsole(cancellationToken))
        {
            if (await versions.Current(pack, cancellationToken) is not { } current)
                continue;
            var read = PackReader.Read(pack, await versions.Sources(current.Files, cancellationToken)).Pack;
            if (read is null || read.Digest == current.Digest)
                continue;
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await PackVersions.Lock(connection, pack, cancellationToken);
            // Another process may have done it, or something else was published.
            if ((await PackVersions.Current(connection, pack, cancellationToken))?.Digest != current.Digest)
                continue;
            await store.Load(connection, read, cancellationToken);
            await PackVersions.Record(connection, read, clock.GetUtcNow(), current.By, current.Note, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    async Task<IReadOnlyList<string>> PublishedInConsole(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select p.id from pack p join pack_version v on v.pack = p.id and v.number = p.version
            where p.seen_files is distinct from v.files order by p.id
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var packs = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            packs.Add(reader.GetString(0));
        return packs;
    }
}
