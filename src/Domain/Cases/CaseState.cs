using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Domain.Cases;

/// <summary>
/// A case as folded from its events. The view is the state: replies and notes share it, and nothing is copied to answer. What only the history
/// needs (reasons, comments) is not in it.
/// </summary>
/// <param name="Operations">Every operation that had an effect: a repeat has none.</param>
public sealed record CaseState(CaseView? Case, ImmutableArray<Guid> Operations)
{
    public static CaseState Initial { get; } = new(null, []);

    public int Version => Case?.Version ?? 0;

    /// <summary>Total: any event folds onto any state, also one that no decision would have made.</summary>
    public static CaseState Evolve(CaseState state, CaseEvent e, EventContext context)
    {
        var next = e is CaseReported reported ? New(reported, context, state.Version + 1) : state.Case is { } view ? Next(view, e, context) : null;
        if (next is null) return state;
        var operations = state.Operations;
        // An operation of two events (solved on the spot) is known by its first.
        if (operations.IsEmpty || operations[^1] != context.Operation) operations = operations.Add(context.Operation);
        return new(next, operations);
    }

    static CaseView New(CaseReported e, EventContext context, int version) => new()
    {
        Id = context.Case,
        Number = e.Number,
        Status = CaseStatus.Offered,
        Category = string.Intern(e.Category),
        Area = new(string.Intern(e.Area.Key)),
        Title = e.Title,
        Detail = e.Detail,
        Position = e.Position,
        Photos = [.. e.Photos.Select(p => new CasePhoto(p, CaseStep.Reported))],
        Confidential = e.Confidential,
        OfferedTo = e.OfferedTo,
        Reporter = context.By,
        ReportedAt = context.At,
        UpdatedAt = context.At,
        UpdatedBy = context.By,
        LastStep = CaseStep.Reported,
        Version = version,
    };

    static CaseView Next(CaseView view, CaseEvent e, EventContext context)
    {
        var (by, at) = (context.By, context.At);
        view = view with { UpdatedAt = at, UpdatedBy = by, Version = view.Version + 1 };
        return e switch
        {
            CaseClaimed => view with { Status = CaseStatus.Claimed, Claimant = by, ClaimedAt = at, LastStep = CaseStep.Claimed },
            CaseReleased => Offered(view) with { LastStep = CaseStep.Released },
            CaseHandedOver x => view with { Status = CaseStatus.Claimed, Claimant = x.To, ClaimedAt = at, LastStep = CaseStep.HandedOver },
            CaseReachedOnSite => view with { Status = CaseStatus.OnSite, LastStep = CaseStep.OnSite },
            CaseProgressed x => view with { Photos = With(view.Photos, x.Photos, CaseStep.Progressed), LastStep = CaseStep.Progressed },
            CaseResolved x => view with
            {
                Status = CaseStatus.Resolved,
                Outcome = CaseOutcome.Resolved,
                ResolvedAt = at,
                LastStep = CaseStep.Resolved,
                Claimant = view.Claimant ?? by,
                ClaimedAt = view.ClaimedAt ?? at,
                Photos = With(view.Photos, x.Photos, CaseStep.Resolved),
            },
            CaseExplained => view with { Status = CaseStatus.Explained, Outcome = CaseOutcome.Explained, ResolvedAt = at, LastStep = CaseStep.Explained },
            CaseTransferred x => Offered(view) with { Department = x.Department, OfferedTo = x.OfferedTo, LastStep = CaseStep.Transferred },
            CaseCommented => view with { LastStep = CaseStep.Commented },
            CaseClosed x => view with { Status = CaseStatus.Closed, ClosedAt = at, Rating = x.Rating ?? view.Rating, LastStep = CaseStep.Closed },
            CaseReopened => Offered(view) with { ClosedAt = null, LastStep = CaseStep.Reopened },
            _ => view,
        };
    }

    static CaseView Offered(CaseView view) => view with
    {
        Status = CaseStatus.Offered,
        Outcome = CaseOutcome.None,
        Claimant = null,
        ClaimedAt = null,
        ResolvedAt = null,
    };

    static ImmutableArray<CasePhoto> With(ImmutableArray<CasePhoto> photos, ImmutableArray<string> more, CaseStep step) =>
        more.IsDefaultOrEmpty ? photos : photos.AddRange(more.Where(m => photos.All(p => p.Id != m)).Select(m => new CasePhoto(m, step)));
}

/// <summary>What the journal's row says of an event.</summary>
public readonly record struct EventContext(Guid Case, DateTimeOffset At, PersonId By, Guid Operation);
