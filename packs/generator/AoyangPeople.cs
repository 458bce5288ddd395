using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <summary>
/// Who holds which post in 鳌阳镇. Published: 109 committee members and 114 recruited full-time workers, all of them grid workers. Decided
/// here: the full-time workers have a grid each, and the committee members take the grids without one, then stand beside a full-time
/// worker; and who is on duty in a community when its office is closed.
/// </summary>
static class AoyangPeople
{
    public const int CommitteeMembers = 109;
    public const int FullTimeWorkers = 114;

    static readonly string[] LeadersInCharge = ["governance", "safety", "construction", "environment", "livelihood"];

    /// <summary>Heads of the town's offices, as <c>station-*</c> of pack.yaml.</summary>
    static readonly string[] Stations =
    [
        "emergency",
        "enforcement",
        "construction",
        "environment",
        "sanitation",
        "social-affairs",
        "governance",
        "police",
        "justice",
        "market",
        "power",
        "water",
        "gas",
        "health",
        "labour",
    ];

    public static void Appoint(PackDraft draft)
    {
        var byLevel = draft.Areas.ToLookup(a => a.Level);
        TownOffices(draft, byLevel["town"].Single());
        var number = 0;
        foreach (var village in byLevel["village"])
        {
            var n = Padded(++number, 2);
            draft.HoldNew(village, "community-secretary", $"ay-v-{n}");
            draft.HoldNew(village, "community-desk", $"ay-k-{n}");
            draft.HoldNew(village, "service-agent", $"ay-a-{n}");
            draft.HoldNew(village, "repairer", $"ay-r-{n}");
            draft.HoldNew(village, "community-police", $"ay-p-{n}");
            NightDuty(draft, village, [$"ay-v-{n}", $"ay-k-{n}", $"ay-a-{n}", $"ay-r-{n}"]);
        }
        number = 0;
        foreach (var section in byLevel["section"])
            draft.HoldNew(section, "section-head", $"ay-s-{Padded(++number, 2)}");
        GridWorkers(draft, [.. byLevel["grid"]]);
    }

    /// <summary>Four people take the nights of the week in turn; on Saturdays and Sundays the duty has 24 hours.</summary>
    static void NightDuty(PackDraft draft, AreaRow village, string[] people)
    {
        string[] days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        for (var i = 0; i < days.Length; i++)
            draft.OnDuty(new("night-duty", village.Code, people[i % people.Length], "2022-01-01", days[i], i < 5 ? "" : "08:00", ""));
    }

    static void TownOffices(PackDraft draft, AreaRow town)
    {
        draft.HoldNew(town, "town-secretary", "ay-secretary");
        draft.HoldNew(town, "town-mayor", "ay-mayor");
        draft.HoldNew(town, "centre-director", "ay-centre-director");
        for (var n = 1; n <= 3; n++)
            draft.HoldNew(town, "centre-dispatcher", $"ay-centre-{n}");
        foreach (var leader in LeadersInCharge)
            draft.HoldNew(town, $"leader-{leader}", $"ay-leader-{leader}");
        foreach (var station in Stations)
            draft.HoldNew(town, $"station-{station}", $"ay-station-{station}");
    }

    static void GridWorkers(PackDraft draft, AreaRow[] grids)
    {
        var fullTime = Share(FullTimeWorkers, grids.Length);
        var pairs = new Queue<int>(Share(CommitteeMembers - (grids.Length - FullTimeWorkers), FullTimeWorkers));
        var (member, worker) = (0, 0);
        for (var i = 0; i < grids.Length; i++)
        {
            var isFullTime = fullTime[i] == 1;
            if (isFullTime)
                draft.HoldNew(grids[i], "grid-worker", $"ay-w-{Padded(++worker, 3)}", "full-time");
            if (!isFullTime || pairs.Dequeue() == 1)
                draft.HoldNew(grids[i], "grid-worker", $"ay-m-{Padded(++member, 3)}", "committee-member");
        }
    }
}
