using System.Text.Json;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain;
using GridActors.Domain.WorkerDays;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>Every shape of an event of workers' days ever written, as the journal holds it. A file is never changed.</summary>
public sealed class WorkerDayEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "WorkerDays", "golden");

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again()
    {
        foreach (var kind in WorkerDayEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var written = WorkerDayEventJson.Write(WorkerDayEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
        }
        Assert.Equal(WorkerDayEventJson.AllKinds.Count, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void Words_are_never_written_in_clear()
    {
        WorkerDayEvent[] events = [new DiaryWritten(SealedWords.Of("看望张三丰")), new HandedOver(SealedWords.Of("看望张三丰"), null)];

        Assert.All(events, e => Assert.DoesNotContain("张三丰", WorkerDayEventJson.Write(e).Data, StringComparison.Ordinal));
        Assert.All(
            events,
            e => Assert.Contains("AQID", WorkerDayEventJson.Write(e.Map(w => w with { Sealed = [1, 2, 3] })).Data, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Kind_of_a_later_version_is_remembered_and_stops_changes()
    {
        var state = Given.Day().Evolve(WorkerDayEventJson.Read("worker-day.closed/9", "{}"), Given.Noon, Given.Worker, Guid.NewGuid());

        var command = new WriteDiary
        {
            By = Given.Worker,
            Operation = Guid.NewGuid(),
            Text = "走访",
        };
        Assert.Equal("newer-version", WorkerDayDecider.Decide(state, command, null, FieldThresholds.Default).Rejection);
    }
}
