using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.SubjectRequests;

namespace GridActors.Domain.SubjectRequests;

/// <summary>A request made from its events.</summary>
/// <param name="View">Null until it is entered.</param>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record SubjectRequestState(Guid Id, SubjectRequestView? View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    public static SubjectRequestState Begin(Guid id) => new(id, null, []);

    public SubjectRequestState Evolve(SubjectRequestEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var next = this with { Operations = Operations.Add(operation) };
        return (e, View) switch
        {
            (SubjectRequestOpened x, null) => next with { View = Open(x, at, by) },
            (SubjectRequestDecided x, { } view) => next with
            {
                View = view with { Status = x.Outcome, Reason = x.Reason.Text, DecidedBy = by, DecidedAt = at, Version = view.Version + 1 },
            },
            (SubjectRequestCarriedOut x, { } view) => next with
            {
                View = view with
                {
                    Status = SubjectRequestStatus.CarriedOut,
                    CarriedOutBy = by,
                    CarriedOutAt = at,
                    HouseholdVersion = x.HouseholdVersion,
                    Version = view.Version + 1,
                },
            },
            _ => next with { HasUnknown = true },
        };
    }

    SubjectRequestView Open(SubjectRequestOpened e, DateTimeOffset at, PersonId by) =>
        new(
            Id,
            e.Area,
            e.Household,
            e.Resident,
            e.Kind,
            SubjectRequestStatus.Open,
            e.Check,
            e.Facts.Clear.GetValueOrDefault(SubjectRequestOpened.Asker) ?? "",
            e.Facts.Clear.GetValueOrDefault(SubjectRequestOpened.Wanted) ?? "",
            "",
            by,
            at,
            e.DueAt,
            null,
            null,
            null,
            null,
            null,
            1
        );
}
