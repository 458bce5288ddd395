using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;

namespace GridActors.Domain.GridCards;

/// <summary>Whom residents of an area turn to.</summary>
/// <param name="Post">The post for which they stand on the card; of who stands in, the post of whoever they stand in for.</param>
/// <param name="StandsIn">They stand in for a holder who is on leave.</param>
public sealed record CardHolder(PersonId Person, Post Post, AreaNode Area, bool StandsIn)
{
    /// <summary>More than that on one card help nobody.</summary>
    public const int Max = 8;

    /// <summary>
    /// The holders of the posts that are linked to the area's households, nearest to it; where the pack links none, of the first post that
    /// is held at or above the area. Who is on leave isn't named: their deputy is, in their place.
    /// </summary>
    public static IReadOnlyList<CardHolder> Of(LoadedPack pack, AreaNode area, DateTimeOffset at)
    {
        var found = new List<CardHolder>();
        foreach (var holder in Named(pack, area))
            if (pack.Leaves.Of(holder.Person, at) is { } leave)
                found.AddRange(StandIns(pack, leave, at, [holder.Person]).Select(p => holder with { Person = p, StandsIn = true }));
            else
                found.Add(holder);
        return [.. found.OrderBy(h => h.StandsIn).DistinctBy(h => h.Person).OrderByDescending(h => h.Area.Left).Take(Max)];
    }

    /// <summary>Everybody who would stand on the card of an area if nobody were away.</summary>
    public static IEnumerable<CardHolder> Named(LoadedPack pack, AreaNode area)
    {
        var linked = pack.Pack.Households?.LinkedPosts ?? [];
        foreach (var id in linked)
            if (LoadedPack.NearestArea(id, null, area) is { } at)
                foreach (var (post, person) in at.Holders.Where(h => h.Post.Id == id))
                    yield return new(person, post, at, false);
        if (!linked.IsEmpty || area.Upwards().FirstOrDefault(a => a.Holders.Count > 0) is not { } held)
            yield break;
        var first = pack.Pack.Posts.First(p => held.HasHolder(p.Id));
        foreach (var (post, person) in held.Holders.Where(h => h.Post == first))
            yield return new(person, post, held, false);
    }

    /// <summary>Who stands in, or, while they are away themselves, who stands in for them; nobody where a chain of deputies ends.</summary>
    static IEnumerable<PersonId> StandIns(LoadedPack pack, Leave leave, DateTimeOffset at, HashSet<PersonId> seen)
    {
        foreach (var deputy in Deputies.Of(pack, leave))
            if (!seen.Add(deputy))
                continue;
            else if (pack.Leaves.Of(deputy, at) is { } theirs)
                foreach (var further in StandIns(pack, theirs, at, seen))
                    yield return further;
            else
                yield return deputy;
    }
}
