using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>
/// Seals the words of a worker's day, which may name residents, with a key of the day. A place that keeps no households has no keys, and
/// its words are kept as they are.
/// </summary>
public sealed class WorkerDaySealer(NpgsqlDataSource source, Vault.Vault vault, SubjectKeys subjects)
{
    const string InRow = "field-record";
    const string InEvent = "worker-day-event";

    static Guid SubjectOf(PersonId person, DateOnly day) =>
        OperationIds.OfCreated(person.Key, string.Create(CultureInfo.InvariantCulture, $"worker-day {day:yyyy-MM-dd}"));

    /// <summary>The key of a day, which is made when it is first needed; null where words aren't sealed.</summary>
    public async Task<SubjectKey?> NeededKey(LoadedPack pack, PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        if (pack.Pack.Households is null)
            return null;
        var subject = SubjectOf(person, day);
        if ((await subjects.OfRows([subject], cancellationToken)).GetValueOrDefault(subject) is { } known)
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

    /// <summary>The key of a day; null when none was needed, or it was destroyed.</summary>
    public async Task<SubjectKey?> KeyOf(PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(person, day);
        return (await subjects.OfRows([subject], cancellationToken)).GetValueOrDefault(subject);
    }

    public byte[]? Seal(SubjectKey? key, FieldWords words)
    {
        if (words.AreEmpty)
            return null;
        var clear = FieldJson.Write(words);
        return key is null ? clear : vault.Seal(key, InRow, clear);
    }

    /// <param name="isSealed">False in a place that keeps no households.</param>
    public FieldWords Open(SubjectKey? key, byte[]? note, bool isSealed)
    {
        if (note is null)
            return FieldWords.None;
        if (!isSealed)
            return FieldJson.ReadWords(note);
        return vault.Open(key, InRow, note) is { } clear ? FieldJson.ReadWords(clear) : FieldWords.None;
    }

    public DayWords Seal(SubjectKey? key, DayWords words)
    {
        var clear = Encoding.UTF8.GetBytes(words.Clear);
        return words with { Sealed = key is null ? clear : vault.Seal(key, InEvent, clear) };
    }

    /// <param name="isSealed">False in a place that keeps no households.</param>
    public DayWords Open(SubjectKey? key, DayWords words, bool isSealed)
    {
        if (words.Sealed is not { } bytes)
            return words;
        var clear = isSealed ? vault.Open(key, InEvent, bytes) : bytes;
        return words with { Clear = clear is null ? "" : Encoding.UTF8.GetString(clear) };
    }
}
