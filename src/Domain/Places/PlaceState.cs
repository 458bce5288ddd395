using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.Places;

namespace GridActors.Domain.Places;

/// <summary>A place made from its events.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record PlaceState(PlaceView View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    /// <summary>Folds an event.</summary>
    /// <param name="state">Null before the first one.</param>
    /// <param name="id">The place's.</param>
    public static PlaceState Evolve(PlaceState? state, Guid id, PlaceEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        if (state is null)
            return e is PlaceCreated c
                ? new(new(id, c.Area, c.Kind, c.Type, c.Parent, PlaceStatus.InUse, c.Facts.Clear, 1, at, at, by), [operation])
                : throw new InvalidOperationException($"A place begins with its registration, not with {e.GetType().Name}.");
        var view = state.View with { Version = state.View.Version + 1, UpdatedAt = at, UpdatedBy = by };
        var next = state with { View = view, Operations = state.Operations.Add(operation) };
        return e switch
        {
            PlaceCorrected x => next.With(
                view with
                {
                    Fields = view.Fields.SetItems(x.Facts.Clear).RemoveRange(x.Removed),
                    Type = x.Type ?? view.Type,
                    Parent =
                        x.Parent is null ? view.Parent
                        : x.Parent == Guid.Empty ? null
                        : x.Parent,
                }
            ),
            PlaceMoved x => next.With(view with { Area = x.Area, Parent = x.Parent }),
            PlaceClosed x => next.With(view with { Status = x.WithParent ? PlaceStatus.GoneWithParent : PlaceStatus.Gone }),
            PlaceReopened => next.With(view with { Status = PlaceStatus.InUse }),
            PlaceVisitRecorded x => next.With(
                view with
                {
                    VisitedAt = x.At > view.VisitedAt || view.VisitedAt is null ? x.At : view.VisitedAt,
                }
            ),
            PlaceVisited => next.With(view with { VisitedAt = at }),
            _ => next with { HasUnknown = true },
        };
    }

    PlaceState With(PlaceView view) => this with { View = view };
}
