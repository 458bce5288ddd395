using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Storage.Scores;

/// <summary>
/// Since when households of each special group must have been visited. A worker is judged by the groups that they may know alone: by
/// others, a line would tell them who is in one.
/// </summary>
sealed class VisitRhythms(LoadedPack pack, DateTimeOffset asOf)
{
    readonly Dictionary<string, DateTimeOffset> _dueBefore = (pack.Pack.Households?.Groups ?? [])
        .Where(g => g.VisitEvery is not null)
        .ToDictionary(g => g.Id, g => pack.Start(g.VisitEvery!.Value.Before(pack.Day(asOf.AddTicks(-1)))));

    public ImmutableArray<string> Groups => [.. _dueBefore.Keys];

    /// <returns>Null when none of the groups that the person may know has a rhythm.</returns>
    public DateTimeOffset? DueBefore(PersonId person, AreaNode area, IEnumerable<string> groups)
    {
        DateTimeOffset? due = null;
        foreach (var group in groups)
            if (_dueBefore.TryGetValue(group, out var before) && pack.MayReadGroup(person, area, group) && !(before <= due))
                due = before;
        return due;
    }
}
