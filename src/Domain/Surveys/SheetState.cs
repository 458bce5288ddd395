using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;

namespace GridActors.Domain.Surveys;

/// <summary>An answer sheet made from its events.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
public sealed record SheetState(SheetView View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    /// <param name="state">Null before the first event.</param>
    /// <param name="id">The sheet's.</param>
    public static SheetState Evolve(SheetState? state, Guid id, SurveyEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        if (state is null)
            return new(
                e switch
                {
                    SheetFilled x => Begin(id, x.Place, SheetStatus.Answered, x.Edition, x.Facts.Clear, "", at, by),
                    SheetRefused x => Begin(id, x.Place, SheetStatus.Refused, x.Edition, Facts.None, x.Reason.Text, at, by),
                    _ => throw new InvalidOperationException($"A sheet begins with answers or a refusal, not with {e.GetType().Name}."),
                },
                [operation]
            );
        var view = state.View with { Version = state.View.Version + 1, At = at, By = by };
        var next = state with { View = view, Operations = state.Operations.Add(operation) };
        return e switch
        {
            SheetFilled x => next with
            {
                View = view with
                {
                    Household = x.Place.Household,
                    Area = x.Place.Area,
                    Status = SheetStatus.Answered,
                    Edition = x.Edition,
                    Answers = x.Facts.Clear,
                    Reason = "",
                },
            },
            SheetCorrected x => next with { View = view with { Edition = x.Edition, Answers = x.Facts.Clear } },
            _ => next with { HasUnknown = true },
        };
    }

    static SheetView Begin(
        Guid id,
        SheetPlace place,
        SheetStatus status,
        int edition,
        ImmutableSortedDictionary<string, string> answers,
        string reason,
        DateTimeOffset at,
        PersonId by
    ) => new(id, place.Survey, place.Subject, place.Household, place.Area, status, edition, answers, reason, 1, at, by);
}
