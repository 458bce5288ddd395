using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;

namespace GridActors.Domain.Surveys;

/// <summary>A survey made from its events.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record SurveyState(SurveyView View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    /// <param name="state">Null before the first event.</param>
    /// <param name="id">The survey's.</param>
    public static SurveyState Evolve(SurveyState? state, Guid id, SurveyEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        if (state is null)
            return new(
                e switch
                {
                    SurveyDrafted { Area: { } area } x => new(id, area, SurveyStatus.Draft, x.Definition, [], 1, at, by, at, by),
                    SurveyPublished { Area: { } area } x => new(id, area, SurveyStatus.Published, null, [x.Definition], 1, at, by, at, by),
                    _ => throw new InvalidOperationException($"A survey begins with a definition, not with {e.GetType().Name}."),
                },
                [operation]
            );
        var view = state.View with { Version = state.View.Version + 1, UpdatedAt = at, UpdatedBy = by };
        var next = state with { View = view, Operations = state.Operations.Add(operation) };
        return e switch
        {
            SurveyDrafted x => next with { View = view with { Draft = x.Definition } },
            SurveyPublished x => next with
            {
                View = view with { Draft = null, Status = SurveyStatus.Published, Editions = view.Editions.Add(x.Definition) },
            },
            SurveyClosed => next with { View = view with { Draft = null, Status = SurveyStatus.Closed } },
            _ => next with { HasUnknown = true },
        };
    }
}
