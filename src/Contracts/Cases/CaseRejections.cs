namespace GridActors.Contracts.Cases;

/// <summary>Why a command is refused: the stable codes of docs/api.md.</summary>
public static class CaseRejections
{
    public const string NotFound = "not-found";
    public const string NotPermitted = "not-permitted";
    public const string NotYourArea = "not-your-area";
    public const string NotRecipient = "not-recipient";
    public const string NotClaimant = "not-claimant";

    /// <summary>The case is confidential, and whom it would go to holds no post that its category names.</summary>
    public const string RecipientNotEntitled = "recipient-not-entitled";
    public const string AlreadyClaimed = "already-claimed";
    public const string WrongStatus = "wrong-status";

    /// <summary>
    /// The catalogue allows no pause or extension, no further one, or no such long one; or no clock runs that it could move.
    /// </summary>
    public const string NotAllowedByCatalogue = "not-allowed-by-catalogue";

    /// <summary>A request for time waits for its decision already.</summary>
    public const string RequestPending = "request-pending";

    /// <summary>Nobody above the claimant may approve.</summary>
    public const string NoApprover = "no-approver";
    public const string StaleVersion = "stale-version";

    /// <summary>No level above has anybody to whom the case could climb.</summary>
    public const string NoHigherLevel = "no-higher-level";

    /// <summary>The category asks for a check by somebody else than who solved it.</summary>
    public const string NeedsAnother = "needs-another";

    /// <summary>It was returned as often as the catalogue allows.</summary>
    public const string ReturnedTooOften = "returned-too-often";

    /// <summary>It was closed longer ago than the catalogue allows reopening.</summary>
    public const string ReopeningOver = "reopening-over";

    /// <summary>
    /// The other case isn't an earlier open one that the person may strike off, or it isn't as confidential as this one.
    /// </summary>
    public const string NotMergeable = "not-mergeable";

    /// <summary>The category is settled by mediation, and nothing was said of one.</summary>
    public const string MediationNeeded = "mediation-needed";

    /// <summary>The category isn't settled by mediation, or the level isn't one at or above the place of the case.</summary>
    public const string MediationInvalid = "mediation-invalid";

    /// <summary>
    /// One of the two cases is confidential, the person may not link the other one, or there is no such case.
    /// </summary>
    public const string NotLinkable = "not-linkable";

    /// <summary>The category takes an explanation as final.</summary>
    public const string ExplanationIsFinal = "explanation-is-final";

    /// <summary>A supervision notice waits for its answer already.</summary>
    public const string AlreadySupervised = "already-supervised";

    /// <summary>No supervision notice waits for an answer.</summary>
    public const string NotSupervised = "not-supervised";

    /// <summary>The catalogue doesn't let cases of this category go out to that system.</summary>
    public const string SystemNotAllowed = "system-not-allowed";

    /// <summary>Another system's answer is waited for already.</summary>
    public const string AlreadyForwarded = "already-forwarded";

    /// <summary>No other system's answer is waited for.</summary>
    public const string NotForwarded = "not-forwarded";

    /// <summary>A consultation about it is under way already.</summary>
    public const string AlreadyConsulted = "already-consulted";

    /// <summary>The pack names no party of a consultation that somebody could speak for.</summary>
    public const string NoParty = "no-party";

    /// <summary>The person speaks for no party that owes an opinion.</summary>
    public const string NotAParty = "not-a-party";

    /// <summary>Opinions are missing, and the time for them isn't over.</summary>
    public const string OpinionsMissing = "opinions-missing";

    /// <summary>The consultation is decided.</summary>
    public const string AlreadyDecided = "already-decided";

    /// <summary>No area above the place meets, or none on whose ledger the case isn't.</summary>
    public const string NoMeeting = "no-meeting";

    /// <summary>It is on the ledger already.</summary>
    public const string AlreadyTabled = "already-tabled";

    /// <summary>The meeting is closed.</summary>
    public const string MeetingClosed = "meeting-closed";

    /// <summary>The task is finished.</summary>
    public const string AlreadyFinished = "already-finished";

    /// <summary>It hasn't climbed, so there is no level to send it back to.</summary>
    public const string NotEscalated = "not-escalated";

    /// <summary>
    /// The history is full: only steps that bring the case to its end are still taken.
    /// </summary>
    public const string TooManySteps = "too-many-steps";
    public const string KeyReused = "idempotency-key-reused";

    /// <summary>The journal's queue is full; nothing was accepted.</summary>
    public const string Busy = "busy";

    /// <summary>The database is unavailable; nothing was accepted.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The database became unavailable during the commit. Repeating the operation shows its outcome.</summary>
    public const string OutcomeUnknown = "outcome-unknown";

    /// <summary>A later version has taken a step of the case that this one doesn't know; nothing was accepted.</summary>
    public const string NewerVersion = "newer-version";

    public static IReadOnlyList<string> All { get; } =
    [
        NotFound,
        NotPermitted,
        NotYourArea,
        NotRecipient,
        NotClaimant,
        RecipientNotEntitled,
        AlreadyClaimed,
        WrongStatus,
        NotAllowedByCatalogue,
        RequestPending,
        NoApprover,
        NoHigherLevel,
        NotEscalated,
        NeedsAnother,
        ReturnedTooOften,
        ReopeningOver,
        ExplanationIsFinal,
        NotMergeable,
        NotLinkable,
        MediationNeeded,
        MediationInvalid,
        AlreadySupervised,
        NotSupervised,
        SystemNotAllowed,
        AlreadyForwarded,
        NotForwarded,
        AlreadyConsulted,
        NoParty,
        NotAParty,
        OpinionsMissing,
        AlreadyDecided,
        AlreadyFinished,
        NoMeeting,
        AlreadyTabled,
        MeetingClosed,
        TooManySteps,
        StaleVersion,
        KeyReused,
        Busy,
        Unavailable,
        OutcomeUnknown,
        NewerVersion,
    ];
}
