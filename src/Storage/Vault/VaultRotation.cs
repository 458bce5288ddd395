using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Vault;

/// <summary>A version of a pack's keys.</summary>
/// <param name="Master">The id of the master key that wraps it.</param>
/// <param name="Subjects">How many subjects have a key that it wraps.</param>
public sealed record KeyVersion(string Pack, int Version, string Master, DateTimeOffset Since, long Subjects);

/// <summary>Changes the keys while the service runs. What is sealed with the keys of subjects stays as it is.</summary>
public sealed class VaultRotation(NpgsqlDataSource source, MasterKeys masters)
{
    const int BatchLength = 1000;

    public async Task<IReadOnlyList<KeyVersion>> Status(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select v.pack, v.version, v.master, v.created_at, count(s.subject)
            from vault_key v left join subject_key s on s.pack = v.pack and s.version = v.version
            group by v.pack, v.version order by v.pack, v.version
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new List<KeyVersion>();
        while (await reader.ReadAsync(cancellationToken))
            versions.Add(
                new(
                    reader.GetString(0),
                    reader.GetInt32(1),
                    reader.GetString(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetInt64(4)
                )
            );
        return versions;
    }

    /// <summary>Wraps the keys of all packs with another master key. Processes that run have the keys already, and go on.</summary>
    /// <returns>How many versions of keys were wrapped anew.</returns>
    /// <exception cref="VaultException">A master key that wraps some of them wasn't given.</exception>
    public int ChangeMaster(MasterKey next)
    {
        var changed = 0;
        VaultTable.Change(
            source,
            rows =>
            {
                var others = rows.Where(r => r.Master != next.Id).Select(r => r.By(next, masters.Get(r.Master))).ToList();
                changed = others.Count;
                return others;
            }
        );
        return changed;
    }

    /// <summary>
    /// Gives every pack a new data key, wraps the keys of its subjects with that, and destroys the old one. When it was cut short, the next
    /// call goes on where this one was.
    /// </summary>
    /// <param name="progress">Is told how many keys of subjects have been wrapped anew.</param>
    /// <returns>How many; null when another process is at it.</returns>
    /// <exception cref="VaultException">A master key that wraps some of them wasn't given.</exception>
    public async Task<long?> ChangeDataKeys(Action<long> progress, CancellationToken cancellationToken)
    {
        await using var turn = await ExclusiveWork.TryBegin(source, "vault", cancellationToken);
        if (turn is null)
            return null;
        // The old data key is there until no key of a subject is wrapped with it any more, so a pack that has two isn't finished.
        VaultTable.Change(
            source,
            rows =>
                [
                    .. from pack in rows.GroupBy(r => r.Pack)
                    where pack.Count() == 1
                    let row = pack.Single()
                    let master = masters.Get(row.Master)
                    select WrappedKeys.New(row.Pack, row.Version + 1, master, row.Unwrap(master).Search),
                ]
        );
        var vault = new Vault(source, masters);
        vault.Refresh();
        var done = 0L;
        foreach (var pack in (await Status(cancellationToken)).GroupBy(v => v.Pack))
            do done += await Rewrap(vault, pack.Key, pack.Max(v => v.Version), rewrapped => progress(done + rewrapped), cancellationToken);
            while (!await Destroy(pack.Key, pack.Max(v => v.Version), cancellationToken));
        return done;
    }

    /// <summary>Wraps the keys of a pack's subjects with its newest data key, in the order of their ids.</summary>
    async Task<long> Rewrap(Vault vault, string pack, int newest, Action<long> progress, CancellationToken cancellationToken)
    {
        var done = 0L;
        for (var last = Guid.Empty; ; )
        {
            var keys = await Old(pack, newest, last, cancellationToken);
            if (keys.Count == 0)
                return done;
            await Store([.. keys.Select(k => (k, vault.Rewrap(k)))], cancellationToken);
            last = keys[^1].Subject;
            done += keys.Count;
            progress(done);
        }
    }

    async Task<List<SubjectKey>> Old(string pack, int newest, Guid after, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select subject, pack, version, wrapped from subject_key
            where pack = $1 and version < $2 and subject > $3 order by subject limit $4
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(newest), Parameters.Of(after), Parameters.Of(BatchLength));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<SubjectKey>(BatchLength);
        while (await reader.ReadAsync(cancellationToken))
            keys.Add(SubjectKeys.Read(reader));
        return keys;
    }

    /// <summary>Who was erased meanwhile has no row any more, and gets none.</summary>
    async Task Store(List<(SubjectKey Before, SubjectKey Now)> keys, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update subject_key s set version = n.version, wrapped = n.wrapped
            from unnest($1, $2, $3, $4) as n (subject, before, version, wrapped)
            where s.subject = n.subject and s.version = n.before
            """
        );
        command.Bind(
            Parameters.Uuids(keys, k => k.Now.Subject),
            Parameters.Integers(keys, k => k.Before.DataKeyVersion),
            Parameters.Integers(keys, k => k.Now.DataKeyVersion),
            Parameters.Bytes(keys, k => k.Now.Wrapped)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>
    /// False when a process that hadn't learnt of the new data key yet has wrapped a key of a subject with the old one meanwhile.
    /// </returns>
    async Task<bool> Destroy(string pack, int newest, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand("delete from vault_key where pack = $1 and version < $2");
            command.Bind(Parameters.Of(pack), Parameters.Of(newest));
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
    }
}
