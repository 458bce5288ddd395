using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Meetings;

/// <summary>What a person asks to do with one meeting.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MeetingCommand")]
public abstract record MeetingCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>Open the meeting over the ledger of an area (开会). The actor's key is <see cref="MeetingIds.Of"/>.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.OpenMeeting")]
public sealed record OpenMeeting : MeetingCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    /// <summary>For when it was planned.</summary>
    [Id(1)]
    public required DateTimeOffset ScheduledAt { get; init; }
}

/// <summary>Record who attends (签到). It replaces what was recorded before.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecordAttendance")]
public sealed record RecordAttendance : MeetingCommand
{
    [Id(0)]
    public required ImmutableArray<PersonId> Present { get; init; }
}

/// <summary>Record what the meeting decided about a case.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.DecideItem")]
public sealed record DecideItem : MeetingCommand
{
    [Id(0)]
    public required Guid Case { get; init; }

    [Id(1)]
    public required string Text { get; init; }

    [Id(2)]
    public required bool IsHandled { get; init; }

    [Id(3)]
    public ImmutableArray<TaskOrder> Tasks { get; init; } = [];
}

/// <summary>Close the meeting with its minutes (散会).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CloseMeeting")]
public sealed record CloseMeeting : MeetingCommand
{
    [Id(0)]
    public required string Minutes { get; init; }
}

/// <summary>The ids of meetings: an area has one at a time that was planned for it.</summary>
public static class MeetingIds
{
    public static Guid Of(AreaId area, DateTimeOffset scheduledAt) => OperationIds.OfCreated(area.Key, $"meeting {scheduledAt.UtcTicks}");
}
