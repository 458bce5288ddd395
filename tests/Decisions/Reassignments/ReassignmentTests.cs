using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Reassignments;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Domain.Reassignments;

namespace GridActors.Decisions.Tests.Reassignments;

/// <summary>What a reassignment decides, which households it tells what, and its events as the journal holds them.</summary>
public sealed class ReassignmentTests
{
    static readonly LoadedPack Qinghe = LoadedPack.Build(
        PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!
    );
    static readonly PersonId Clerk = new("qinghe/clerk-a1");
    static readonly AreaId Village = new("qinghe/C-A1");
    static readonly AreaId First = new("qinghe/C-A1-1");
    static readonly AreaId Second = new("qinghe/C-A1-2");
    static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));
    static readonly ReassignmentContext Anything = new(true, true, Village, Noon);

    readonly ImmutableArray<Guid> _households = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
    ReassignmentState _state = ReassignmentState.Begin(Guid.NewGuid());

    [Fact]
    public void Apply_tells_every_household_once_and_undo_brings_back_who_went()
    {
        Assert.Null(When(Apply(_households)));
        Assert.Equal(
            _households.Select(h => (h, First, Second)),
            _state.Next(10).Select(s => (s.Household, s.Command!.From, s.Command.To))
        );
        Happened(new ReassignmentProgressed(2, [_households[1]]));
        Assert.Equal([_households[2]], _state.Next(10).Select(s => s.Household));
        Happened(new ReassignmentProgressed(3, []));
        Assert.Equal((ReassignmentStatus.Applied, Noon), (_state.View!.Status, _state.View.AppliedAt));
        Assert.Empty(_state.Next(10));

        Assert.Null(When(Undo()));

        // Who didn't go doesn't come back.
        Assert.Equal(
            [(_households[0], Second, First), (_households[1], default, default), (_households[2], Second, First)],
            _state.Next(10).Select(s => (s.Household, s.Command?.From ?? default, s.Command?.To ?? default))
        );
        Happened(new ReassignmentProgressed(3, [_households[2]]));
        Assert.Equal(ReassignmentStatus.Undone, _state.View!.Status);
        Assert.Equal([_households[2]], _state.View.NotReturned.AsEnumerable());
    }

    [Fact]
    public void Telling_a_household_again_is_the_same_operation()
    {
        When(Apply(_households));

        var (first, again) = (_state.Next(3), _state.Next(3));
        Assert.Equal(first.Select(s => s.Command!.Operation), again.Select(s => s.Command!.Operation));
        Happened(new ReassignmentProgressed(3, []));
        When(Undo());
        Assert.DoesNotContain(_state.Next(3)[0].Command!.Operation, first.Select(s => s.Command!.Operation));
    }

    [Fact]
    public void What_nobody_may_or_makes_no_sense_is_rejected()
    {
        Assert.Equal(CaseRejections.NotYourArea, When(Apply(_households), Anything with { MayEdit = false }));
        Assert.Equal(HouseholdRejections.WrongTarget, When(Apply(_households), Anything with { AreTargets = false }));
        Assert.Equal(HouseholdRejections.WrongTarget, When(Apply([])));
        Assert.Equal(HouseholdRejections.WrongTarget, When(Apply([_households[0], _households[0]])));
        Assert.Equal(HouseholdRejections.WrongTarget, When(Apply(_households, to: First)));
        var many = Enumerable.Range(0, ReassignmentDecider.MaxHouseholds + 1).Select(_ => Guid.NewGuid());
        Assert.Equal(ReassignmentRejections.TooManyHouseholds, When(Apply([.. many])));
        Assert.Equal(CaseRejections.NotFound, When(Undo()));
    }

    [Fact]
    public void Undo_is_possible_within_a_day_and_once()
    {
        When(Apply(_households));
        Assert.Equal(ReassignmentRejections.NotUndoable, When(Undo()));
        Happened(new ReassignmentProgressed(3, []));
        Assert.Equal(ReassignmentRejections.NotUndoable, When(Undo(), Anything with { Now = Noon.AddDays(1) }));
        Assert.Null(When(Undo(), Anything with { Now = Noon.AddDays(1).AddTicks(-1) }));
        Assert.Equal(ReassignmentRejections.NotUndoable, When(Undo()));
    }

    [Fact]
    public void Repeat_changes_nothing()
    {
        var apply = Apply(_households) with { Operation = Guid.NewGuid() };
        Assert.Null(When(apply));
        Assert.Null(When(apply));
        Assert.Equal(1, _state.Version);
    }

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Reassignments", "golden");
        foreach (var kind in ReassignmentEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(folder, $"{kind.Replace('/', '-')}.json"));
            var written = ReassignmentEventJson.Write(ReassignmentEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
        }
        Assert.Equal(ReassignmentEventJson.AllKinds.Count, Directory.GetFiles(folder).Length);
    }

    [Theory]
    [InlineData("清河县解放街12号3栋502", "3栋", true)]
    [InlineData("清河县解放街12号13栋502", "3栋", false)]
    [InlineData("清河县解放街120号", "解放街12", false)]
    [InlineData("清河县解放街12号", "解放街12", true)]
    [InlineData("清河县 解放街 １２号", "解放街12号", true)]
    [InlineData("1栋11栋", "1栋", true)]
    [InlineData(null, "1栋", false)]
    public void Rule_finds_a_text_where_it_cuts_no_number(string? address, string text, bool found) =>
        Assert.Equal(found, ReassignmentProposal.Has(address, text));

    [Fact]
    public void Proposal_takes_a_rule_before_the_dwelling_and_the_dwelling_before_the_only_successor()
    {
        var (successor, ruled, elsewhere) = (Qinghe.Areas["C-A1-1"], Qinghe.Areas["C-A1-2"], Qinghe.Areas["C-A2-1"]);
        var dwelling = new ProposedMove(elsewhere, ProposalReason.Dwelling);
        var proposal = new ReassignmentProposal(successor, [new("3栋", ruled)]);

        Assert.Equal(new(ruled, ProposalReason.Address), proposal.For(Address("解放街3栋"), dwelling));
        Assert.Equal(dwelling, proposal.For(Address("解放街4栋"), dwelling));
        Assert.Equal(new(successor, ProposalReason.OnlySuccessor), proposal.For(Address("解放街4栋"), dwelling: null));
        Assert.Null(new ReassignmentProposal(null, []).For(Address("解放街4栋"), dwelling: null));

        static ImmutableSortedDictionary<string, string> Address(string text) =>
            ImmutableSortedDictionary<string, string>.Empty.Add("address", text);
    }

    static ApplyReassignment Apply(ImmutableArray<Guid> households, AreaId? to = null) =>
        new() { By = Clerk, Parts = [new(First, to ?? Second, households)] };

    static UndoReassignment Undo() => new() { By = Clerk };

    string? When(ReassignmentCommand command, ReassignmentContext? context = null)
    {
        if (command.Operation == default)
            command = command with { Operation = Guid.NewGuid() };
        var outcome = ReassignmentDecider.Decide(_state, command, context ?? Anything);
        if (outcome.Event is { } e)
            _state = _state.Evolve(e, Noon, command.By, command.Operation);
        return outcome.Rejection;
    }

    void Happened(ReassignmentEvent e) => _state = _state.Evolve(e, Noon, Clerk, Guid.NewGuid());
}
