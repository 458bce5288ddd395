using GridActors.Storage.Database;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace GridActors.Storage.Vault;

/// <summary>Reads <c>subject_key</c>.</summary>
public sealed class SubjectKeys(NpgsqlDataSource source) : IDisposable
{
    /// <summary>With their ciphers they take about 100 MB.</summary>
    const int RememberedAtMost = 60_000;

    static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(5);

    readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = RememberedAtMost });

    public void Dispose() => _remembered.Dispose();

    /// <returns>The keys by their subjects. Who was erased has none.</returns>
    public Task<IReadOnlyDictionary<Guid, SubjectKey>> Of(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken) =>
        Reads.Repeat<IReadOnlyDictionary<Guid, SubjectKey>>(
            async token =>
            {
                await using var command = source.CreateCommand(
                    "select subject, pack, version, wrapped from subject_key where subject = any($1)"
                );
                command.Bind(Parameters.Uuids([.. subjects], s => s));
                await using var reader = await command.ExecuteReaderAsync(token);
                var keys = new Dictionary<Guid, SubjectKey>(subjects.Count);
                while (await reader.ReadAsync(token))
                    keys.Add(reader.GetGuid(0), Read(reader));
                return keys;
            },
            cancellationToken
        );

    /// <summary>
    /// The keys for rows of read tables, which are read again and again: this process remembers them for some minutes. The key of somebody
    /// who was erased meanwhile may be among them, but their row has nothing left that it opens. For events, which stay as they were, take
    /// <see cref="Of"/>.
    /// </summary>
    public async ValueTask<IReadOnlyDictionary<Guid, SubjectKey>> OfRows(
        IReadOnlyCollection<Guid> subjects,
        CancellationToken cancellationToken
    )
    {
        var keys = new Dictionary<Guid, SubjectKey>(subjects.Count);
        var missing = new List<Guid>();
        foreach (var subject in subjects)
            if (_remembered.TryGetValue(subject, out SubjectKey? key))
                keys[subject] = key!;
            else
                missing.Add(subject);
        if (missing.Count == 0)
            return keys;
        foreach (var (subject, read) in await Of(missing, cancellationToken))
        {
            var key = read with { IsRemembered = true };
            keys[subject] = key;
            _remembered.Set(subject, key, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberedFor });
        }
        return keys;
    }

    /// <summary>Erases subjects outside of an event. What was sealed with their keys stays where it is, and nobody can open it.</summary>
    public async Task Delete(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from subject_key where subject = any($1)");
        command.Bind(Parameters.Uuids([.. subjects], s => s));
        await command.ExecuteNonQueryAsync(cancellationToken);
        foreach (var subject in subjects)
            _remembered.Remove(subject);
    }

    /// <summary>Reads the columns subject, pack, version and wrapped.</summary>
    internal static SubjectKey Read(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3));
}
