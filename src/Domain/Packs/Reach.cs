using System.Collections.Immutable;
using GridActors.Contracts.People;

namespace GridActors.Domain.Packs;

/// <summary>Whom a category reaches, over all areas of a pack.</summary>
/// <param name="ByRules">In how many areas its rules find somebody.</param>
/// <param name="ByNextLevel">In how many they find nobody, so that the next level up has the case.</param>
/// <param name="ByFallback">In how many there is none either, so that the fallback post has it.</param>
/// <param name="FallsFrom">One of these areas; null when there is none.</param>
/// <param name="Differing">In how many areas other people are reached than by the version it is compared with.</param>
public sealed record CategoryReach(Category Category, int ByRules, int ByNextLevel, int ByFallback, AreaNode? FallsFrom, int Differing);

/// <summary>Answers "who would be reached from every area?"</summary>
public static class Reach
{
    /// <param name="before">The version in force, for the comparison.</param>
    /// <param name="at">When: rules can name times of the day and duty rotas.</param>
    public static IEnumerable<CategoryReach> Of(LoadedPack pack, LoadedPack? before, DateTimeOffset at)
    {
        foreach (var category in pack.Pack.Categories)
        {
            var (byRules, byNextLevel, byFallback, differing) = (0, 0, 0, 0);
            AreaNode? fallsFrom = null;
            foreach (var area in pack.Areas.Values)
            {
                if (pack.NearestHolders(category, area, at).Any())
                    byRules++;
                else if (pack.NextLevel(category, area) is not null)
                    byNextLevel++;
                else
                {
                    byFallback++;
                    fallsFrom ??= area;
                }
                if (before is not null && Differs(pack, before, category, area, at))
                    differing++;
            }
            yield return new(category, byRules, byNextLevel, byFallback, fallsFrom, differing);
        }
    }

    /// <summary>Where a category or an area is new, there is nothing to compare.</summary>
    static bool Differs(LoadedPack pack, LoadedPack before, Category category, AreaNode area, DateTimeOffset at) =>
        before.Categories.TryGetValue(category.Code, out var earlier)
        && before.Areas.TryGetValue(area.Code, out var place)
        && !AreSame(pack.Recipients(category, area, at), before.Recipients(earlier, place, at));

    static bool AreSame(ImmutableArray<PersonId> a, ImmutableArray<PersonId> b) => a.Length == b.Length && a.All(p => b.Contains(p));
}
