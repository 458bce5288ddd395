using System.Collections.Frozen;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.Cases;

/// <summary>The kinds of a case's events in the journal: what each is called, and which step it is. A new shape of an event is a new kind.</summary>
public static class CaseKinds
{
    public const string Reported = "case.reported/1";
    public const string Claimed = "case.claimed/1";
    public const string Released = "case.released/1";
    public const string HandedOver = "case.handed-over/1";
    public const string OnSite = "case.on-site/1";
    public const string Progressed = "case.progressed/1";
    public const string Resolved = "case.resolved/1";
    public const string Explained = "case.explained/1";
    public const string Transferred = "case.transferred/1";
    public const string Commented = "case.commented/1";
    public const string Closed = "case.closed/1";
    public const string Reopened = "case.reopened/1";

    static readonly FrozenDictionary<string, CaseStep> Steps = new Dictionary<string, CaseStep>
    {
        [Reported] = CaseStep.Reported,
        [Claimed] = CaseStep.Claimed,
        [Released] = CaseStep.Released,
        [HandedOver] = CaseStep.HandedOver,
        [OnSite] = CaseStep.OnSite,
        [Progressed] = CaseStep.Progressed,
        [Resolved] = CaseStep.Resolved,
        [Explained] = CaseStep.Explained,
        [Transferred] = CaseStep.Transferred,
        [Commented] = CaseStep.Commented,
        [Closed] = CaseStep.Closed,
        [Reopened] = CaseStep.Reopened,
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> All => Steps.Keys;

    /// <exception cref="KeyNotFoundException">A kind this version of the service doesn't know.</exception>
    public static CaseStep StepOf(string kind) => Steps[kind];

    /// <summary>The status a step leads to; a comment or a progress leaves it.</summary>
    public static CaseStatus StatusAfter(CaseStep step, CaseStatus before) => step switch
    {
        CaseStep.Reported or CaseStep.Released or CaseStep.Transferred or CaseStep.Reopened => CaseStatus.Offered,
        CaseStep.Claimed or CaseStep.HandedOver => CaseStatus.Claimed,
        CaseStep.OnSite => CaseStatus.OnSite,
        CaseStep.Resolved => CaseStatus.Resolved,
        CaseStep.Explained => CaseStatus.Explained,
        CaseStep.Closed => CaseStatus.Closed,
        _ => before,
    };
}
