using System.Text.Json;
using GridActors.Contracts.Places;
using GridActors.Decisions.Tests.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Places;

namespace GridActors.Decisions.Tests.Places;

/// <summary>Every shape of a place's event ever written, as the journal holds it. A file is never changed.</summary>
public sealed class PlaceEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Places", "golden");

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again_with_all_its_facts()
    {
        foreach (var kind in PlaceEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var read = PlaceEventJson.Read(kind, golden);
            var written = PlaceEventJson.Write(read);
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
            // What Map leaves out would be stored without being sealed, and so be lost.
            var mapped = 0;
            read.Map(f => f with { Sealed = [(byte)++mapped] });
            Assert.Equal(golden.Split("\"sealed\"").Length - 1, mapped);
        }
        Assert.Equal(PlaceEventJson.AllKinds.Count, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void No_clear_text_is_written_of_facts()
    {
        var facts = Facts.Of(Guid.NewGuid(), Facts.None.Add(StandardFields.Owner, "张三丰"));

        PlaceEvent[] events =
        [
            new PlaceCreated(GivenPlace.Grid, PlaceKind.Building, null, null, facts),
            new PlaceCorrected(facts, [], null, null),
            new PlaceMoved(GivenPlace.Grid, null, facts),
            new PlaceClosed(false, facts),
        ];

        Assert.All(events, e => Assert.DoesNotContain("张三丰", PlaceEventJson.Write(e).Data, StringComparison.Ordinal));
    }

    [Fact]
    public void Kind_of_a_later_version_is_remembered_and_stops_changes()
    {
        var given = GivenPlace.Of(PlaceKind.Building);
        var state = PlaceState.Evolve(
            given.State,
            given.Id,
            PlaceEventJson.Read("place.created/9", "{}"),
            Given.Noon,
            Given.Worker,
            Guid.NewGuid()
        );

        var command = new VisitPlace { By = Given.Worker, Operation = Guid.NewGuid() };
        Assert.Equal("newer-version", PlaceDecider.Decide(state, given.Id, command, GivenPlace.Anything).Rejection);
    }
}
