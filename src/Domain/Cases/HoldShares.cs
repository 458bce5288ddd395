using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Cases;

/// <summary>How much working time the cases of an area lay with the holders of one post.</summary>
/// <param name="Post">
/// The post of the claimant over the place of the case; null while nobody had claimed it, or after it was settled.
/// </param>
/// <param name="Level">The level of the area of that post; for a case that waited, of the nearest post that it was offered to.</param>
/// <param name="Cases">How many cases lay there.</param>
public sealed record HoldShare(HoldKind Kind, string? Post, string? Level, int Cases, long Minutes);

/// <summary>Adds up who held the cases of an area: the minutes of all shares are the minutes of all holds.</summary>
public static class HoldShares
{
    /// <param name="cases">Each with its place; null where the pack has no such area any more.</param>
    public static ImmutableArray<HoldShare> Of(IEnumerable<(AreaNode? Place, ImmutableArray<CaseHold> Holds)> cases, LoadedPack pack)
    {
        var sums = new Dictionary<(HoldKind, string?, string?), (int Cases, long Minutes)>();
        foreach (var (place, holds) in cases)
        {
            foreach (var share in holds.Where(h => h.Minutes > 0).GroupBy(h => Where(h, place, pack)))
            {
                var (count, minutes) = sums.GetValueOrDefault(share.Key);
                sums[share.Key] = (count + 1, minutes + share.Sum(h => h.Minutes));
            }
        }
        return
        [
            .. sums.Select(s => new HoldShare(s.Key.Item1, s.Key.Item2, s.Key.Item3, s.Value.Cases, s.Value.Minutes))
                .OrderByDescending(s => s.Minutes)
                .ThenBy(s => s.Kind)
                .ThenBy(s => s.Post, StringComparer.Ordinal),
        ];
    }

    static (HoldKind, string?, string?) Where(CaseHold hold, AreaNode? place, LoadedPack pack)
    {
        if (place is null || hold.Kind == HoldKind.Settled)
            return (hold.Kind, null, null);
        if (hold.Claimant is { } claimant && hold.Kind != HoldKind.Waiting)
        {
            var held = pack.Person(claimant)?.PostOver(place);
            return (hold.Kind, held?.Post.Id, held?.Area.Level.Id);
        }
        return (hold.Kind, null, Nearest(hold.OfferedTo, place, pack)?.Level.Id);
    }

    /// <summary>Those who are nearest to the place are the first to take a case on.</summary>
    static AreaNode? Nearest(ImmutableArray<PersonId> people, AreaNode place, LoadedPack pack)
    {
        AreaNode? nearest = null;
        foreach (var person in people)
            if (pack.Person(person)?.PostOver(place) is { } held && (nearest is null || nearest.Contains(held.Area)))
                nearest = held.Area;
        return nearest;
    }
}
