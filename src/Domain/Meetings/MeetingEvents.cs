using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Domain.Meetings;

/// <summary>
/// Something that happened in a meeting. Its time, person and operation are in the journal's row. A kind names one shape: a changed shape
/// gets a new kind, and the old kind stays readable.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(MeetingOpened), "meeting.opened/1")]
[JsonDerivedType(typeof(MeetingAttended), "meeting.attended/1")]
[JsonDerivedType(typeof(MeetingItemDecided), "meeting.item-decided/1")]
[JsonDerivedType(typeof(MeetingClosed), "meeting.closed/1")]
public abstract record MeetingEvent;

/// <param name="Agenda">The cases that were on the ledger.</param>
public sealed record MeetingOpened(AreaId Area, string Number, DateTimeOffset ScheduledAt, ImmutableArray<Guid> Agenda) : MeetingEvent;

public sealed record MeetingAttended(ImmutableArray<PersonId> Present) : MeetingEvent;

/// <param name="IsHandled">Whether the case leaves the ledger.</param>
public sealed record MeetingItemDecided(Guid Case, string Text, bool IsHandled, ImmutableArray<AssignedTask> Tasks) : MeetingEvent;

public sealed record MeetingClosed(string Minutes) : MeetingEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record MeetingUnknown(string Kind) : MeetingEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class MeetingEventJson
{
    static readonly JsonSerializerOptions Chinese = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(MeetingEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    public static (string Kind, string Data) Write(MeetingEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Chinese));

    public static MeetingEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new MeetingUnknown(kind);
        return (MeetingEvent?)JsonSerializer.Deserialize(data, type, Chinese)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
