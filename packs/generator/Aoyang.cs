using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// 鳌阳镇, the seat of 寿宁县. Published are its four levels of 1, 11, 42 and 170 areas. The town, its nine communities and its two
/// villages are real; the two levels below are numbered and shared out evenly.
/// </summary>
static class Aoyang
{
    public const int Sections = 42;
    public const int Grids = 170;

    public static PackDraft Draft(IReadOnlyList<Town> divisions)
    {
        var draft = new PackDraft(Box.Degrees(119.46m, 27.41m, 119.56m, 27.50m));
        var source = divisions.Single();
        var town = draft.Add(new AreaRow(source.Division.Code, source.Division.Name, "town", null, "town", false));
        var villages = source
            .Villages.Select(v =>
                draft.Add(new AreaRow(v.Code, v.Name, "village", town.Code, v.IsUrban ? "urban" : "rural", false, v.Original))
            )
            .ToList();
        var perVillage = Share(Sections, villages.Count);
        var sections = villages
            .SelectMany((v, i) => draft.AddNumbered(v, perVillage[i], "section", n => $"{v.Code}-P{n}", "片区"))
            .ToList();
        var perSection = Share(Grids, sections.Count);
        var before = new Dictionary<string, int>();
        foreach (var (section, i) in sections.Select((s, i) => (s, i)))
        {
            // Grids are numbered through the community, as the 15-digit grid code has it.
            var village = section.Parent!;
            var first = before.GetValueOrDefault(village) + 1;
            before[village] = first + perSection[i] - 1;
            var name = villages.Single(v => v.Code == village).Name;
            for (var n = first; n <= before[village]; n++)
                draft.Add(new AreaRow($"{village}{Padded(n, 3)}", $"{name}第{Chinese(n)}网格", "grid", section.Code, "", true));
        }
        AoyangPeople.Appoint(draft);
        return draft;
    }
}
