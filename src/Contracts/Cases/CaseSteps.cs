namespace GridActors.Contracts.Cases;

/// <summary>A step in the life of a case. The numbers up to 31 are the bits of <see cref="CaseSteps"/>.</summary>
public enum CaseStep : byte
{
    Reported,
    Claimed,
    Released,
    HandedOver,
    OnSite,
    Progressed,
    Resolved,
    Explained,
    Transferred,
    Commented,
    Closed,
    Reopened,

    /// <summary>The pack changed, and with it who holds the posts that the case is for.</summary>
    Reoffered,

    /// <summary>It climbed to a higher level of the ladder: by a decision, or because a clock ran out.</summary>
    Escalated = 13,

    /// <summary>A higher level sent it back to where it climbed from.</summary>
    SentBack = 14,

    /// <summary>A supervision notice was issued: by somebody who may, or because a clock ran out.</summary>
    Supervised = 15,

    /// <summary>The supervision notice was answered.</summary>
    SupervisionAnswered = 16,

    /// <summary>Whoever checked the settled case returned it: its claimant has to do it again (返工).</summary>
    Returned = 17,

    /// <summary>It was merged into an earlier case of the same matter.</summary>
    Merged = 18,

    /// <summary>It was linked with another case that has to do with it (关联).</summary>
    Linked = 19,

    /// <summary>It was handed over to another system (转外部系统), whose answer is waited for.</summary>
    Forwarded = 20,

    /// <summary>The claimant asked that the clocks stand still for a while.</summary>
    PauseAsked = 21,

    /// <summary>The claimant asked for a later due time.</summary>
    ExtensionAsked = 22,

    /// <summary>A pause was granted.</summary>
    Paused = 23,

    /// <summary>A later due time was granted.</summary>
    Extended = 24,

    /// <summary>A pause or a later due time was refused.</summary>
    RequestRefused = 25,

    /// <summary>A pause is over.</summary>
    Resumed = 26,

    /// <summary>It was taken back from another system that hasn't answered (撤回转办).</summary>
    Recalled = 30,

    /// <summary>Somebody who may called a consultation.</summary>
    ConsultationCalled = 27,

    /// <summary>A task is done, or it turned out that it can't be.</summary>
    TaskFinished = 28,

    /// <summary>It was put on the ledger of an area, for its next meeting.</summary>
    Tabled = 29,

    // The steps of the case's clocks. Nobody can take them, so they aren't bits of CaseSteps.

    /// <summary>A clock is due soon.</summary>
    ClockWarned = 64,

    /// <summary>A clock ran out.</summary>
    ClockBreached = 65,

    /// <summary>Nothing happened on a claim for too long, so the case is offered again.</summary>
    Lapsed = 66,

    /// <summary>A later case of the same matter was merged into it.</summary>
    DuplicateJoined = 70,

    /// <summary>The case into which it was merged has another status.</summary>
    MainStepped = 71,

    /// <summary>Another system answered: it solved the case, refused it, or says how far it is.</summary>
    ForwardAnswered = 73,

    // What a consultation or a meeting tells a case. Nobody takes these steps on the case itself.

    /// <summary>A party of a consultation gave its opinion.</summary>
    OpinionGiven = 76,

    /// <summary>A consultation decided.</summary>
    ConsultationDecided = 77,

    /// <summary>A meeting decided about it.</summary>
    MeetingDecided = 78,

    /// <summary>The calendar changed, and with it when the clocks are due.</summary>
    Replanned = 80,

    /// <summary>Another case was linked with it.</summary>
    LinkAdded = 85,

    /// <summary>A step that only a later version knows: it may have been taken in the middle of an upgrade. It has no bit.</summary>
    Unknown = byte.MaxValue,
}

/// <summary>The steps somebody may take now: bit <c>1 &lt;&lt; step</c>.</summary>
[Flags]
public enum CaseSteps
{
    None = 0,
    Reported = 1 << CaseStep.Reported,
    Claimed = 1 << CaseStep.Claimed,
    Released = 1 << CaseStep.Released,
    HandedOver = 1 << CaseStep.HandedOver,
    OnSite = 1 << CaseStep.OnSite,
    Progressed = 1 << CaseStep.Progressed,
    Resolved = 1 << CaseStep.Resolved,
    Explained = 1 << CaseStep.Explained,
    Transferred = 1 << CaseStep.Transferred,
    Commented = 1 << CaseStep.Commented,
    Closed = 1 << CaseStep.Closed,
    Reopened = 1 << CaseStep.Reopened,
    Reoffered = 1 << CaseStep.Reoffered,
    PauseAsked = 1 << CaseStep.PauseAsked,
    ExtensionAsked = 1 << CaseStep.ExtensionAsked,
    Paused = 1 << CaseStep.Paused,
    Extended = 1 << CaseStep.Extended,
    RequestRefused = 1 << CaseStep.RequestRefused,
    Resumed = 1 << CaseStep.Resumed,
    Escalated = 1 << CaseStep.Escalated,
    SentBack = 1 << CaseStep.SentBack,
    Supervised = 1 << CaseStep.Supervised,
    SupervisionAnswered = 1 << CaseStep.SupervisionAnswered,
    Returned = 1 << CaseStep.Returned,
    Merged = 1 << CaseStep.Merged,
    Linked = 1 << CaseStep.Linked,
    Forwarded = 1 << CaseStep.Forwarded,
    Recalled = 1 << CaseStep.Recalled,
    ConsultationCalled = 1 << CaseStep.ConsultationCalled,
    TaskFinished = 1 << CaseStep.TaskFinished,
    Tabled = 1 << CaseStep.Tabled,
}
