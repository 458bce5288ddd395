using System.Text.Json;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;

namespace GridActors.Decisions.Tests.Households;

/// <summary>Every shape of a household's event ever written, as the journal holds it. A file is never changed.</summary>
public sealed class HouseholdEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Households", "golden");

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again()
    {
        foreach (var kind in HouseholdEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var written = HouseholdEventJson.Write(HouseholdEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
        }
        Assert.Equal(HouseholdEventJson.AllKinds.Count, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void No_clear_text_is_written_of_facts()
    {
        var facts = Facts.Of(Guid.NewGuid(), Facts.None.Add(StandardFields.Name, "张三丰"));
        var entry = new ResidentEntry(facts.Subject, ResidentKind.Registered, ResidentView.Head, facts, [], [], []);

        HouseholdEvent[] events =
        [
            new HouseholdCreated(new("qinghe/C-A1-1"), null, null, facts, [entry]),
            new HouseholdCorrected(facts, [], null),
            new HouseholdMoved(new("qinghe/C-A1-1"), null, facts, [], facts),
            new ResidentAdded(entry),
            new ResidentCorrected(facts.Subject, null, null, facts, [], null, null, null),
            new ResidentsLeft([facts.Subject], facts),
            new ResidentsMoved([facts.Subject], Guid.NewGuid(), null, null, facts, false, facts),
            new ResidentsReceived(Guid.NewGuid(), [entry]),
            new ResidentErased(facts.Subject, facts),
        ];

        Assert.All(events, e => Assert.DoesNotContain("张三丰", HouseholdEventJson.Write(e).Data, StringComparison.Ordinal));
    }

    /// <summary>What <see cref="HouseholdEvent.Map"/> leaves out would be stored without being sealed, and so be lost.</summary>
    [Fact]
    public void Map_reaches_all_facts_of_every_kind()
    {
        foreach (var kind in HouseholdEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var sealedFacts = golden.Split("\"sealed\"").Length - 1;
            Assert.Equal(sealedFacts, HouseholdEventJson.Read(kind, golden).AllFacts().Count);
        }
    }

    [Fact]
    public void Kind_of_a_later_version_is_remembered_and_stops_changes()
    {
        var state = Fold(Begun(), HouseholdEventJson.Read("household.created/9", "{}"));

        var command = new ConfirmHousehold { By = Given.Worker, Operation = Guid.NewGuid() };
        Assert.Equal("newer-version", HouseholdDecider.Decide(state, state.View.Id, command, Given.Anything).Rejection);
    }

    static HouseholdState Begun() => Given.Household().State!;

    static HouseholdState Fold(HouseholdState state, HouseholdEvent e) =>
        HouseholdState.Evolve(state, state.View.Id, e, Given.Noon, Given.Worker, Guid.NewGuid());
}
