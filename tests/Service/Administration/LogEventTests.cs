using System.Globalization;
using System.Text.RegularExpressions;

namespace GridActors.Service.Tests.Administration;

/// <summary>People set alerts on event ids of the log, so the ids must not change.</summary>
public sealed partial class LogEventTests
{
    static string Root { get; } = Path.Combine(TestPacks.Folder, "..", "..");

    [Fact]
    public void Every_event_id_is_used_once_and_listed_in_the_documents_table()
    {
        var used = Directory
            .EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file =>
                Messages().Matches(File.ReadAllText(file)).Select(m => (Id: Number(m), Level: m.Groups[2].Value, From: TypeOf(file)))
            )
            .OrderBy(e => e.Id)
            .ToList();
        var listed = Rows()
            .Matches(File.ReadAllText(Path.Combine(Root, "docs", "operations.md")))
            .Select(m => (Id: Number(m), Level: m.Groups[2].Value, From: m.Groups[3].Value));

        Assert.Equal(used.Count, used.Select(e => e.Id).Distinct().Count());
        Assert.Equal(used, listed);
    }

    static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    static string TypeOf(string file) => Path.GetFileName(file).Split('.')[0];

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+),\s*LogLevel\.(\w+),")]
    private static partial Regex Messages();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
