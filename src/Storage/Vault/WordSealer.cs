using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Vault;

/// <summary>
/// Seals words about something of a worker, which may name residents, with a key of its own. A place that keeps no households has no keys,
/// and its words are kept as they are.
/// </summary>
public sealed class WordSealer(NpgsqlDataSource source, Vault vault, SubjectKeys subjects)
{
    /// <summary>The subject of the words about a part of a worker's time, such as <c>worker-day 2026-11-26</c>.</summary>
    public static Guid SubjectOf(PersonId person, string what) => OperationIds.OfCreated(person.Key, what);

    /// <summary>The key of a subject, which is made when it is first needed; null where words aren't sealed.</summary>
    public async Task<SubjectKey?> NeededKey(LoadedPack pack, Guid subject, CancellationToken cancellationToken)
    {
        if (pack.Pack.Households is null)
            return null;
        if (await KeyOf(subject, cancellationToken) is { } known)
            return known;
        var made = vault.NewKey(pack.Pack.Id, subject);
        await using var command = source.CreateCommand(
            "insert into subject_key (subject, pack, version, wrapped) values ($1, $2, $3, $4) on conflict do nothing"
        );
        command.Bind(
            Parameters.Of(made.Subject),
            Parameters.Of(made.Pack),
            Parameters.Of(made.DataKeyVersion),
            Parameters.Of(made.Wrapped)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
        // Another process may have been faster: what is stored is the key.
        return (await subjects.Of([subject], cancellationToken))[subject];
    }

    /// <summary>The key of a subject; null when none was needed, or it was destroyed.</summary>
    public async Task<SubjectKey?> KeyOf(Guid subject, CancellationToken cancellationToken) =>
        (await subjects.OfRows([subject], cancellationToken)).GetValueOrDefault(subject);

    /// <param name="key">Null where words aren't sealed.</param>
    /// <param name="place">Where they are stored: what was sealed for one place isn't opened from another.</param>
    public byte[] Seal(SubjectKey? key, string place, byte[] clear) => key is null ? clear : vault.Seal(key, place, clear);

    /// <param name="isSealed">False in a place that keeps no households.</param>
    /// <returns>Null when the key was destroyed.</returns>
    public byte[]? Open(SubjectKey? key, string place, byte[] bytes, bool isSealed) => isSealed ? vault.Open(key, place, bytes) : bytes;

    public SealedWords Seal(SubjectKey? key, string place, SealedWords words) =>
        words with
        {
            Sealed = Seal(key, place, Encoding.UTF8.GetBytes(words.Clear)),
        };

    /// <param name="isSealed">False in a place that keeps no households.</param>
    public SealedWords Open(SubjectKey? key, string place, SealedWords words, bool isSealed) =>
        words.Sealed is { } bytes
            ? words with
            {
                Clear = Open(key, place, bytes, isSealed) is { } clear ? Encoding.UTF8.GetString(clear) : "",
            }
            : words;
}
