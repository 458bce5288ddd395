using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Cases;

/// <summary>
/// Something that happened to a case. Its time, person and operation are in the journal's row. A kind names one shape of an event in the
/// journal: a changed shape gets a new kind, and the old kind stays readable. <see cref="Started"/> and <see cref="Moved"/> are left out
/// where there is nothing in them, so that events without them have the shape they always had.
/// </summary>
/// <param name="Step">The step of the case's life that this event is.</param>
[JsonPolymorphic]
[JsonDerivedType(typeof(CaseReported), "case.reported/2")]
[JsonDerivedType(typeof(CaseClaimed), "case.claimed/1")]
[JsonDerivedType(typeof(CaseReleased), "case.released/1")]
[JsonDerivedType(typeof(CaseHandedOver), "case.handed-over/1")]
[JsonDerivedType(typeof(CaseReachedOnSite), "case.on-site/1")]
[JsonDerivedType(typeof(CaseProgressed), "case.progressed/1")]
[JsonDerivedType(typeof(CaseResolved), "case.resolved/2")]
[JsonDerivedType(typeof(CaseExplained), "case.explained/1")]
[JsonDerivedType(typeof(CaseTransferred), "case.transferred/1")]
[JsonDerivedType(typeof(CaseCommented), "case.commented/1")]
[JsonDerivedType(typeof(CaseClosed), "case.closed/1")]
[JsonDerivedType(typeof(CaseReopened), "case.reopened/1")]
[JsonDerivedType(typeof(CaseReoffered), "case.reoffered/1")]
[JsonDerivedType(typeof(CasePauseAsked), "case.pause-asked/1")]
[JsonDerivedType(typeof(CaseExtensionAsked), "case.extension-asked/1")]
[JsonDerivedType(typeof(CasePaused), "case.paused/1")]
[JsonDerivedType(typeof(CaseExtended), "case.extended/1")]
[JsonDerivedType(typeof(CaseRequestRefused), "case.request-refused/1")]
[JsonDerivedType(typeof(CaseResumed), "case.resumed/1")]
[JsonDerivedType(typeof(CaseReplanned), "case.replanned/1")]
[JsonDerivedType(typeof(CaseClockWarned), "case.clock-warned/1")]
[JsonDerivedType(typeof(CaseClockBreached), "case.clock-breached/1")]
[JsonDerivedType(typeof(CaseLapsed), "case.lapsed/1")]
[JsonDerivedType(typeof(CaseEscalated), "case.escalated/1")]
[JsonDerivedType(typeof(CaseSentBack), "case.sent-back/1")]
[JsonDerivedType(typeof(CaseSupervised), "case.supervised/1")]
[JsonDerivedType(typeof(CaseSupervisionAnswered), "case.supervision-answered/1")]
[JsonDerivedType(typeof(CaseReturned), "case.returned/1")]
[JsonDerivedType(typeof(CaseForwarded), "case.forwarded/1")]
[JsonDerivedType(typeof(CaseForwardAnswered), "case.forward-answered/1")]
[JsonDerivedType(typeof(CaseRecalled), "case.recalled/1")]
[JsonDerivedType(typeof(CaseConsultationCalled), "case.consultation-called/1")]
[JsonDerivedType(typeof(CaseOpinionGiven), "case.opinion-given/1")]
[JsonDerivedType(typeof(CaseConsultationDecided), "case.consultation-decided/1")]
[JsonDerivedType(typeof(CaseTaskFinished), "case.task-finished/1")]
[JsonDerivedType(typeof(CaseTabled), "case.tabled/1")]
[JsonDerivedType(typeof(CaseMeetingDecided), "case.meeting-decided/1")]
[JsonDerivedType(typeof(CaseMerged), "case.merged/1")]
[JsonDerivedType(typeof(CaseDuplicateJoined), "case.duplicate-joined/1")]
[JsonDerivedType(typeof(CaseMainStepped), "case.main-stepped/1")]
[JsonDerivedType(typeof(CaseLinked), "case.linked/1")]
[JsonDerivedType(typeof(CaseLinkAdded), "case.link-added/1")]
public abstract record CaseEvent([property: JsonIgnore] CaseStep Step)
{
    /// <summary>The clocks that the step started, with their times by the calendar as it was known then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<StartedClock> Started { get; init; }

    /// <summary>The new times of the clocks that the step moved.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<MovedClock> Moved { get; init; }
}

/// <param name="WarnAt">When it warns; null when it doesn't.</param>
/// <param name="Provisional">The official calendar of a year on the way wasn't published then.</param>
public sealed record MovedClock(ClockName Clock, DateTimeOffset DueAt, DateTimeOffset? WarnAt, bool Provisional);

/// <param name="WarnAt">When it warns; null when it doesn't.</param>
/// <param name="Provisional">The official calendar of a year on the way wasn't published then.</param>
public sealed record StartedClock(ClockName Clock, Term Term, DateTimeOffset DueAt, DateTimeOffset? WarnAt, bool Provisional);

/// <summary>What was promised when the case was registered. A later catalogue doesn't change it.</summary>
/// <param name="Catalogue">The digest of the pack then.</param>
public sealed record CasePlan(string Catalogue, CategoryClocks Clocks)
{
    /// <summary>The plan of a case that was reported before cases had clocks.</summary>
    public static CasePlan None { get; } = new("", CategoryClocks.None);

    /// <summary>The terms of the level to which the case climbed, which come before the category's; null where it stands on none.</summary>
    [JsonIgnore]
    public StepClocks? Step { get; init; }

    /// <summary>The term of the answer to a supervision notice; null while none was issued.</summary>
    [JsonIgnore]
    public ClockTerm? Answer { get; init; }

    /// <summary>The term of another system's answer; null while the case was handed over to none.</summary>
    [JsonIgnore]
    public ClockTerm? Forward { get; init; }

    /// <summary>The term of the opinions of a consultation; null while none was called.</summary>
    [JsonIgnore]
    public ClockTerm? Opinion { get; init; }

    public ClockTerm? Of(ClockName clock) =>
        clock switch
        {
            ClockName.Answer => Answer,
            ClockName.Forward => Forward,
            ClockName.Opinion => Opinion,
            _ => Step?.Of(clock) ?? Clocks.Of(clock),
        };

    /// <summary>The plan after a step. It is the report's; when the case climbs, the terms of the level join it.</summary>
    public static CasePlan After(CasePlan plan, CaseEvent e) =>
        e switch
        {
            CaseReported reported => reported.Plan ?? None,
            CaseEscalated escalated => plan with { Step = escalated.Clocks },
            CaseSentBack back => plan with { Step = back.Clocks },
            CaseSupervised supervised => plan with { Answer = supervised.Answer },
            CaseForwarded forwarded => plan with { Forward = forwarded.Answer },
            CaseConsultationCalled called => plan with { Opinion = called.Opinion },
            CaseTransferred when plan.Step is not null => plan with { Step = null },
            _ => plan,
        };
}

/// <summary>An event with a text, which the history shows.</summary>
public interface IHasText
{
    string Text { get; }
}

/// <summary>An event with photos, which the history and the case show.</summary>
public interface IHasPhotos
{
    ImmutableArray<string> Photos { get; }
}

public sealed record CaseReported(
    string Number,
    string Category,
    AreaId Area,
    Position? Position,
    string Title,
    string Detail,
    ImmutableArray<string> Photos,
    bool Confidential,
    ImmutableArray<PersonId> OfferedTo
) : CaseEvent(CaseStep.Reported), IHasPhotos
{
    /// <summary>It came with <c>case.reported/2</c>: null for a case that was reported earlier, which has no clocks.</summary>
    public CasePlan? Plan { get; init; }

    /// <summary>The household that it is about; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Household { get; init; }
}

public sealed record CaseClaimed() : CaseEvent(CaseStep.Claimed);

public sealed record CaseReleased(string Reason) : CaseEvent(CaseStep.Released), IHasText
{
    string IHasText.Text => Reason;
}

public sealed record CaseHandedOver(PersonId To, string Reason) : CaseEvent(CaseStep.HandedOver), IHasText
{
    string IHasText.Text => Reason;
}

public sealed record CaseReachedOnSite() : CaseEvent(CaseStep.OnSite);

public sealed record CaseProgressed(string Text, ImmutableArray<string> Photos) : CaseEvent(CaseStep.Progressed), IHasText, IHasPhotos;

public sealed record CaseResolved(string Text, ImmutableArray<string> Photos) : CaseEvent(CaseStep.Resolved), IHasText, IHasPhotos
{
    /// <summary>It came with <c>case.resolved/2</c>: null where the category isn't settled by mediation, or wasn't asked for one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Mediation? Mediation { get; init; }
}

public sealed record CaseExplained(string Text) : CaseEvent(CaseStep.Explained), IHasText;

public sealed record CaseTransferred(string Department, string Reason, ImmutableArray<PersonId> OfferedTo)
    : CaseEvent(CaseStep.Transferred),
        IHasText
{
    string IHasText.Text => Reason;
}

public sealed record CaseCommented(string Text) : CaseEvent(CaseStep.Commented), IHasText;

public sealed record CaseClosed(int? Rating, string Text) : CaseEvent(CaseStep.Closed), IHasText;

public sealed record CaseReopened(string Reason) : CaseEvent(CaseStep.Reopened), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>Whoever may strike it off returned it to its claimant, who has to do it again.</summary>
public sealed record CaseReturned(string Reason) : CaseEvent(CaseStep.Returned), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>It is handled together with an earlier case of the same matter.</summary>
public sealed record CaseMerged(MainCase Into, string Reason) : CaseEvent(CaseStep.Merged), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>A later case of the same matter was merged into it.</summary>
public sealed record CaseDuplicateJoined(DuplicateCase Duplicate) : CaseEvent(CaseStep.DuplicateJoined);

/// <summary>The case into which it was merged took a step. When that one is closed or opened again, so is this one.</summary>
public sealed record CaseMainStepped(MainCase Main, CaseOutcome Outcome) : CaseEvent(CaseStep.MainStepped);

/// <summary>
/// An event of a kind that this version doesn't know: in the middle of an upgrade, a process of the later version wrote it. Only the status
/// is known that the case had after it. It is never written.
/// </summary>
public sealed record CaseUnknown(string Kind, CaseStatus Status) : CaseEvent(CaseStep.Unknown);

/// <summary>The pack names other people now than those the case was offered to.</summary>
/// <param name="ReleasedFrom">
/// Who had claimed it and doesn't hold a post for it any more, so that it waits for a claim again; null when the claim, if any, stays.
/// </param>
public sealed record CaseReoffered(ImmutableArray<PersonId> OfferedTo, PersonId? ReleasedFrom) : CaseEvent(CaseStep.Reoffered)
{
    /// <summary>Who is asked for time now; the default where nobody is, or where they are the same people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<PersonId> Approvers { get; init; }

    /// <summary>Who owns open tasks now whose owners have left; the default where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<TaskOwners> Tasks { get; init; }
}

/// <summary>The owners of a task after one of them has left.</summary>
public sealed record TaskOwners(int Number, ImmutableArray<PersonId> Owners);

/// <summary>A clock is due soon.</summary>
public sealed record CaseClockWarned(ClockName Clock, DateTimeOffset DueAt) : CaseEvent(CaseStep.ClockWarned);

/// <summary>A clock ran out.</summary>
public sealed record CaseClockBreached(ClockName Clock, DateTimeOffset DueAt) : CaseEvent(CaseStep.ClockBreached);

/// <summary>The claimant did nothing for too long: the case is offered again, to those whom the pack names now.</summary>
/// <param name="From">Who had claimed it.</param>
public sealed record CaseLapsed(PersonId From, ImmutableArray<PersonId> OfferedTo) : CaseEvent(CaseStep.Lapsed);

/// <summary>The case climbed to a higher level of the ladder.</summary>
/// <param name="From">The level it stood at; null when it stood below the ladder.</param>
/// <param name="To">The level it stands at now.</param>
/// <param name="Breached">The clock that made it climb; null when somebody decided it.</param>
/// <param name="Reason">Why somebody decided it; empty when a clock made it climb.</param>
/// <param name="OfferedTo">Who has it there.</param>
/// <param name="Vacant">The levels between that were passed over, because nobody holds a post of theirs.</param>
/// <param name="KeepsClaim">The claimant goes on with it. Otherwise it waits to be claimed.</param>
/// <param name="Clocks">The terms of the level.</param>
public sealed record CaseEscalated(
    string? From,
    string To,
    ClockName? Breached,
    string Reason,
    ImmutableArray<PersonId> OfferedTo,
    ImmutableArray<string> Vacant,
    bool KeepsClaim,
    StepClocks Clocks
) : CaseEvent(CaseStep.Escalated), IHasText
{
    /// <summary>It was returned as often as the catalogue allows, so this level decides for good.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AfterReturns { get; init; }

    string IHasText.Text => Reason;
}

/// <summary>A higher level sent the case back down.</summary>
/// <param name="To">The level it stands at now; null when it is back with those whom its category or its department names.</param>
/// <param name="Clocks">The terms of that level.</param>
public sealed record CaseSentBack(string From, string? To, string Reason, ImmutableArray<PersonId> OfferedTo, StepClocks Clocks)
    : CaseEvent(CaseStep.SentBack),
        IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>The claimant asked that the clocks stand still while something else is waited for.</summary>
/// <param name="Approvers">Who is asked.</param>
public sealed record CasePauseAsked(string Reason, ImmutableArray<string> Photos, ImmutableArray<PersonId> Approvers)
    : CaseEvent(CaseStep.PauseAsked),
        IHasText,
        IHasPhotos
{
    string IHasText.Text => Reason;
}

/// <summary>The claimant asked for a later due time.</summary>
/// <param name="Term">How much later.</param>
/// <param name="Approvers">Who is asked.</param>
public sealed record CaseExtensionAsked(Term Term, string Reason, ImmutableArray<PersonId> Approvers)
    : CaseEvent(CaseStep.ExtensionAsked),
        IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>A supervision notice was issued.</summary>
/// <param name="Number">Its register number.</param>
/// <param name="Breached">The clock whose breach issued it; null when somebody did.</param>
/// <param name="Reason">Why somebody issued it; empty when a clock did.</param>
/// <param name="Answer">How soon an answer is owed; null when no term is set.</param>
public sealed record CaseSupervised(string Number, ClockName? Breached, string Reason, ClockTerm? Answer)
    : CaseEvent(CaseStep.Supervised),
        IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>The pause that was asked for was granted: the clocks stand still.</summary>
public sealed record CasePaused(string Text) : CaseEvent(CaseStep.Paused), IHasText;

/// <summary>The extension that was asked for was granted.</summary>
public sealed record CaseExtended(Term Term, string Text) : CaseEvent(CaseStep.Extended), IHasText;

/// <summary>What was asked for was refused.</summary>
public sealed record CaseRequestRefused(string Reason) : CaseEvent(CaseStep.RequestRefused), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>A pause is over: the clocks go on.</summary>
public sealed record CaseResumed() : CaseEvent(CaseStep.Resumed);

/// <summary>The calendar changed, and with it when open clocks are due.</summary>
public sealed record CaseReplanned() : CaseEvent(CaseStep.Replanned)
{
    /// <summary>The new times of the tasks that it moved; the default where it moved none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<MovedTask> Tasks { get; init; }
}

/// <param name="Provisional">The official calendar of a year on the way wasn't published then.</param>
public sealed record MovedTask(int Number, DateTimeOffset DueAt, bool Provisional);

/// <param name="Number">The notice that was answered.</param>
public sealed record CaseSupervisionAnswered(string Number, string Text) : CaseEvent(CaseStep.SupervisionAnswered), IHasText;
