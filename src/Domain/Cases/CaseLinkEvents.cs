using GridActors.Contracts.Cases;

namespace GridActors.Domain.Cases;

/// <summary>Somebody linked it with another case.</summary>
public sealed record CaseLinked(LinkedCase To, string Reason) : CaseEvent(CaseStep.Linked), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>Somebody linked another case with it.</summary>
public sealed record CaseLinkAdded(LinkedCase To, string Reason) : CaseEvent(CaseStep.LinkAdded), IHasText
{
    string IHasText.Text => Reason;
}
