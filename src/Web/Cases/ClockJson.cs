using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Web.Cases;

/// <summary>One run of a clock.</summary>
/// <param name="Name"><c>respond</c>, <c>onSite</c>, <c>solve</c>, <c>reply</c>, <c>idle</c>, <c>close</c> or <c>pause</c>.</param>
/// <param name="Term">As the catalogue writes it.</param>
/// <param name="State"><c>running</c>, <c>warned</c>, <c>breached</c>, <c>met</c>, <c>paused</c> or <c>cancelled</c>.</param>
/// <param name="BreachedAt">When it ran out; it stays when what it waited for happens late.</param>
/// <param name="Provisional">The official calendar of a year on the way wasn't published when it was planned.</param>
/// <param name="Explanation">
/// Why it is due when it is, in Chinese. Null in the answer to a step, which isn't held up to count days.
/// </param>
public sealed record ClockJson(
    string Name,
    string Term,
    DateTimeOffset StartedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? WarnAt,
    string State,
    DateTimeOffset? BreachedAt,
    DateTimeOffset? MetAt,
    bool Provisional,
    string? Explanation,
    string? ExplanationEn
)
{
    public static ClockJson Of(CaseClock clock, WorkingTime? explainedBy)
    {
        var explanation =
            explainedBy is not null && Domain.Clocks.Term.Parse(clock.Term) is { } term
                ? DueExplanation.Of(explainedBy, ClockMoves.RunOf(clock, term))
                : null;
        return new(
            ApiNames.Of(clock.Name),
            clock.Term,
            clock.StartedAt,
            clock.DueAt,
            clock.WarnAt,
            ApiNames.Of(clock.State),
            clock.BreachedAt,
            clock.State == ClockState.Met ? clock.EndedAt : null,
            clock.Provisional,
            explanation?.Chinese,
            explanation?.English
        );
    }
}
