using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Cases;

/// <summary>A consultation was called. It begins with this event.</summary>
/// <param name="Number">Its register number.</param>
/// <param name="Opinion">How soon the opinions are owed; null when no term is set.</param>
/// <param name="Quorum">How many opinions a decision needs before their time is over.</param>
/// <param name="Post">The post in whose name it was called.</param>
public sealed record CaseConsultationCalled(
    Guid Consultation,
    string Number,
    string Reason,
    ImmutableArray<ConsultedParty> Parties,
    ClockTerm? Opinion,
    int Quorum,
    HeldPost Post
) : CaseEvent(CaseStep.ConsultationCalled), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>A party of the consultation gave its opinion.</summary>
/// <param name="IsLast">No opinion is owed any more.</param>
public sealed record CaseOpinionGiven(Guid Consultation, string Party, string Text, bool IsLast)
    : CaseEvent(CaseStep.OpinionGiven),
        IHasText;

/// <summary>The consultation decided.</summary>
public sealed record CaseConsultationDecided(Guid Consultation, string Number, string Text, ImmutableArray<AssignedTask> Tasks)
    : CaseEvent(CaseStep.ConsultationDecided),
        IHasText;

/// <summary>A task is done, or it turned out that it can't be.</summary>
public sealed record CaseTaskFinished(int Task, bool IsDone, string Note) : CaseEvent(CaseStep.TaskFinished), IHasText
{
    string IHasText.Text => Note;
}
