using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.FieldTasks;

/// <summary>Notifies areas that their to-dos changed.</summary>
public sealed partial class TaskFeed(GrainReferences<IAreaGrain> areas, IPacks packs, TimeProvider clock, ILogger<TaskFeed> logger)
    : AreaFeed(areas, packs, clock)
{
    protected override Task Tell(IAreaGrain area, CancellationToken cancellationToken) =>
        area.TasksChanged(recheck: false, cancellationToken);
}
