using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Meetings;

/// <summary>A meeting of an area over its ledger.</summary>
/// <param name="Number">Its register number: pack prefix, year, M, six digits or more.</param>
/// <param name="ScheduledAt">For when it was planned.</param>
/// <param name="Agenda">The cases that were on the ledger when it was opened.</param>
/// <param name="Present">Who attends.</param>
/// <param name="Minutes">Empty until it is closed.</param>
[GenerateSerializer, Immutable, Alias("gridactors.MeetingView")]
public sealed record MeetingView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] string Number,
    [property: Id(3)] DateTimeOffset ScheduledAt,
    [property: Id(4)] DateTimeOffset OpenedAt,
    [property: Id(5)] PersonId OpenedBy,
    [property: Id(6)] ImmutableArray<Guid> Agenda,
    [property: Id(7)] ImmutableArray<PersonId> Present,
    [property: Id(8)] ImmutableArray<ItemDecision> Decisions,
    [property: Id(9)] string Minutes,
    [property: Id(10)] DateTimeOffset? ClosedAt,
    [property: Id(11)] PersonId? ClosedBy
)
{
    public bool IsOpen => ClosedAt is null;
}

/// <summary>What a meeting decided about a case.</summary>
/// <param name="IsHandled">Whether the case left the ledger. Otherwise it waits for the next meeting, too.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ItemDecision")]
public sealed record ItemDecision(
    [property: Id(0)] Guid Case,
    [property: Id(1)] string Text,
    [property: Id(2)] bool IsHandled,
    [property: Id(3)] ImmutableArray<AssignedTask> Tasks,
    [property: Id(4)] PersonId By,
    [property: Id(5)] DateTimeOffset At
);

/// <summary>The answer to a command or a question about one meeting.</summary>
/// <param name="Rejection">One of <see cref="CaseRejections"/> when the command was refused, else null.</param>
/// <param name="Meeting">Null when there is none, or when the caller may not read in its area.</param>
/// <param name="MayConvene">Whether the caller may hold it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.MeetingAnswer")]
public sealed record MeetingAnswer(
    [property: Id(0)] string? Rejection,
    [property: Id(1)] MeetingView? Meeting,
    [property: Id(2)] bool MayConvene
);
