using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.WorkerDays;

/// <summary>Notifies areas that their workers did something.</summary>
public sealed partial class DutyFeed(GrainReferences<IAreaGrain> areas, IPacks packs, TimeProvider clock, ILogger<DutyFeed> logger)
    : AreaFeed(areas, packs, clock)
{
    protected override Task Tell(IAreaGrain area, CancellationToken cancellationToken) =>
        area.DutyChanged(recheck: false, cancellationToken);
}
