using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;

namespace GridActors.Domain.Scores;

/// <summary>A worker's month made from its events. It is there before the first one.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record ScoreState(ScoreMonthView View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    public static ScoreState Begin(PersonId person, ScoreMonth month) =>
        new(new(person, month.First, 0, null, null, [], [], ImmutableDictionary<string, decimal>.Empty), []);

    /// <summary>When the score was last closed or corrected, from which on it can be appealed against.</summary>
    public DateTimeOffset? KnownSince => View.Corrections is [.., { } last] ? last.At : View.ClosedAt;

    public ScoreAppeal? Appeal(Guid id) => View.Appeals.FirstOrDefault(a => a.Id == id);

    /// <summary>Folds an event.</summary>
    public ScoreState Evolve(ScoreEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var view = View with { Version = View.Version + 1 };
        var next = this with { View = view, Operations = Operations.Add(operation) };
        return e switch
        {
            ScoreClosed x => next with { View = view with { ClosedAt = at, Settled = x.Score } },
            ScoreCorrected x => next with
            {
                View = view with
                {
                    Settled = x.Score,
                    Corrections = view.Corrections.Add(new(at, ScoreTotals.Changes(view.Settled!, x.Score))),
                },
            },
            ScoreAppealed x => next with
            {
                View = view with
                {
                    Appeals = view.Appeals.Add(new(x.Appeal, x.Item, x.Words.Clear, at, x.DueAt, 1, AppealStatus.Open, "", [])),
                },
            },
            AppealRaised x => next.With(
                x.Appeal,
                a => a with { Instance = 2, Status = AppealStatus.Open, Raised = x.Words.Clear, DueAt = x.DueAt }
            ),
            AppealDecided x => next.Decide(x, at, by),
            _ => next with { HasUnknown = true },
        };
    }

    ScoreState Decide(AppealDecided e, DateTimeOffset at, PersonId by)
    {
        var item = Appeal(e.Appeal)!.Item;
        var decided = With(
            e.Appeal,
            a =>
                a with
                {
                    Status = e.Outcome,
                    Decisions = a.Decisions.Add(new(a.Instance, by, at, e.Area, e.Outcome, e.From, e.To, e.Words.Clear)),
                }
        );
        var adjusted = decided.View.Adjusted.SetItem(item, decided.View.Adjusted.GetValueOrDefault(item) + e.To - e.From);
        return decided with { View = decided.View with { Adjusted = adjusted } };
    }

    ScoreState With(Guid appeal, Func<ScoreAppeal, ScoreAppeal> change) =>
        this with
        {
            View = View with { Appeals = [.. View.Appeals.Select(a => a.Id == appeal ? change(a) : a)] },
        };
}
