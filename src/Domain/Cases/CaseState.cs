using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Domain.Cases;

/// <summary>
/// A case made from its events. The view is the state: answers and notifications share it, and nothing is copied. Reasons and comments
/// aren't in it, because only the history shows them.
/// </summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="Plan">The clocks that were promised when it was reported.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know, so that it can't decide what may follow.</param>
public sealed record CaseState(CaseView? Case, ImmutableArray<Guid> Operations, CasePlan Plan, bool HasUnknown = false)
{
    public static CaseState Initial { get; } = new(null, [], CasePlan.None);

    public int Version => Case?.Version ?? 0;

    /// <summary>Never fails: any event can follow any state, even one that no decision would have led to.</summary>
    public static CaseState Evolve(CaseState state, CaseEvent e, EventContext context)
    {
        if (Next(state, e, context) is not { } next)
            return state;
        // An operation of two events (solved on the spot) is recorded once.
        var isRecorded = !state.Operations.IsEmpty && state.Operations[^1] == context.Operation;
        var plan = CasePlan.After(state.Plan, e);
        var clocks = CaseClockRules.After(next.Clocks, e, plan, context.At);
        return new(
            clocks == next.Clocks ? next : next with { Clocks = clocks },
            isRecorded ? state.Operations : state.Operations.Add(context.Operation),
            plan,
            state.HasUnknown || e is CaseUnknown
        );
    }

    static CaseView? Next(CaseState state, CaseEvent e, EventContext context)
    {
        if (e is CaseReported reported)
            return New(reported, context, state.Version + 1);
        if (state.Case is not { } before)
            return null;
        var view = before with { UpdatedAt = context.At, UpdatedBy = context.By, LastStep = e.Step, Version = before.Version + 1 };
        if (e is IHasPhotos { Photos: var photos })
            view = view with { Photos = WithPhotos(view.Photos, photos, e.Step) };
        var next = Next(view, e, context);
        if (next.OfferedTo != before.OfferedTo)
            next = next with { OfferedBy = e.Step };
        // Nobody works on the case any more, so nobody waits for the other system's answer.
        if (next.OpenForward is not null && !IsInWork(next))
            next = Ended(next, ForwardState.Withdrawn, "", context.At);
        // A request for time ends with the claim of the person who made it.
        var isRequestOver = next.Request is not null && (next.Claimant != before.Claimant || !IsInWork(next));
        return isRequestOver ? next with { Request = null } : next;
    }

    static bool IsInWork(CaseView view) => view.Status is CaseStatus.Claimed or CaseStatus.OnSite;

    static CaseView Next(CaseView view, CaseEvent e, EventContext context)
    {
        var (by, at) = (context.By, context.At);
        return e switch
        {
            CaseClaimed => view with { Status = CaseStatus.Claimed, Claimant = by, ClaimedAt = at },
            CaseReleased => Offered(view),
            CaseHandedOver x => view with { Status = CaseStatus.Claimed, Claimant = x.To, ClaimedAt = at },
            CaseReachedOnSite => view with { Status = CaseStatus.OnSite },
            CaseResolved x => view with
            {
                Status = CaseStatus.Resolved,
                Outcome = CaseOutcome.Resolved,
                ResolvedAt = at,
                Claimant = view.Claimant ?? by,
                ClaimedAt = view.ClaimedAt ?? at,
                Mediation = x.Mediation,
            },
            CaseExplained => view with { Status = CaseStatus.Explained, Outcome = CaseOutcome.Explained, ResolvedAt = at },
            CaseTransferred x => Offered(view) with
            {
                Department = x.Department,
                OfferedTo = x.OfferedTo,
                // A transfer takes the case off the ladder. From the department it can climb again.
                Ladder = view.Ladder is { } ladder ? ladder with { Level = null, Below = [], Since = at } : null,
            },
            CaseSupervised x => view with { Supervisions = view.Supervisions.Add(Notice(x, by, at)) },
            CaseSupervisionAnswered x => view with { Supervisions = Answered(view.Supervisions, x, by, at) },
            CaseForwarded x => view with { Forwards = view.Forwards.Add(Forward(x, by, at)) },
            CaseForwardAnswered { IsLate: false, Answer: ForwardAnswer.Solved } x => Ended(view, ForwardState.Solved, x.Text, at),
            CaseForwardAnswered { IsLate: false, Answer: ForwardAnswer.Refused } x => Ended(view, ForwardState.Refused, x.Text, at),
            CaseRecalled => Ended(view, ForwardState.Withdrawn, "", at),
            CaseEscalated x => MovedTo(x.To, x.KeepsClaim ? view : Offered(view), view, x.OfferedTo, at),
            CaseSentBack x => MovedTo(x.To, Offered(view), view, x.OfferedTo, at),
            CaseClosed x => view with { Status = CaseStatus.Closed, ClosedAt = at, Rating = x.Rating ?? view.Rating },
            CaseReopened => Offered(view) with { ClosedAt = null, MergedInto = null },
            CaseMerged x => Offered(view) with
            {
                Status = CaseStatus.Merged,
                MergedInto = x.Into,
                Ladder = view.Ladder is { } stood ? stood with { Level = null, Below = [], Since = at } : null,
            },
            CaseDuplicateJoined x => view with { Duplicates = view.Duplicates.Add(x.Duplicate) },
            CaseMainStepped x => view with
            {
                Status = x.Main.Status == CaseStatus.Closed ? CaseStatus.Closed : CaseStatus.Merged,
                Outcome = x.Main.Status == CaseStatus.Closed ? x.Outcome : CaseOutcome.None,
                ClosedAt = x.Main.Status == CaseStatus.Closed ? at : null,
                MergedInto = x.Main,
            },
            CaseReturned x => view with
            {
                Status = CaseStatus.Claimed,
                Outcome = CaseOutcome.None,
                ResolvedAt = null,
                Mediation = null,
                Returns = view.Returns.Add(new(at, by, x.Reason)),
            },
            CaseUnknown x => view with { Status = x.Status },
            CaseLapsed x => Offered(view) with { OfferedTo = x.OfferedTo },
            CaseReoffered x => TaskDecider.After(x.ReleasedFrom is null ? view : Offered(view), e, context) with
            {
                OfferedTo = x.OfferedTo,
                Request =
                    x.Approvers.IsDefault || view.Request is not { } request ? view.Request : request with { Approvers = x.Approvers },
            },
            CasePauseAsked x => view with { Request = new(TimeRequestKind.Pause, null, by, at, x.Approvers) },
            CaseExtensionAsked x => view with { Request = new(TimeRequestKind.Extension, x.Term.ToString(), by, at, x.Approvers) },
            CasePaused or CaseExtended or CaseRequestRefused => view with { Request = null },
            CaseConsultationCalled or CaseOpinionGiven or CaseConsultationDecided => CaseConsultationDecider.After(view, e, context),
            CaseTabled or CaseMeetingDecided => LedgerDecider.After(view, e, context),
            CaseLinked or CaseLinkAdded => LinkDecider.After(view, e, context),
            CaseTaskFinished or CaseClockBreached { Clock: ClockName.Task } or CaseReplanned { Tasks.IsDefault: false } =>
                TaskDecider.After(view, e, context),
            _ => view, // Progress, comments and clocks change nothing else.
        };
    }

    static CaseForward Forward(CaseForwarded e, PersonId by, DateTimeOffset at)
    {
        var clock = e.Started.IsDefaultOrEmpty ? null : e.Started.FirstOrDefault(s => s.Clock == ClockName.Forward);
        return new(e.System, e.Message, at, by, e.Reason, clock?.DueAt, ForwardState.Waiting, null, "");
    }

    static CaseView Ended(CaseView view, ForwardState state, string answer, DateTimeOffset at) =>
        view.OpenForward is { } open
            ? view with
            {
                Forwards = view.Forwards.SetItem(view.Forwards.Length - 1, open with { State = state, EndedAt = at, Answer = answer }),
            }
            : view;

    static CaseSupervision Notice(CaseSupervised e, PersonId by, DateTimeOffset at)
    {
        var clock = e.Started.IsDefaultOrEmpty ? null : e.Started.FirstOrDefault(s => s.Clock == ClockName.Answer);
        return new(e.Number, at, by, e.Reason, e.Breached, clock?.DueAt, null, null, "");
    }

    static ImmutableArray<CaseSupervision> Answered(
        ImmutableArray<CaseSupervision> notices,
        CaseSupervisionAnswered e,
        PersonId by,
        DateTimeOffset at
    ) =>
        notices is [.., { AnsweredAt: null } last] && last.Number == e.Number
            ? notices.SetItem(notices.Length - 1, last with { AnsweredAt = at, AnsweredBy = by, Answer = e.Text })
            : notices;

    /// <summary>The case at another level of the ladder. Those who had it go on watching it, unless it is confidential.</summary>
    static CaseView MovedTo(string? level, CaseView view, CaseView before, ImmutableArray<PersonId> offeredTo, DateTimeOffset at)
    {
        var (from, below) = before.Ladder is { } ladder ? (ladder.Level, ladder.Below) : (null, []);
        var back = level is null ? 0 : below.IndexOf(level);
        if (back >= 0)
            below = below[..back];
        else if (from is not null && from != level)
            below = below.Add(from);
        IEnumerable<PersonId> had = before.Claimant is { } claimant ? before.OfferedTo.Append(claimant) : before.OfferedTo;
        ImmutableArray<PersonId> watchers = before.Confidential ? [] : [.. (before.Ladder?.Watchers ?? []).Union(had).Except(offeredTo)];
        return view with { OfferedTo = offeredTo, Ladder = new(level, below, watchers, at) };
    }

    static CaseView New(CaseReported e, EventContext context, int version) =>
        new()
        {
            Id = context.Case,
            Number = e.Number,
            Status = CaseStatus.Offered,
            Category = string.Intern(e.Category),
            Area = new(string.Intern(e.Area.Key)),
            Title = e.Title,
            Detail = e.Detail,
            Position = e.Position,
            Photos = WithPhotos([], e.Photos, e.Step),
            Household = e.Household,
            Confidential = e.Confidential,
            OfferedTo = e.OfferedTo,
            Reporter = context.By,
            ReportedAt = context.At,
            UpdatedAt = context.At,
            UpdatedBy = context.By,
            LastStep = e.Step,
            Version = version,
        };

    static CaseView Offered(CaseView view) =>
        view with
        {
            Status = CaseStatus.Offered,
            Outcome = CaseOutcome.None,
            Claimant = null,
            ClaimedAt = null,
            ResolvedAt = null,
            Mediation = null,
        };

    static ImmutableArray<CasePhoto> WithPhotos(ImmutableArray<CasePhoto> photos, ImmutableArray<string> added, CaseStep step)
    {
        if (added.IsDefaultOrEmpty)
            return photos;
        return photos.AddRange(added.Where(id => photos.All(p => p.Id != id)).Select(id => new CasePhoto(id, step)));
    }
}

/// <summary>What the journal's row says about an event.</summary>
public readonly record struct EventContext(Guid Case, DateTimeOffset At, PersonId By, Guid Operation);
