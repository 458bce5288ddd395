using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.Cases;

/// <summary>The case was put on the ledger of an area, for its next meeting.</summary>
public sealed record CaseTabled(AreaId Area, string Reason) : CaseEvent(CaseStep.Tabled), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>A meeting decided about the case.</summary>
/// <param name="Number">The meeting's register number.</param>
/// <param name="IsHandled">Whether the case left the ledger of the area.</param>
public sealed record CaseMeetingDecided(string Number, AreaId Area, string Text, bool IsHandled, ImmutableArray<AssignedTask> Tasks)
    : CaseEvent(CaseStep.MeetingDecided),
        IHasText;
