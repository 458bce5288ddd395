using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;

namespace GridActors.Domain.WorkerDays;

/// <summary>
/// Something that was said about a worker's day. Its time, person and operation are in the journal's row. A kind names one shape: a changed
/// shape gets a new kind, and the old kind stays readable. Words are sealed with the key of the day.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(DayClosed), "worker-day.closed/1")]
[JsonDerivedType(typeof(DayCorrected), "worker-day.corrected/1")]
[JsonDerivedType(typeof(FlagCleared), "worker-day.flag-cleared/1")]
[JsonDerivedType(typeof(DiaryWritten), "worker-day.diary-written/1")]
[JsonDerivedType(typeof(HandedOver), "worker-day.handed-over/1")]
public abstract record WorkerDayEvent
{
    /// <summary>The event with its words replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual WorkerDayEvent Map(Func<SealedWords, SealedWords> replace) => this;
}

/// <param name="Records">How many records the day had.</param>
public sealed record DayClosed(int Records, int CheckIns, int Visits, int Patrols) : WorkerDayEvent;

/// <summary>Records came after the day was closed.</summary>
/// <param name="Records">How many records the day has with them.</param>
/// <param name="Late">How many of them came late.</param>
public sealed record DayCorrected(int Records, int Late) : WorkerDayEvent;

/// <param name="Grade">The record's grade without this doubt.</param>
public sealed record FlagCleared(Guid Record, FlagKind Flag, string Reason, EvidenceGrade Grade, ImmutableArray<GradeReason> Reasons)
    : WorkerDayEvent;

public sealed record DiaryWritten(SealedWords Words) : WorkerDayEvent
{
    public override WorkerDayEvent Map(Func<SealedWords, SealedWords> replace) => this with { Words = replace(Words) };
}

public sealed record HandedOver(SealedWords Words, PersonId? To) : WorkerDayEvent
{
    public override WorkerDayEvent Map(Func<SealedWords, SealedWords> replace) => this with { Words = replace(Words) };
}

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record WorkerDayUnknown(string Kind) : WorkerDayEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class WorkerDayEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(WorkerDayEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With its words sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(WorkerDayEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    /// <returns>The event with its words sealed.</returns>
    public static WorkerDayEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new WorkerDayUnknown(kind);
        return (WorkerDayEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
