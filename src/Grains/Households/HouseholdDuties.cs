using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;

namespace GridActors.Grains.Households;

/// <summary>The service case that a certificate needs now.</summary>
/// <param name="Case">The id of the case: the same whenever it is raised for this certificate and this day.</param>
public sealed record DueCertificate(
    Guid Resident,
    Guid Certificate,
    CertificateRule Rule,
    DateOnly ExpiresOn,
    Guid Case,
    Guid Operation,
    PersonId By
);

/// <summary>What a household has to do by itself, and when.</summary>
public sealed class HouseholdDuties(IPacks packs, GrainReferences<ICaseGrain> cases)
{
    public DueCertificate? NextCase(HouseholdView view, DateTimeOffset now)
    {
        if (
            packs.Current.Pack(view.Area.Pack) is not { } pack
            || CertificateMoments.Of(view, pack) is not [var first, ..]
            || first.At > now
        )
            return null;
        var (by, key) = (
            PersonId.Service(view.Area.Pack),
            $"certificate {first.Certificate.Id:N} {first.Certificate.ExpiresOn:yyyy-MM-dd}"
        );
        return new(
            first.Resident.Id,
            first.Certificate.Id,
            first.Rule,
            first.Certificate.ExpiresOn,
            OperationIds.OfCreated(by.Key, key),
            OperationIds.Of(by.Key, key, []),
            by
        );
    }

    /// <summary>Reports the case. It names the household by its id alone: who works on it sees there whom it is about.</summary>
    public Task<CaseAnswer> Raise(HouseholdView view, DueCertificate due, CancellationToken cancellationToken) =>
        cases
            .Of(due.Case)
            .Submit(
                new ReportCase
                {
                    Operation = due.Operation,
                    By = due.By,
                    Category = due.Rule.Category,
                    // A case happens in an area that is there.
                    Area = packs.Current.Pack(view.Area.Pack)?.StandIn(view.Area.Code)?.Id ?? view.Area,
                    Title = $"{due.Rule.Name} {due.ExpiresOn:yyyy-MM-dd} 到期",
                    Household = view.Id,
                },
                cancellationToken
            );

    /// <summary>When the household wants to be called again; null when nothing is to come.</summary>
    public DateTimeOffset? NextMoment(HouseholdView view, DateTimeOffset now)
    {
        if (packs.Current.Pack(view.Area.Pack) is not { } pack)
            return null;
        foreach (var (_, _, _, at) in CertificateMoments.Of(view, pack))
            if (at > now)
                return at;
        return null;
    }

    /// <summary>When the household must be called because of an event; null when it gives nothing new to do.</summary>
    public DateTimeOffset? CallAt(HouseholdView? before, HouseholdState next, HouseholdEvent e, DateTimeOffset now)
    {
        if (e is ResidentsMoved)
            return now;
        if (e is not (HouseholdCreated or ResidentAdded or ResidentCorrected or ResidentsReceived))
            return null;
        if (packs.Current.Pack(next.View.Area.Pack) is not { } pack || CertificateMoments.Of(next.View, pack) is not [var first, ..])
            return null;
        var known = before is null ? null : CertificateMoments.Of(before, pack).Select(m => (DateTimeOffset?)m.At).FirstOrDefault();
        return known <= first.At ? null : first.At;
    }
}
