using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Contracts.Cases;

/// <summary>The clocks that a case can have. The numbers and the names are stored: never change or reuse one.</summary>
[JsonConverter(typeof(ClockNameJson))]
public enum ClockName : byte
{
    /// <summary>Somebody takes the case on (响应).</summary>
    Respond = 1,

    /// <summary>Somebody is at the place (到场).</summary>
    OnSite = 2,

    /// <summary>The case is solved (办结).</summary>
    Solve = 3,

    /// <summary>A reasoned reply is given where the case can't be solved (答复).</summary>
    Reply = 4,

    /// <summary>The claimant does something. When this clock runs out, the claim lapses (认领失效).</summary>
    Idle = 5,

    /// <summary>A resolved or explained case is struck off (结案). When this clock runs out, the service closes the case.</summary>
    Close = 6,

    /// <summary>The level to which the case climbed solves it, or sends it on (层级办理).</summary>
    Step = 7,

    /// <summary>What the case was paused for has happened (挂起). When this clock runs out, the case goes on.</summary>
    Pause = 8,

    /// <summary>A supervision notice is answered (督办答复).</summary>
    Answer = 9,

    /// <summary>The parties of a consultation give their opinions (会诊意见).</summary>
    Opinion = 10,

    /// <summary>A task is finished (交办任务). A case has one for each of its tasks, which the task itself keeps.</summary>
    Task = 11,

    /// <summary>It calls a consultation, not a case: what was decided there is told to the case.</summary>
    Consultation = 12,

    /// <summary>Another system answers for a case that was handed over to it (外部系统答复).</summary>
    Forward = 20,

    /// <summary>It calls a meeting, not a case: what was decided there is told to the cases.</summary>
    Meeting = 13,

    /// <summary>It calls a household, not a case: what it owes others is done then.</summary>
    Household = 14,

    /// <summary>It calls a place, not a case: what belongs to it follows it then.</summary>
    Place = 15,

    /// <summary>It calls a task that was sent down, not a case: it reminds, and its time is over.</summary>
    FieldTask = 18,

    /// <summary>It calls a schedule, not a case: it sends its task.</summary>
    FieldTaskSchedule = 19,

    /// <summary>It calls an appointment, not a case: its worker is reminded of it then.</summary>
    Appointment = 21,
}

public sealed class ClockNameJson() : JsonStringEnumConverter<ClockName>(JsonNamingPolicy.CamelCase);

/// <summary>Where a clock stands.</summary>
public enum ClockState : byte
{
    Running = 1,

    /// <summary>It is due soon (临期).</summary>
    Warned = 2,

    /// <summary>It ran out (超期), and what it waits for still hasn't happened.</summary>
    Breached = 3,

    /// <summary>What it waited for has happened, in time or late.</summary>
    Met = 4,
    Paused = 5,

    /// <summary>What it waited for isn't expected any more.</summary>
    Cancelled = 6,
}

/// <summary>How a case stands by its clocks. The numbers are stored.</summary>
public enum Urgency : byte
{
    None = 0,

    /// <summary>A clock has warned (临期), and none has run out.</summary>
    DueSoon = 1,

    /// <summary>A clock has run out (超期), and what it waits for still hasn't happened.</summary>
    Overdue = 2,
}

/// <summary>One run of a clock.</summary>
/// <param name="Term">As the catalogue writes it: <c>30m</c>, <c>24h</c>, <c>4wh</c>, <c>7wd</c>.</param>
/// <param name="WarnAt">When it warns; null when it doesn't.</param>
/// <param name="Provisional">The official calendar of a year on the way wasn't published when the due time was computed.</param>
/// <param name="BreachedAt">When it ran out; it stays when what it waited for happens late.</param>
/// <param name="EndedAt">When what it waited for happened or was no longer expected; null while it runs.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseClock")]
public sealed record CaseClock(
    [property: Id(0)] ClockName Name,
    [property: Id(1)] string Term,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] DateTimeOffset DueAt,
    [property: Id(4)] DateTimeOffset? WarnAt,
    [property: Id(5)] bool Provisional,
    [property: Id(6)] ClockState State,
    [property: Id(7)] DateTimeOffset? BreachedAt,
    [property: Id(8)] DateTimeOffset? EndedAt
)
{
    /// <summary>How the run was paused and extended; null when it never was.</summary>
    [Id(60)]
    public ClockChanges? Changes { get; init; }

    public bool IsOpen => State is not (ClockState.Met or ClockState.Cancelled);

    /// <summary>
    /// Whether it is a promise of the office, for which the case counts as due soon or overdue. The others limit a claim, and how long a
    /// settled case stays on the register.
    /// </summary>
    public bool IsPromise => Name is ClockName.Respond or ClockName.OnSite or ClockName.Solve or ClockName.Reply;
}

/// <summary>A time in which a clock stood still.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ClockPause")]
public readonly record struct ClockPause([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset To);

/// <param name="PausedAt">Since when the clock stands still; null while it runs.</param>
/// <param name="Extensions">The terms of the extensions that were granted, in their order.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ClockChanges")]
public sealed record ClockChanges(
    [property: Id(0)] DateTimeOffset? PausedAt,
    [property: Id(1)] ImmutableArray<ClockPause> Pauses,
    [property: Id(2)] ImmutableArray<string> Extensions
)
{
    public static ClockChanges None { get; } = new(null, [], []);
}

/// <param name="IsTaken">False when the database or the case's pack is unavailable: the moment must be fired again.</param>
/// <param name="Next">When the same run of the clock has another moment; null when it has none.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ClockAnswer")]
public readonly record struct ClockAnswer([property: Id(0)] bool IsTaken, [property: Id(1)] DateTimeOffset? Next);
