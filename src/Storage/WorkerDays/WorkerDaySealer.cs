using System.Globalization;
using GridActors.Contracts.People;
using GridActors.Domain;
using GridActors.Domain.Packs;
using GridActors.Storage.Vault;

namespace GridActors.Storage.WorkerDays;

/// <summary>Seals the words of a worker's day with a key of the day.</summary>
public sealed class WorkerDaySealer(WordSealer sealer)
{
    const string InRow = "field-record";
    const string InEvent = "worker-day-event";

    static Guid SubjectOf(PersonId person, DateOnly day) =>
        WordSealer.SubjectOf(person, string.Create(CultureInfo.InvariantCulture, $"worker-day {day:yyyy-MM-dd}"));

    /// <summary>The key of a day, which is made when it is first needed; null where words aren't sealed.</summary>
    public Task<SubjectKey?> NeededKey(LoadedPack pack, PersonId person, DateOnly day, CancellationToken cancellationToken) =>
        sealer.NeededKey(pack, SubjectOf(person, day), cancellationToken);

    /// <summary>The key of a day; null when none was needed, or it was destroyed.</summary>
    public Task<SubjectKey?> KeyOf(PersonId person, DateOnly day, CancellationToken cancellationToken) =>
        sealer.KeyOf(SubjectOf(person, day), cancellationToken);

    public byte[]? Seal(SubjectKey? key, FieldWords words) => words.AreEmpty ? null : sealer.Seal(key, InRow, FieldJson.Write(words));

    /// <param name="isSealed">False in a place that keeps no households.</param>
    public FieldWords Open(SubjectKey? key, byte[]? note, bool isSealed) =>
        note is not null && sealer.Open(key, InRow, note, isSealed) is { } clear ? FieldJson.ReadWords(clear) : FieldWords.None;

    public SealedWords Seal(SubjectKey? key, SealedWords words) => sealer.Seal(key, InEvent, words);

    /// <param name="isSealed">False in a place that keeps no households.</param>
    public SealedWords Open(SubjectKey? key, SealedWords words, bool isSealed) => sealer.Open(key, InEvent, words, isSealed);
}
