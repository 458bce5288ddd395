using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;

namespace GridActors.Domain.Registrations;

/// <summary>An application made from its events.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record RegistrationState(RegistrationView View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    /// <param name="state">Null before the first event.</param>
    /// <param name="id">The application's.</param>
    public static RegistrationState Evolve(
        RegistrationState? state,
        Guid id,
        RegistrationEvent e,
        DateTimeOffset at,
        PersonId by,
        Guid operation
    )
    {
        if (state is null)
            return e is RegistrationSubmitted submitted
                ? new(Begin(id, submitted, at, by), [operation])
                : throw new InvalidOperationException($"An application begins with its submission, not with {e.GetType().Name}.");
        var view = state.View with { Version = state.View.Version + 1, UpdatedAt = at, UpdatedBy = by };
        var next = state with { View = view, Operations = state.Operations.Add(operation) };
        return e switch
        {
            RegistrationConfirmed x => next with { View = view with { Status = RegistrationStatus.Confirmed, Household = x.Household } },
            RegistrationDeclined x => next with { View = view with { Status = RegistrationStatus.Declined, Reason = x.Reason.Text } },
            RegistrationErased => next with
            {
                View = view with { Status = RegistrationStatus.Erased, Fields = Facts.None, Residents = [], Reason = "" },
            },
            _ => next with { HasUnknown = true },
        };
    }

    static RegistrationView Begin(Guid id, RegistrationSubmitted e, DateTimeOffset at, PersonId by) =>
        new(
            id,
            e.Area,
            RegistrationStatus.Waiting,
            e.Consent,
            e.Facts.Clear,
            [.. e.Residents.Select(r => new NewResident(r.Id, r.Kind, r.Relation, r.Facts.Clear, r.Groups, r.Certificates, r.Tags))],
            e.Representative,
            "",
            null,
            1,
            at,
            at,
            by
        );
}
