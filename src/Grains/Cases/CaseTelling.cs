using GridActors.Contracts.Cases;

namespace GridActors.Grains.Cases;

/// <summary>What another actor, which tells a case of something, makes of the case's answer.</summary>
static class CaseTelling
{
    /// <summary>Whether the case must be told again. Any other refusal stays the same however often it is told.</summary>
    public static bool IsTemporary(string? rejection) =>
        rejection is CaseRejections.Busy or CaseRejections.Unavailable or CaseRejections.OutcomeUnknown or CaseRejections.NewerVersion;
}
