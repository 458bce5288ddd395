namespace GridActors.Browser.Tests;

/// <summary>The people and places of the pack that tests use.</summary>
static class Known
{
    public const string County = "430281";
    public const string District = "430281-P1";
    public const string Town = "430281002";
    public const string Village = "430281002007";
    public const string Grid = "430281002007001";

    public const string Leader = "ll-lead-city";
    public const string TownLeader = "ll-lead-t002";
    public const string Director = "ll-centre-director";
    public const string TownTeam = "ll-t002-enforcement";
    public const string Desk = "ll-desk-urban-management-1";
    public const string OtherDesk = "ll-desk-urban-management-2";
    public const string GridWorker = "ll-w-0001";

    /// <summary>The category is offered to the town's team and the county's two desks.</summary>
    public const string ManholeCover = "manhole-cover-missing";

    public static string NameOf(string person) => TestPacks.Liling.People.Single(p => p.Id == person).Name;

    /// <summary>No other case has it.</summary>
    public static string FreshTitle(string words) => $"{words} {Guid.NewGuid():N}"[..(words.Length + 9)];

    /// <summary>Reports a case in the known grid.</summary>
    /// <returns>The case's id.</returns>
    public static async Task<string> ReportCase(this Client reporter, string title, string category = ManholeCover, string area = Grid) =>
        (await reporter.Report(area, category, title)).Id;

    /// <summary>Registers a household of one person in a grid of the small pack.</summary>
    /// <returns>The household's id.</returns>
    public static async Task<string> RegisterHousehold(this Client worker, string name)
    {
        var body = new
        {
            area = "C-A1-1",
            fields = new { address = "解放街12号3栋" },
            residents = new[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new { name },
                },
            },
        };
        return (await worker.Post("/api/households", body, Client.NewKey())).Expect(201).Body.GetProperty("id").GetString()!;
    }
}
