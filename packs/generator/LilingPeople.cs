using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// Who holds which post in 醴陵市. Published: the posts, and one worker a grid, full-time in urban grids and part-time in rural ones.
/// Decided here: the grid heads are cadres of the village committee, who take its grids in turn. A village has one supervisor (a cadre sent
/// by the town), one mediator and one police officer for all its grids. Party-group and liaison heads live in their grid. In the country
/// one patroller serves the village, and the liaison head is the information officer too.
/// </summary>
static class LilingPeople
{
    /// <summary>Duty desks of the city's departments, two people each, as <c>desk-*</c> of pack.yaml.</summary>
    static readonly string[] Desks =
    [
        "urban-management",
        "digital-city",
        "sanitation",
        "parks",
        "emergency",
        "fire",
        "police",
        "traffic-police",
        "civil-affairs",
        "water-resources",
        "transport",
        "power",
        "water-supply",
        "gas",
        "housing",
        "natural-resources",
        "environment",
        "labour",
        "market",
        "agriculture",
        "forestry",
        "health",
        "justice",
        "petitions",
        "medical-insurance",
        "disabled",
        "education",
        "government-services",
        "hotline",
    ];

    /// <summary>Heads of the stations of every town and street, as <c>station-*</c> of pack.yaml.</summary>
    static readonly string[] Stations =
    [
        "enforcement",
        "emergency",
        "police",
        "social-affairs",
        "agriculture",
        "construction",
        "environment",
        "justice",
        "governance",
        "market",
        "power",
        "water",
        "health",
    ];

    const int CadresPerVillage = 3;

    public static void Appoint(PackDraft draft)
    {
        var byLevel = draft.Areas.ToLookup(a => a.Level);
        var grids = byLevel["grid"].ToLookup(a => a.Parent!);
        City(draft, byLevel["city"].Single());
        var number = 0;
        foreach (var district in byLevel["district"])
        {
            draft.HoldNew(district, "first-responsible", $"ll-lead-p{++number}");
            draft.HoldNew(district, "district-liaison", $"ll-liaison-p{number}");
        }
        foreach (var town in byLevel["town"])
            TownOffices(draft, town);

        var grid = 0;
        number = 0;
        foreach (var village in byLevel["village"])
            VillageAndGrids(draft, village, [.. grids[village.Code]], ++number, ref grid);
    }

    static void City(PackDraft draft, AreaRow city)
    {
        draft.HoldNew(city, "first-responsible", "ll-lead-city");
        draft.HoldNew(city, "centre-director", "ll-centre-director");
        for (var n = 1; n <= 4; n++)
            draft.HoldNew(city, "centre-dispatcher", $"ll-centre-{n}");
        foreach (var desk in Desks)
            for (var n = 1; n <= 2; n++)
                draft.HoldNew(city, $"desk-{desk}", $"ll-desk-{desk}-{n}");
        draft.Hold(city, "police-contact", "ll-desk-police-1");
        draft.Hold(city, "police-contact", "ll-desk-police-2");
    }

    static void TownOffices(PackDraft draft, AreaRow town)
    {
        var suffix = town.Code[6..];
        draft.HoldNew(town, "first-responsible", $"ll-lead-t{suffix}");
        draft.HoldNew(town, "deputy-leader", $"ll-t{suffix}-deputy");
        draft.HoldNew(town, "town-dispatcher", $"ll-t{suffix}-centre");
        foreach (var station in Stations)
            draft.HoldNew(town, $"station-{station}", $"ll-t{suffix}-{station}");
        draft.Hold(town, "police-contact", $"ll-t{suffix}-police");
    }

    static void VillageAndGrids(PackDraft draft, AreaRow village, AreaRow[] grids, int number, ref int grid)
    {
        var n = Padded(number, 3);
        draft.HoldNew(village, "first-responsible", $"ll-v-{n}");
        draft.HoldNew(village, "village-clerk", $"ll-k-{n}");
        var cadres = Enumerable.Range(1, CadresPerVillage).Take(grids.Length).Select(c => draft.Person($"ll-c-{n}-{c}")).ToArray();
        draft.Hold(village, "service-agent", cadres[^1]);
        var supervisor = draft.Person($"ll-s-{n}");
        var mediator = draft.Person($"ll-m-{n}");
        var officer = draft.Person($"ll-p-{n}");
        var urban = village.Kind == "urban";
        var villagePatroller = urban ? null : draft.Person($"ll-x-{n}");

        for (var i = 0; i < grids.Length; i++)
        {
            var g = Padded(++grid, 4);
            draft.HoldNew(grids[i], "grid-worker", $"ll-w-{g}", urban ? "full-time" : "part-time");
            draft.Hold(grids[i], "grid-head", cadres[i % cadres.Length]);
            draft.HoldNew(grids[i], "party-group-head", $"ll-g-{g}");
            var liaison = draft.Person($"ll-l-{g}");
            draft.Hold(grids[i], "liaison-head", liaison);
            draft.Hold(grids[i], "supervisor", supervisor);
            draft.Hold(grids[i], "mediator", mediator);
            draft.Hold(grids[i], "grid-police", officer);
            draft.Hold(grids[i], "police-contact", officer);
            draft.Hold(grids[i], "patroller", villagePatroller ?? draft.Person($"ll-x-{n}-{i + 1}"));
            draft.Hold(grids[i], "information-officer", urban ? draft.Person($"ll-i-{g}") : liaison);
        }
    }
}
