using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// Who holds which post in 北溶乡. Published: 60 grid heads, 120 micro-grid workers, 193 neighbour heads, and 67 workers with another public
/// post (forest ranger, cleaner, geological-hazard watcher). Decided here: one or two neighbour heads a micro-grid; the 67 are micro-grid
/// workers, four or five a village, who take the three posts in turn and hold them for their village.
/// </summary>
static class BeirongPeople
{
    public const int NeighbourHeads = 193;
    public const int WorkersWithPublicPosts = 67;

    /// <summary>Duty desks of the county's departments, as <c>desk-*</c> of pack.yaml.</summary>
    static readonly string[] Desks =
    [
        "transport",
        "water-resources",
        "emergency",
        "natural-resources",
        "forestry",
        "agriculture",
        "housing",
        "civil-affairs",
        "education",
        "medical-insurance",
        "labour",
        "health",
        "environment",
        "police",
        "justice",
        "petitions",
        "power",
        "telecom",
    ];

    static readonly string[] LeadersInCharge = ["governance", "safety", "agriculture", "livelihood"];

    /// <summary>Heads of the township's stations, as <c>station-*</c> of pack.yaml.</summary>
    static readonly string[] Stations =
    [
        "emergency",
        "roads",
        "natural-resources",
        "forestry",
        "water",
        "agriculture",
        "social-affairs",
        "governance",
        "police",
        "justice",
        "power",
        "health",
        "school",
    ];

    static readonly string[] PublicPosts = ["forest-ranger", "hazard-watcher", "cleaner"];

    public static void Appoint(PackDraft draft)
    {
        var byLevel = draft.Areas.ToLookup(a => a.Level);
        County(draft, byLevel["county"].Single());
        Township(draft, byLevel["town"].Single());
        var number = 0;
        foreach (var village in byLevel["village"])
        {
            var n = Padded(++number, 2);
            draft.HoldNew(village, "village-secretary", $"br-v-{n}");
            draft.HoldNew(village, "village-clerk", $"br-k-{n}");
            draft.HoldNew(village, "service-agent", $"br-a-{n}");
            draft.HoldNew(village, "village-cadre", $"br-c-{n}");
            draft.HoldNew(village, "work-team", $"br-t-{n}");
        }
        number = 0;
        foreach (var grid in byLevel["grid"])
            draft.HoldNew(grid, "grid-head", $"br-g-{Padded(++number, 2)}");
        var microGrids = byLevel["micro-grid"].ToList();
        Neighbours(draft, microGrids);
        OtherPosts(draft, byLevel["village"], microGrids);
    }

    static void County(PackDraft draft, AreaRow county)
    {
        draft.HoldNew(county, "county-leader", "br-county-leader");
        draft.HoldNew(county, "county-director", "br-county-director");
        for (var n = 1; n <= 2; n++)
            draft.HoldNew(county, "county-dispatcher", $"br-county-{n}");
        foreach (var desk in Desks)
            draft.HoldNew(county, $"desk-{desk}", $"br-desk-{desk}");
        draft.Hold(county, "police-contact", "br-desk-police");
    }

    static void Township(PackDraft draft, AreaRow town)
    {
        draft.HoldNew(town, "town-secretary", "br-secretary");
        draft.HoldNew(town, "town-mayor", "br-mayor");
        draft.HoldNew(town, "centre-director", "br-centre-director");
        for (var n = 1; n <= 2; n++)
            draft.HoldNew(town, "centre-dispatcher", $"br-centre-{n}");
        foreach (var leader in LeadersInCharge)
            draft.HoldNew(town, $"leader-{leader}", $"br-leader-{leader}");
        foreach (var station in Stations)
            draft.HoldNew(town, $"station-{station}", $"br-station-{station}");
        draft.Hold(town, "police-contact", "br-station-police");
    }

    static void Neighbours(PackDraft draft, List<AreaRow> microGrids)
    {
        var shares = Share(NeighbourHeads, microGrids.Count);
        var neighbour = 0;
        for (var i = 0; i < microGrids.Count; i++)
        {
            draft.HoldNew(microGrids[i], "micro-grid-worker", Worker(i));
            for (var n = 1; n <= shares[i]; n++)
                draft.HoldNew(microGrids[i], "neighbour-head", $"br-n-{Padded(++neighbour, 3)}");
        }
    }

    static void OtherPosts(PackDraft draft, IEnumerable<AreaRow> villages, List<AreaRow> microGrids)
    {
        var all = villages.ToList();
        var shares = Share(WorkersWithPublicPosts, all.Count);
        for (var v = 0; v < all.Count; v++)
        {
            var workers = Enumerable
                .Range(0, microGrids.Count)
                .Where(i => microGrids[i].Code.StartsWith(all[v].Code, StringComparison.Ordinal))
                .Take(shares[v]);
            foreach (var (worker, i) in workers.Select((w, i) => (w, i)))
                draft.Hold(all[v], PublicPosts[i % PublicPosts.Length], Worker(worker));
        }
    }

    static string Worker(int microGrid) => $"br-w-{Padded(microGrid + 1, 3)}";
}
