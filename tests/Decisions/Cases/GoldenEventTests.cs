using System.Reflection;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>
/// Every shape of an event ever written, as the journal holds it: golden/case.claimed-1.json for case.claimed/1. A file is never changed; a
/// changed shape is a new kind with a new file.
/// </summary>
public sealed class GoldenEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Cases", "golden");

    /// <summary>Kinds that are written as their successors, with what came with these.</summary>
    static readonly Dictionary<string, (string Successor, string Added)> Former = new()
    {
        ["case.reported/1"] = ("case.reported/2", nameof(CaseReported.Plan)),
        ["case.resolved/1"] = ("case.resolved/2", nameof(CaseResolved.Mediation)),
    };

    /// <summary>What a kind has only where there is something: without it, the event has the shape that it always had.</summary>
    static readonly HashSet<string> Optional = [nameof(CaseReported.Household)];

    public static TheoryData<string> Kinds() => [.. CaseEventJson.AllKinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_ever_written_loads_with_all_its_data(string kind)
    {
        var golden = File.ReadAllText(FileOf(kind)).Trim();

        var e = CaseEventJson.Read(kind, golden, default);

        var properties = e.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
        var former = Former.GetValueOrDefault(kind);
        properties.RemoveAll(p => p.Name == former.Added || Optional.Contains(p.Name));
        Assert.All(properties, property => Assert.NotNull(property.GetValue(e)));
        var written = CaseEventJson.Write(e);
        if (former.Successor is not null)
        {
            Assert.Equal(former.Successor, written.Kind);
            return;
        }
        Assert.Equal(kind, written.Kind);
        Assert.Equal(Canonical(golden), Canonical(written.Data));
    }

    [Fact]
    public void Golden_files_are_one_for_every_kind() =>
        Assert.Equal(
            CaseEventJson.AllKinds.Select(k => Path.GetFileName(FileOf(k))).Order(),
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order()
        );

    [Fact]
    public void Every_event_has_a_kind()
    {
        var events = typeof(CaseEvent)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(CaseEvent)) && t != typeof(CaseUnknown))
            .Select(t => t.Name);

        Assert.Equal(events.Order(), CaseEventJson.AllKinds.Select(k => Golden(k).GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Every_step_is_the_step_of_an_event() =>
        Assert.Equal(
            Enum.GetValues<CaseStep>().Where(s => s != CaseStep.Unknown),
            CaseEventJson.AllKinds.Select(k => Golden(k).Step).Distinct().Order()
        );

    [Fact]
    public void Event_without_data_is_written_as_an_empty_object()
    {
        Assert.Equal(("case.claimed/1", "{}"), CaseEventJson.Write(new CaseClaimed()));
        Assert.Equal(("case.on-site/1", "{}"), CaseEventJson.Write(new CaseReachedOnSite()));
    }

    [Fact]
    public void Kind_of_a_later_version_is_read_as_an_unknown_step_with_the_status_of_its_row() =>
        Assert.Equal(
            new CaseUnknown("case.claimed/2", CaseStatus.Claimed),
            CaseEventJson.Read("case.claimed/2", "{\"anything\":[1]}", CaseStatus.Claimed)
        );

    static CaseEvent Golden(string kind) => CaseEventJson.Read(kind, File.ReadAllText(FileOf(kind)), default);

    static string FileOf(string kind) => Path.Combine(Folder, kind.Replace('/', '-') + ".json");

    static string Canonical(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json));
}
