using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Domain.Packs;
using GridActors.Storage;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>Notifies areas that their households changed.</summary>
public sealed partial class HouseholdFeed(
    GrainReferences<IAreaGrain> areas,
    IPacks packs,
    TimeProvider clock,
    ILogger<HouseholdFeed> logger
) : AreaFeed(areas, packs, clock)
{
    /// <param name="before">Null for a new household.</param>
    public void Notify(HouseholdView? before, HouseholdView after)
    {
        Notify(after.Area);
        if (before is not null)
            Notify(before.Area);
    }

    protected override Task Tell(IAreaGrain area, CancellationToken cancellationToken) =>
        area.HouseholdsChanged(recheck: false, cancellationToken);
}
