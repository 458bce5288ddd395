using GridActors.Generator;

namespace GridActors.Simulator.Households;

/// <param name="Number">Counts the areas that have people, from 0.</param>
/// <param name="Areas">How many of them there are.</param>
readonly record struct AreaPopulation(AreaLine Area, int Number, int Areas, int Households, int People);

/// <summary>How many households and people live in the lowest areas of a pack.</summary>
static class Population
{
    /// <summary>Published for 鳌阳镇.</summary>
    public const int AoyangHouseholds = 16_970;

    /// <summary>Published for 鳌阳镇.</summary>
    public const int AoyangPeople = 57_000;

    /// <summary>Published for 澄潭江镇.</summary>
    public const int ChengtanjiangPeople = 60_000;

    /// <summary>Chosen: a micro-grid of 14 households, so that a neighbourhood has about 86; 50 to 100 are published.</summary>
    public const int ChengtanjiangHouseholds = 14 * 1_253;

    /// <summary>Published for a grid of 醴陵市. With people in every grid the city would have more than it has.</summary>
    public const int LilingHouseholds = 560;

    /// <summary>Published for a grid of 醴陵市.</summary>
    public const int LilingPeople = 2_000;
    const int LilingEvery = 5;

    /// <summary>Chosen: 32 households a micro-grid.</summary>
    public const int BeirongHouseholds = 32 * 120;

    /// <summary>Chosen.</summary>
    public const int BeirongPeople = 13_200;

    const int OtherHouseholds = 12;
    const int OtherPeople = 40;

    public static IReadOnlyList<AreaPopulation> Of(PackFolder pack)
    {
        AreaLine[] leaves = [.. pack.Leaves];
        return pack.Id switch
        {
            "aoyang" => Shared(leaves, AoyangHouseholds, AoyangPeople),
            "chengtanjiang" => Shared(leaves, ChengtanjiangHouseholds, ChengtanjiangPeople),
            "beirong" => Shared(leaves, BeirongHouseholds, BeirongPeople),
            "liling" => Each([.. leaves.Where((_, i) => i % LilingEvery == 0)], LilingHouseholds, LilingPeople),
            _ => Each(leaves, OtherHouseholds, OtherPeople),
        };
    }

    static IReadOnlyList<AreaPopulation> Shared(AreaLine[] areas, int households, int people)
    {
        var (doors, heads) = (Numbers.Share(households, areas.Length), Numbers.Share(people, areas.Length));
        return [.. areas.Select((a, i) => new AreaPopulation(a, i, areas.Length, doors[i], heads[i]))];
    }

    static IReadOnlyList<AreaPopulation> Each(AreaLine[] areas, int households, int people) =>
        [.. areas.Select((a, i) => new AreaPopulation(a, i, areas.Length, households, people))];
}
