using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Meetings;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Meetings;

/// <summary>What the decision about a command needs from outside the meeting.</summary>
/// <param name="MayConvene">Whether the person may hold meetings of the area.</param>
/// <param name="Number">For an opening: the register number.</param>
/// <param name="Agenda">For an opening: the cases on the ledger.</param>
/// <param name="IsCaseOpen">For a decision: whether its case is open.</param>
/// <param name="Tasks">For a decision: its tasks, worked out; null for one that is given to nobody.</param>
public sealed record MeetingContext(
    bool MayConvene,
    string Number = "",
    ImmutableArray<Guid> Agenda = default,
    bool IsCaseOpen = false,
    ImmutableArray<AssignedTask?> Tasks = default
);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct MeetingOutcome(MeetingEvent? Event, string? Rejection)
{
    public static MeetingOutcome Accept(MeetingEvent? e = null) => new(e, null);

    public static MeetingOutcome Reject(string code) => new(null, code);
}

/// <summary>The rules of a meeting over a ledger (docs/cases.md).</summary>
public static class MeetingDecider
{
    public static MeetingOutcome Decide(MeetingState state, MeetingCommand command, MeetingContext context)
    {
        foreach (var earlier in state.Operations)
        {
            if (earlier == command.Operation)
                return MeetingOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return MeetingOutcome.Reject(KeyReused);
        }
        if (state.HasUnknown)
            return MeetingOutcome.Reject(NewerVersion);
        if (!context.MayConvene)
            return MeetingOutcome.Reject(NotPermitted);
        if (command is OpenMeeting open)
            return state.View is null
                ? MeetingOutcome.Accept(new MeetingOpened(open.Area, context.Number, open.ScheduledAt, context.Agenda))
                : MeetingOutcome.Accept(); // Somebody opened it a moment before.
        if (state.View is not { } meeting)
            return MeetingOutcome.Reject(NotFound);
        if (!meeting.IsOpen)
            return MeetingOutcome.Reject(CaseRejections.MeetingClosed);
        return command switch
        {
            RecordAttendance attendance => MeetingOutcome.Accept(new MeetingAttended([.. attendance.Present.Distinct()])),
            DecideItem decide => DecideItem(meeting, decide, context),
            CloseMeeting close => MeetingOutcome.Accept(new MeetingClosed(close.Minutes)),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    static MeetingOutcome DecideItem(MeetingView meeting, DecideItem command, MeetingContext context)
    {
        if (!meeting.Agenda.Contains(command.Case))
            return MeetingOutcome.Reject(NotFound);
        if (meeting.Decisions.Any(d => d.Case == command.Case))
            return MeetingOutcome.Reject(AlreadyDecided);
        if (!context.IsCaseOpen)
            return MeetingOutcome.Reject(WrongStatus);
        if (context.Tasks.Any(t => t is null))
            return MeetingOutcome.Reject(NotFound);
        return MeetingOutcome.Accept(
            new MeetingItemDecided(command.Case, command.Text, command.IsHandled, [.. context.Tasks.OfType<AssignedTask>()])
        );
    }
}
