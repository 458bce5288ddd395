using GridActors.Domain.Packs;

namespace GridActors.Domain.Scores;

/// <summary>Somebody who is scored, in the name of one of their posts.</summary>
public sealed record ScoredPerson(PersonEntry Entry, Post Post, AreaNode Area);

/// <summary>Who is scored.</summary>
public static class ScoredPeople
{
    /// <summary>Fewer would show what one of them has.</summary>
    public const int SmallestTeam = 5;

    /// <summary>By the lowest of the posts that the rules name, the first of several; null when they name none.</summary>
    public static ScoredPerson? Of(ScoreRuleSet rules, PersonEntry person)
    {
        ScoredPerson? lowest = null;
        foreach (var (post, area) in person.Posts)
            if (rules.Posts.Contains(post.Id) && (lowest is null || area.Upwards().Count() > lowest.Area.Upwards().Count()))
                lowest = new(person, post, area);
        return lowest;
    }

    /// <summary>Everybody who is scored in an area or below it, in the order of the tree.</summary>
    public static IReadOnlyList<ScoredPerson> In(LoadedPack pack, ScoreRuleSet rules, AreaNode area) =>
        [
            .. pack
                .People.Values.Select(p => Of(rules, p))
                .OfType<ScoredPerson>()
                .Where(p => area.Contains(p.Area))
                .OrderBy(p => p.Area.Left)
                .ThenBy(p => p.Entry.Id.Id, StringComparer.Ordinal),
        ];

    /// <summary>The nearest area above in which enough people are scored by the same post; null when there is none.</summary>
    public static (AreaNode Area, IReadOnlyList<ScoredPerson> People)? TeamOf(LoadedPack pack, ScoreRuleSet rules, ScoredPerson person)
    {
        foreach (var area in person.Area.Upwards().Skip(1))
            if (In(pack, rules, area).Where(p => p.Post.Id == person.Post.Id).ToList() is { Count: >= SmallestTeam } team)
                return (area, team);
        return null;
    }
}
