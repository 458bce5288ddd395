using GridActors.Generator;

namespace GridActors.Simulator.Households;

/// <summary>
/// Who is in which special group, and whose certificates lapse when, at rates that are plausible for a county: one resident of fifty has a
/// disability certificate, one of 250 a severe mental illness. Only what the pack has is given to anybody.
/// </summary>
/// <param name="asOf">The day around which certificates lapse.</param>
sealed class Groups(PackFolder pack, DateOnly asOf)
{
    const int Child = 16;
    const int Youth = 6;
    const int YouthEnds = 26;
    const int TenThousand = 10_000;

    /// <summary>Of ten thousand adults, how many are in a group.</summary>
    static readonly (string Group, int Rate)[] OfAdults =
    [
        ("released", 15),
        ("corrections", 5),
        ("mental-illness", 40),
        ("drug-user", 12),
        ("hiv-risk", 2),
        ("petitioner", 5),
    ];

    public (IReadOnlyList<string> Groups, IReadOnlyDictionary<string, DateOnly> Certificates) Of(
        Member member,
        string kind,
        in HouseholdTraits household,
        ref Draw draw
    )
    {
        var groups = new List<string>();
        var certificates = new Dictionary<string, DateOnly>();
        if (member.Age >= Family.Elder)
        {
            if (household.Size == 1)
                Add("elder-alone");
            if (household.Size == 1 && draw.Next(TenThousand) < 300)
                Add("extreme-poverty");
            if (draw.Next(10) < 7)
                Lapses("health-check", -20, 360, ref draw);
        }
        if (member.Age < Child && household.IsLeftBehind)
            Add("left-behind-child");
        if (member.Age < Child && draw.Next(TenThousand) < 40)
            Add("child-in-need");
        // A certificate of a disability is valid for ten years.
        if (draw.Next(TenThousand) < (member.Age >= 60 ? 500 : 150))
        {
            Add("disabled");
            Lapses("disability", -30, 3650, ref draw);
        }
        if (household.IsLowIncome)
            Add("low-income");
        if (household.IsLowIncome && member.Relation == Family.Head)
            Lapses("low-income-review", -10, 360, ref draw);
        if (household.IsWatched && member.Relation == Family.Head)
            Add("poverty-watch");
        if (kind == "migrant")
        {
            Add("migrant");
            if (member.Age >= Child)
                Lapses("residence-permit", -15, 360, ref draw);
        }
        if (!member.IsWoman && member.Age is > 22 and < 85 && draw.Next(TenThousand) < 250)
            Add("veteran");
        if (member.Age is >= Family.Adult and < 80)
            foreach (var (group, rate) in OfAdults)
                if (draw.Next(TenThousand) < rate)
                    Add(group);
        if (member.Age is >= Youth and < YouthEnds && draw.Next(TenThousand) < 25)
            Add("at-risk-youth");
        return (groups, certificates);

        void Add(string group)
        {
            if (pack.Groups.ContainsKey(group))
                groups.Add(group);
        }

        void Lapses(string certificate, int from, int to, ref Draw draw)
        {
            var day = asOf.AddDays(from + draw.Next(to - from));
            if (pack.Certificates.ContainsKey(certificate))
                certificates[certificate] = day;
        }
    }
}

/// <param name="IsLeftBehind">The parents work elsewhere, and the children live with their grandparents.</param>
/// <param name="IsWatched">It is watched for falling back into poverty.</param>
/// <param name="Home">Where migrants are registered.</param>
readonly record struct HouseholdTraits(int Size, bool IsMigrant, bool IsLeftBehind, bool IsLowIncome, bool IsWatched, string Home);
