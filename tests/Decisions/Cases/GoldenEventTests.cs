using System.Reflection;
using System.Text.Json;
using GridActors.Domain.Cases;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>
/// Every shape of an event ever written, as the journal holds it: golden/case.claimed-1.json for case.claimed/1. A file is never changed; a changed shape
/// is a new kind with a new file.
/// </summary>
public sealed class GoldenEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Cases", "golden");

    public static TheoryData<string> Kinds() => [.. CaseKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_that_was_ever_written_loads_with_all_it_said(string kind)
    {
        var golden = File.ReadAllText(FileOf(kind)).Trim();

        var e = CaseEventJson.Read(kind, golden);

        foreach (var property in e.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            Assert.NotNull(property.GetValue(e));
        var written = CaseEventJson.Write(e);
        Assert.Equal(kind, written.Kind);
        Assert.Equal(Canonical(golden), Canonical(written.Data));
    }

    [Fact]
    public void There_is_a_file_for_every_kind_and_none_besides() =>
        Assert.Equal(CaseKinds.All.Select(k => Path.GetFileName(FileOf(k))).Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());

    [Fact]
    public void Every_event_has_a_kind()
    {
        var events = typeof(CaseEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CaseEvent))).ToList();

        Assert.Equal(events.Count, CaseKinds.All.Count);
        Assert.Equal(events.Select(e => e.Name).Order(), CaseKinds.All.Select(k => CaseEventJson.Read(k, File.ReadAllText(FileOf(k))).GetType().Name).Order());
    }

    [Fact]
    public void A_kind_of_a_later_version_is_a_loud_error() => Assert.Throws<NotSupportedException>(() => CaseEventJson.Read("case.claimed/2", "{}"));

    static string FileOf(string kind) => Path.Combine(Folder, kind.Replace('/', '-') + ".json");

    static string Canonical(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json));
}
