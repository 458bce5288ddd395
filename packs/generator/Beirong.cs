using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// 北溶乡 under its county, 沅陵县, whose leaders decide the hardest cases. Published are 14 villages, 60 grids and 120 micro-grids. The
/// county, the township and the villages are real. Grids and micro-grids are shared out evenly: four or five grids a village, two
/// micro-grids a grid.
/// </summary>
static class Beirong
{
    public const int Grids = 60;
    public const int MicroGrids = 120;

    public static PackDraft Draft(IReadOnlyList<Town> divisions)
    {
        var draft = new PackDraft(Box.Degrees(110.55m, 28.44m, 110.78m, 28.62m));
        var source = divisions.Single();
        var county = draft.Add(new AreaRow("431222", "沅陵县", "county", null, "", false));
        var town = draft.Add(new AreaRow(source.Division.Code, source.Division.Name, "town", county.Code, "township", false));
        var villages = source
            .Villages.Select(v => draft.Add(new AreaRow(v.Code, v.Name, "village", town.Code, "village", false, v.Original)))
            .ToList();
        var perVillage = Share(Grids, villages.Count);
        var grids = villages
            .SelectMany((v, i) => draft.AddNumbered(v, perVillage[i], "grid", n => $"{v.Code}{Padded(n, 3)}", "网格"))
            .ToList();
        var perGrid = Share(MicroGrids, grids.Count);
        foreach (var (grid, i) in grids.Select((g, i) => (g, i)))
            draft.AddNumbered(grid, perGrid[i], "micro-grid", n => $"{grid.Code}{Padded(n, 2)}", "微网格");
        BeirongPeople.Appoint(draft);
        return draft;
    }
}
