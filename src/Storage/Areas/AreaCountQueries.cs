using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;

namespace GridActors.Storage.Areas;

/// <summary>
/// Counts with SQL what belongs to areas themselves. Areas that ask at the same time, as all of a county do after a task was sent or when
/// everybody signs in, are answered by a few statements.
/// </summary>
/// <typeparam name="TMoments">What the day of an area means for the count: for to-dos, its beginning.</typeparam>
/// <typeparam name="TCounts">The figures; without any, the default.</typeparam>
public abstract class AreaCountQueries<TMoments, TCounts> : BatchReader<(AreaNode Area, TMoments Moments), TCounts>
    where TCounts : struct
{
    /// <returns>
    /// The figures of each area itself, and of areas that are gone and for which it stands; areas without any are left out.
    /// </returns>
    public abstract Task<IReadOnlyDictionary<AreaId, TCounts>> Own(
        IReadOnlyCollection<(AreaNode Area, TMoments Moments)> areas,
        CancellationToken cancellationToken
    );

    protected override async Task<IReadOnlyList<TCounts>> Query(
        IReadOnlyList<(AreaNode Area, TMoments Moments)> requests,
        CancellationToken cancellationToken
    )
    {
        var own = await Own([.. requests.DistinctBy(r => r.Area.Id)], cancellationToken);
        return [.. requests.Select(r => own.GetValueOrDefault(r.Area.Id))];
    }
}
