using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// Who holds which post in 澄潭江镇. Published: an instructor and a head at every level, 203 neighbourhood heads, 1,253 stewards. Decided here:
/// the head of a neighbourhood is its 小区主任 and the head of a micro-grid its 网格管家; below the village the instructor is the head of the next
/// higher level, so that the two are different people. A village's instructor is a town cadre sent to it, and a branch's is one of the
/// village's cadres.
/// </summary>
static class ChengtanjiangPeople
{
    static readonly string[] LeadersInCharge = ["safety", "construction", "environment", "agriculture", "livelihood", "governance"];

    static readonly string[] Stations =
    [
        "emergency",
        "enforcement",
        "construction",
        "environment",
        "agriculture",
        "social-affairs",
        "governance",
        "party",
        "justice",
        "police",
        "market",
        "power",
        "water",
        "health",
    ];

    static readonly string[] Lines =
    [
        "illegal-production",
        "fireworks",
        "fire-safety",
        "road-safety",
        "illegal-building",
        "forest-fire",
        "river",
        "living-environment",
        "disputes",
        "disabled",
        "welfare",
        "migrants",
        "talk-hall",
        "flood",
        "labour",
    ];

    public static void Appoint(PackDraft draft)
    {
        var byLevel = draft.Areas.ToLookup(a => a.Level);
        var heads = new Dictionary<string, string>();
        TownOffices(draft, byLevel["town"].Single());

        var number = 0;
        foreach (var village in byLevel["village"])
        {
            var n = Padded(++number, 2);
            draft.HoldNew(village, "instructor", $"ct-i-{n}");
            heads[village.Code] = draft.Person($"ct-v-{n}");
            draft.Hold(village, "grid-head", heads[village.Code]);
            draft.HoldNew(village, "village-clerk", $"ct-k-{n}");
            draft.HoldNew(village, "service-agent", $"ct-a-{n}");
            draft.HoldNew(village, "talk-hall-host", $"ct-h-{n}");
        }
        number = 0;
        foreach (var branch in byLevel["branch"])
        {
            var n = Padded(++number, 2);
            draft.HoldNew(branch, "instructor", $"ct-c-{n}");
            heads[branch.Code] = draft.Person($"ct-b-{n}");
            draft.Hold(branch, "grid-head", heads[branch.Code]);
        }
        Pairs(draft, byLevel["grid"], heads, "ct-g-", 2, null);
        Pairs(draft, byLevel["neighbourhood"], heads, "ct-n-", 3, "neighbourhood-head");
        Pairs(draft, byLevel["micro-grid"], heads, "ct-s-", 4, "grid-steward");
    }

    static void TownOffices(PackDraft draft, AreaRow town)
    {
        draft.HoldNew(town, "instructor", "ct-secretary");
        draft.HoldNew(town, "grid-head", "ct-mayor");
        draft.HoldNew(town, "centre-director", "ct-centre-director");
        for (var n = 1; n <= 3; n++)
            draft.HoldNew(town, "centre-dispatcher", $"ct-centre-{n}");
        foreach (var leader in LeadersInCharge)
            draft.HoldNew(town, $"leader-{leader}", $"ct-leader-{leader}");
        foreach (var station in Stations)
            draft.HoldNew(town, $"station-{station}", $"ct-station-{station}");
        foreach (var line in Lines)
            draft.HoldNew(town, $"line-{line}", $"ct-line-{line}");
    }

    /// <summary>
    /// Appoints the head of the next higher level as instructor. The area's head also holds the post that is particular to the level.
    /// </summary>
    static void Pairs(
        PackDraft draft,
        IEnumerable<AreaRow> areas,
        Dictionary<string, string> heads,
        string prefix,
        int width,
        string? ownPost
    )
    {
        var number = 0;
        foreach (var area in areas)
        {
            var head = heads[area.Code] = draft.Person($"{prefix}{Padded(++number, width)}");
            draft.Hold(area, "instructor", heads[area.Parent!]);
            draft.Hold(area, "grid-head", head);
            if (ownPost is not null)
                draft.Hold(area, ownPost, head);
        }
    }
}
