using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.WorkerDays;

/// <summary>
/// The day of one worker: what a person says about it. What the worker's phone tells are rows of <c>field_record</c>, and no calls of this
/// actor. The key is <c>pack/person/2026-11-26</c>.
/// </summary>
[Alias("gridactors.IWorkerDayGrain")]
public interface IWorkerDayGrain : IGrainWithStringKey
{
    [Alias("Submit")]
    Task<WorkerDayAnswer> Submit(WorkerDayCommand command, CancellationToken cancellationToken = default);

    [Alias("Get")]
    Task<WorkerDayAnswer> Get(CancellationToken cancellationToken = default);

    /// <summary>
    /// Its time has come, or records came after it was closed: closes the day, or takes them as a correction. Called again, it does
    /// nothing more.
    /// </summary>
    /// <returns>False when it can't be done now.</returns>
    [Alias("Settle")]
    Task<bool> Settle(CancellationToken cancellationToken = default);
}

/// <summary>What a person asks to do with a worker's day.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.WorkerDayCommand")]
public abstract record WorkerDayCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>A head has looked at a doubt, and it is none (销疑).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ClearFlag")]
public sealed record ClearFlag : WorkerDayCommand
{
    [Id(0)]
    public required Guid Record { get; init; }

    [Id(1)]
    public required FlagKind Flag { get; init; }

    [Id(2)]
    public required string Reason { get; init; }
}

/// <summary>The worker's words about the day (民情日记). Later ones replace earlier ones; the history keeps them.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.WriteDiary")]
public sealed record WriteDiary : WorkerDayCommand
{
    [Id(0)]
    public required string Text { get; init; }
}

/// <summary>What whoever comes next must know (交接).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.HandOver")]
public sealed record HandOver : WorkerDayCommand
{
    [Id(0)]
    public required string Text { get; init; }

    /// <summary>Who comes next; null for whoever does.</summary>
    [Id(1)]
    public PersonId? To { get; init; }
}

[GenerateSerializer, Immutable, Alias("gridactors.ClearedFlag")]
public sealed record ClearedFlag(
    [property: Id(0)] Guid Record,
    [property: Id(1)] FlagKind Flag,
    [property: Id(2)] PersonId By,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string Reason
);

[GenerateSerializer, Immutable, Alias("gridactors.DayText")]
public sealed record DayText([property: Id(0)] string Text, [property: Id(1)] DateTimeOffset At, [property: Id(2)] PersonId? To = null);

/// <summary>What was said about a day.</summary>
/// <param name="ClosedAt">Null while it is open.</param>
/// <param name="Corrections">How many records came after it was closed.</param>
[GenerateSerializer, Immutable, Alias("gridactors.WorkerDayView")]
public sealed record WorkerDayView(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] DateOnly Day,
    [property: Id(2)] int Version,
    [property: Id(3)] DateTimeOffset? ClosedAt,
    [property: Id(4)] int Corrections,
    [property: Id(5)] DayText? Diary,
    [property: Id(6)] DayText? HandOver,
    [property: Id(7)] ImmutableArray<ClearedFlag> Cleared
);

[GenerateSerializer, Immutable, Alias("gridactors.WorkerDayAnswer")]
public sealed record WorkerDayAnswer([property: Id(0)] string? Rejection, [property: Id(1)] WorkerDayView View);
