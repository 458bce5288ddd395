using GridActors.Domain.Packs;

namespace GridActors.Domain.Staff;

public enum StaffChangeKind
{
    /// <summary>A person gets a post in an area.</summary>
    Appoint,

    /// <summary>A person gives up one post, to a successor or to nobody.</summary>
    End,

    /// <summary>A person leaves: all their posts end, and a successor takes them over where one is named.</summary>
    Leave,
}

/// <summary>A change of who holds which post, from a day on.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="Name">The name of somebody who isn't in the pack yet; null for others.</param>
/// <param name="Area">The area's code; null for somebody who leaves.</param>
/// <param name="Post">The post's id; null for somebody who leaves.</param>
/// <param name="Successor">
/// Who takes over: the id of somebody in the pack. Null: the cases go to whoever the pack names without the person.
/// </param>
/// <param name="On">The first day on which it holds, at the place.</param>
public sealed record StaffChange(
    Guid Id,
    StaffChangeKind Kind,
    string Person,
    string? Name,
    string? Area,
    string? Post,
    string? Successor,
    DateOnly On
)
{
    /// <summary>What it changes, for the history of the pack's versions.</summary>
    public string Describe(LoadedPack pack)
    {
        var name = pack.People.GetValueOrDefault(Person)?.Name ?? Name ?? Person;
        var area = Area is null ? "" : pack.Areas.GetValueOrDefault(Area)?.Name ?? Area;
        var post = pack.Pack.Posts.FirstOrDefault(p => p.Id == Post)?.Name ?? Post;
        var successor = Successor is null ? "" : $"，由{pack.People.GetValueOrDefault(Successor)?.Name ?? Successor}接任";
        return Kind switch
        {
            StaffChangeKind.Appoint => $"{name}任{area}{post}",
            StaffChangeKind.End => $"{name}不再任{area}{post}{successor}",
            _ => $"{name}离岗{successor}",
        };
    }
}

/// <summary>A post of an area's level that nobody holds there, though it is held in other areas of that level.</summary>
public sealed record Vacancy(AreaNode Area, Post Post);

/// <summary>Finds vacant posts.</summary>
public static class Vacancies
{
    /// <param name="root">In it and below.</param>
    public static IEnumerable<Vacancy> In(LoadedPack pack, AreaNode root)
    {
        var usual = pack
            .Areas.Values.SelectMany(a => a.Holders.Select(h => (Level: a.Level.Id, h.Post)))
            .Distinct()
            .ToLookup(h => h.Level, h => h.Post);
        foreach (var area in pack.Areas.Values.Where(root.Contains).OrderBy(a => a.Left))
        foreach (var post in usual[area.Level.Id])
            if (!area.HasHolder(post.Id))
                yield return new(area, post);
    }
}
