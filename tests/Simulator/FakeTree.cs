namespace GridActors.Simulator.Tests;

/// <summary>A city with two villages of five grids each; lists come two to a page.</summary>
static class FakeTree
{
    const int Villages = 2;
    const int GridsPerVillage = 5;
    const int Page = 2;

    public static IReadOnlyList<string> Grids { get; } =
        [.. from v in Enumerable.Range(1, Villages) from g in Enumerable.Range(1, GridsPerVillage) select $"{FakeService.Root}{v:000}{g:000}"];

    public static object Area(string code) => new
    {
        code,
        name = code,
        parent = code.Length > 6 ? code[..^3] : null,
        children = Below(code).Count,
    };

    public static object Children(string code, string? cursor)
    {
        var from = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var all = Below(code);
        return new
        {
            items = all.Skip(from).Take(Page).Select(Area),
            next = from + Page < all.Count ? $"{from + Page}" : null,
        };
    }

    public static IEnumerable<object> People(string code) => code.Length == 12
        ? [new { person = $"{code}-watcher", post = "watcher", area = code }, new { person = $"{code}-worker", post = "grid-worker", area = code }]
        : [];

    public static object Me(string account)
    {
        var area = account.Contains('-', StringComparison.Ordinal) && account.StartsWith(FakeService.Root, StringComparison.Ordinal)
            ? account[..account.IndexOf('-', StringComparison.Ordinal)]
            : FakeService.Root;
        string[] may = account.EndsWith("-watcher", StringComparison.Ordinal) ? ["read"] : ["read", "report", "close"];
        var post = account[(account.LastIndexOf('-') + 1)..] switch { "watcher" => "watcher", "worker" => "grid-worker", var other => other };
        return new
        {
            id = account,
            name = account,
            pack = new { id = "liling", name = "醴陵", nameEn = "Liling", timeZone = "Asia/Shanghai" },
            posts = new[] { new { post, area, may } },
            home = area,
            demo = true,
        };
    }

    static List<string> Below(string code) => code.Length switch
    {
        6 => [.. Enumerable.Range(1, Villages).Select(v => $"{code}{v:000}")],
        9 => [.. Enumerable.Range(1, GridsPerVillage).Select(g => $"{code}{g:000}")],
        _ => [],
    };
}
