using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// 澄潭江镇 with its six levels. Published are 203 neighbourhoods and 1,253 grid stewards, read as one steward for each of 1,253 micro-grids.
/// The villages are real. How many party branches and grids there are is not published. Three branches a village and two grids a branch
/// give neighbourhoods of about 80 households and micro-grids of about 14; the published range is 50 to 100 households a neighbourhood.
/// </summary>
static class Chengtanjiang
{
    public const int Neighbourhoods = 203;
    public const int MicroGrids = 1253;
    const int BranchesPerVillage = 3;
    const int GridsPerBranch = 2;

    public static PackDraft Draft(IReadOnlyList<Town> divisions)
    {
        var draft = new PackDraft(Box.Degrees(113.78m, 27.93m, 113.95m, 28.06m));
        var source = divisions.Single();
        var town = draft.Add(new AreaRow(source.Division.Code, source.Division.Name, "town", null, "town", false));
        var villages = source
            .Villages.Select(v => draft.Add(new AreaRow(v.Code, v.Name, "village", town.Code, "village", false, v.Original)))
            .ToList();
        var branches = villages
            .SelectMany(v => draft.AddNumbered(v, BranchesPerVillage, "branch", n => $"{v.Code}-Z{n}", "党支部"))
            .ToList();
        var grids = new List<AreaRow>();
        foreach (var (branch, i) in branches.Select((b, i) => (b, i)))
        {
            // Grids are numbered through the village, as the 15-digit grid code has it.
            var before = i % BranchesPerVillage * GridsPerBranch;
            for (var n = before + 1; n <= before + GridsPerBranch; n++)
                grids.Add(
                    draft.Add(
                        new AreaRow(
                            $"{branch.Parent}{Padded(n, 3)}",
                            $"{VillageName(branch)}第{Chinese(n)}网格",
                            "grid",
                            branch.Code,
                            "",
                            true
                        )
                    )
                );
        }
        var perGrid = Share(Neighbourhoods, grids.Count);
        var neighbourhoods = grids
            .SelectMany((g, i) => draft.AddNumbered(g, perGrid[i], "neighbourhood", n => $"{g.Code}{Padded(n, 2)}", "小区"))
            .ToList();
        var perNeighbourhood = Share(MicroGrids, neighbourhoods.Count);
        foreach (var (neighbourhood, i) in neighbourhoods.Select((a, i) => (a, i)))
            draft.AddNumbered(neighbourhood, perNeighbourhood[i], "micro-grid", n => $"{neighbourhood.Code}{Padded(n, 2)}", "微网格");
        ChengtanjiangPeople.Appoint(draft);
        return draft;
    }

    static string VillageName(AreaRow branch) => branch.Name[..branch.Name.IndexOf('第', StringComparison.Ordinal)];
}
