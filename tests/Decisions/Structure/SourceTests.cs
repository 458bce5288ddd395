using System.Text.RegularExpressions;

namespace GridActors.Decisions.Tests.Structure;

/// <summary>Rules of CONTRIBUTING.md that neither the compiler nor the formatter can check.</summary>
public sealed partial class SourceTests
{
    const int MaxLines = 400;
    const int MaxGrainLines = 200;
    const int MaxColumns = 140;

    static readonly string[] Roots = ["src", "tests", "bench", "packs"];
    static readonly string[] Drawers = ["Common", "Helpers", "Utils", "Services", "Managers"];

    /// <summary>Names that a framework gives.</summary>
    static readonly string[] Given =
    [
        "InitializeAsync",
        "DisposeAsync",
        "StartingAsync",
        "StartAsync",
        "StartedAsync",
        "StoppingAsync",
        "StopAsync",
        "StoppedAsync",
        "ExecuteAsync",
        "CheckHealthAsync",
        "TryHandleAsync",
        "InvokeMethodAsync",
        "OnConnectedAsync",
        "TransformAsync",
        "BindAsync",
    ];

    /// <summary>Who may do what: a table of people and calls, which is read across and down, and so can't be wrapped.</summary>
    const string WideTable = "tests/Service/Cases/PermissionTests.cs";

    static string Home { get; } = FindHome();

    static IEnumerable<string> Sources =>
        Roots
            .SelectMany(r => Directory.EnumerateFiles(Path.Combine(Home, r), "*.cs", SearchOption.AllDirectories))
            .Where(f =>
                !f.Contains("node_modules", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            );

    [Fact]
    public void Files_are_short_enough_to_read_at_once() =>
        Assert.Empty(Sources.Where(f => File.ReadLines(f).Count() > (IsGrain(f) ? MaxGrainLines : MaxLines)).Select(Name));

    [Fact]
    public void Lines_fit_beside_each_other_in_a_comparison() =>
        Assert.Empty(Found(line => line.Length > MaxColumns, Sources.Where(f => Name(f) != WideTable)));

    [Fact]
    public void Static_fields_are_named_like_other_members() => Assert.Empty(Found(line => StaticPrefix().IsMatch(line)));

    [Fact]
    public void A_method_that_returns_a_task_has_no_suffix_for_it() =>
        Assert.Empty(Found(line => AsyncMethod().Match(line) is { Success: true } method && !Given.Contains(method.Groups["name"].Value)));

    [Fact]
    public void No_folder_is_a_drawer() =>
        Assert.Empty(
            Sources
                .SelectMany(f => Path.GetRelativePath(Home, Path.GetDirectoryName(f)!).Split(Path.DirectorySeparatorChar))
                .Intersect(Drawers)
        );

    [Fact]
    public void The_domain_knows_neither_the_database_nor_the_actors() =>
        Assert.Empty(
            Found(line => Infrastructure().IsMatch(line), Sources.Where(f => Name(f).StartsWith("src/Domain/", StringComparison.Ordinal)))
        );

    /// <summary>Tests await facts. Only one place waits for some time, and looks again and again.</summary>
    [Fact]
    public void No_test_sleeps() =>
        Assert.Empty(
            Found(
                line => Sleep().IsMatch(line),
                Sources.Where(f =>
                    Name(f).StartsWith("tests/", StringComparison.Ordinal)
                    && Path.GetFileName(f) is not ("Eventually.cs" or "SourceTests.cs")
                )
            )
        );

    static IEnumerable<string> Found(Func<string, bool> isWrong, IEnumerable<string>? files = null) =>
        from file in files ?? Sources
        from line in File.ReadLines(file).Select((text, i) => (Text: text, Number: i + 1))
        where isWrong(line.Text)
        select $"{Name(file)}:{line.Number}";

    static bool IsGrain(string file) =>
        file.EndsWith("Grain.cs", StringComparison.Ordinal) && Name(file).StartsWith("src/Grains/", StringComparison.Ordinal);

    static string Name(string file) => Path.GetRelativePath(Home, file).Replace(Path.DirectorySeparatorChar, '/');

    static string FindHome()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GridActors.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"\bs_[a-z]")]
    private static partial Regex StaticPrefix();

    [GeneratedRegex(@"^(?!.*\boverride\b)((?!(return|await|=>|=) ).)*\b(Value)?Task(<.+>)? (?<name>\w+Async)(<\w+>)?\(")]
    private static partial Regex AsyncMethod();

    [GeneratedRegex(@"^using (Npgsql|Orleans|Microsoft\.(AspNetCore|Extensions))\b")]
    private static partial Regex Infrastructure();

    [GeneratedRegex(@"\b(Task\.Delay|Thread\.Sleep)\(")]
    private static partial Regex Sleep();
}
