namespace GridActors.Generator;

/// <summary>The packs whose tables are generated. <c>pack.yaml</c> and <c>catalogue.yaml</c> are written by hand, not generated.</summary>
static class PackSet
{
    public static IReadOnlyList<(string Id, PackDraft Draft)> Generate(string dataFolder, string packsFolder)
    {
        var divisions = Path.Combine(dataFolder, "divisions");
        (string, PackDraft)[] packs =
        [
            ("liling", Liling.Draft(Divisions.Read(Path.Combine(divisions, "430281_liling_2021.csv")))),
            ("chengtanjiang", Chengtanjiang.Draft(Divisions.Read(Path.Combine(divisions, "town_430181121_chengtanjiang_2021.csv")))),
            ("beirong", Beirong.Draft(Divisions.Read(Path.Combine(divisions, "town_431222251_beirong_2021.csv")))),
            ("aoyang", Aoyang.Draft(Divisions.Read(Path.Combine(divisions, "town_350924100_aoyang_2021.csv")))),
        ];
        foreach (var (id, draft) in packs)
            PackWriter.Write(draft, Path.Combine(packsFolder, id));
        return packs;
    }
}
