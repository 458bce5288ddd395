using System.Collections.Immutable;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Storage.Cases;
using GridActors.Storage.Journal;

namespace GridActors.Grains.Cases;

/// <summary>Makes what the journal appends of decided events.</summary>
static class CaseEntries
{
    /// <summary>The state after the events, and the entry that makes it durable.</summary>
    /// <param name="working">The calendar and office hours that clocks follow. Null when the pack is gone: then no clock starts.</param>
    public static (CaseState Next, CaseEntry Entry) Evolve(
        CaseState state,
        ImmutableArray<CaseEvent> events,
        WorkingTime? working,
        EventContext context
    )
    {
        var next = state;
        var rows = new JournalEvent[events.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var e = working is null ? events[i] : CaseClockRules.Plan(next, events[i], working, context.At);
            next = CaseState.Evolve(next, e, context);
            var (kind, data) = CaseEventJson.Write(e);
            rows[i] = new(kind, data, (short)next.Case!.Status);
        }
        return (
            next,
            new()
            {
                Stream = CaseEntry.StreamOf(context.Case),
                After = state.Version,
                Events = rows,
                At = context.At,
                By = context.By.Key,
                Area = next.Case!.Area.Key,
                Operation = context.Operation,
                Before = state.Case,
                Case = next.Case,
                Moments = TaskDecider.WithMoments(CaseClockRules.NewMoments(state.Case, next.Case), state.Case, next.Case),
            }
        );
    }
}
