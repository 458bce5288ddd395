using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// 醴陵市 as published in 2019: 5, 24, 270, and 220 urban with 600 rural grids. Towns and villages are real; the five districts, which have
/// never been listed, and the grids are numbered. Who serves whom is decided in <see cref="LilingPeople"/>.
/// </summary>
static class Liling
{
    public const int UrbanGrids = 220;
    public const int RuralGrids = 600;
    const int Districts = 5;

    /// <summary>The development zone is not one of the published system's level-2 areas.</summary>
    const string DevelopmentZone = "430281400";

    /// <summary>
    /// 茶山镇转步口村. The list of 2021 has 271 villages and communities, the system of 2019 had 270, and nothing says which one is new: so the
    /// last of the list is left out.
    /// </summary>
    const string LeftOut = "430281134222";

    public static PackDraft Draft(IReadOnlyList<Town> divisions)
    {
        var draft = new PackDraft(Box.Degrees(113.15m, 27.37m, 113.75m, 27.98m));
        var towns = divisions
            .Where(t => t.Division.Code != DevelopmentZone)
            .Select(t => t with { Villages = [.. t.Villages.Where(v => v.Code != LeftOut)] })
            .ToList();
        var city = draft.Add(new AreaRow("430281", "醴陵市", "city", null, "", false));
        var villages = AddTowns(draft, city, towns);
        AddGrids(draft, villages, UrbanShares(villages).Concat(RuralShares(villages)).ToDictionary());
        LilingPeople.Appoint(draft);
        return draft;
    }

    static List<AreaRow> AddTowns(PackDraft draft, AreaRow city, List<Town> towns)
    {
        var villages = new List<AreaRow>();
        var sizes = Share(towns.Count, Districts);
        var next = 0;
        for (var d = 1; d <= Districts; d++)
        {
            var district = draft.Add(new AreaRow($"430281-P{d}", $"第{Chinese(d)}片区", "district", city.Code, "", true));
            foreach (var town in towns.GetRange(next, sizes[d - 1]))
            {
                var kind = town.Division.IsStreet ? "street" : "town";
                draft.Add(new AreaRow(town.Division.Code, town.Division.Name, "town", district.Code, kind, false));
                foreach (var village in town.Villages)
                    villages.Add(
                        draft.Add(
                            new AreaRow(
                                village.Code,
                                village.Name,
                                "village",
                                town.Division.Code,
                                village.IsUrban ? "urban" : "rural",
                                false,
                                village.Original
                            )
                        )
                    );
            }
            next += sizes[d - 1];
        }
        return villages;
    }

    /// <summary>Communities in the streets are denser than in the towns: each gets five grids, and the towns share the rest.</summary>
    static Dictionary<string, int> UrbanShares(List<AreaRow> villages)
    {
        const int perStreetCommunity = 5;
        var urban = villages.Where(v => v.Kind == "urban").ToLookup(v => v.Parent![6] == '0');
        var streets = urban[true].ToList();
        var towns = urban[false].ToList();
        var rest = Share(UrbanGrids - perStreetCommunity * streets.Count, towns.Count);
        var shares = streets.ToDictionary(v => v.Code, _ => perStreetCommunity);
        for (var i = 0; i < towns.Count; i++)
            shares[towns[i].Code] = rest[i];
        return shares;
    }

    static Dictionary<string, int> RuralShares(List<AreaRow> villages)
    {
        var rural = villages.Where(v => v.Kind == "rural").ToList();
        var shares = Share(RuralGrids, rural.Count);
        return rural.Select((v, i) => (v.Code, shares[i])).ToDictionary();
    }

    static void AddGrids(PackDraft draft, List<AreaRow> villages, Dictionary<string, int> shares)
    {
        foreach (var village in villages)
            for (var n = 1; n <= shares[village.Code]; n++)
                draft.Add(
                    new AreaRow(
                        $"{village.Code}{Padded(n, 3)}",
                        $"{village.Name}第{Chinese(n)}网格",
                        "grid",
                        village.Code,
                        village.Kind,
                        true
                    )
                );
    }
}
