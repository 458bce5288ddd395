using System.Text.Json;
using GridActors.Domain.FieldTasks;

namespace GridActors.Decisions.Tests.FieldTasks;

/// <summary>Every shape of an event of tasks and schedules ever written, as the journal holds it. A file is never changed.</summary>
public sealed class FieldTaskEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "FieldTasks", "golden");

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again()
    {
        foreach (var kind in FieldTaskEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var written = FieldTaskEventJson.Write(FieldTaskEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
        }
        Assert.Equal(FieldTaskEventJson.AllKinds.Count, Directory.GetFiles(Folder).Length);
    }
}
