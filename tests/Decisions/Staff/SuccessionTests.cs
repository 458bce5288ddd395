using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Staff;

/// <summary>Who goes on with the cases of somebody who left.</summary>
public sealed class SuccessionTests
{
    static readonly Pack Qinghe = PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!;

    [Fact]
    public void Successor_goes_on_with_the_case_of_a_claimant_who_left()
    {
        var reoffer = new ReofferCase { By = Service, Pack = "digest" };
        var left = new DecisionContext(default, [Two], ClaimStands: false, Successor: Stranger);

        var events = Claimed().When(reoffer, left).Decision.Events;

        Assert.Equal(2, events.Length);
        Assert.Equal((CaseStep.Reoffered, null), (events[0].Step, ((CaseReoffered)events[0]).ReleasedFrom));
        Assert.Equal(Stranger, ((CaseHandedOver)events[1]).To);
        var same = Claimed().When(reoffer, left with { Recipients = [One, Two] }).Decision.Events;
        Assert.Equal(Stranger, ((CaseHandedOver)Assert.Single(same)).To);
    }

    [Fact]
    public void Successor_of_a_successor_who_left_goes_on()
    {
        var pack = With(("worker-gone", "clerk-gone"), ("clerk-gone", "worker-4"));

        Assert.Equal("worker-4", CaseRouting.SuccessorOf(pack, Case("worker-gone"))?.Id);
        Assert.Null(CaseRouting.SuccessorOf(pack, Case("worker-1")));
        Assert.Null(CaseRouting.SuccessorOf(With(("a", "b"), ("b", "a")), Case("a")));
    }

    [Fact]
    public void Confidential_case_goes_to_no_successor_who_may_not_have_it()
    {
        var lead = Case("police-gone") with { Category = "lead", Confidential = true };

        Assert.Null(CaseRouting.SuccessorOf(With(("police-gone", "worker-4")), lead));
        Assert.Equal("police-c", CaseRouting.SuccessorOf(With(("police-gone", "police-c")), lead)?.Id);
    }

    [Fact]
    public void Task_of_who_left_goes_to_the_successor_or_who_holds_its_post_or_who_decided_it()
    {
        var pack = With(("gone", "worker-4"));

        Assert.Equal(["worker-4", "worker-1"], Owners(pack, null, "gone", "worker-1"));
        Assert.Equal(["clerk-a1"], Owners(pack, "clerk", "clerk-gone"));
        Assert.Equal(["dispatcher-1"], Owners(pack, null, "nobody"));
        Assert.Null(Owners(pack, null, "worker-1"));
    }

    /// <returns>Who owns a task after some of its owners have left; null when that changes nothing.</returns>
    static IEnumerable<string>? Owners(LoadedPack pack, string? post, params string[] owners)
    {
        var task = new AssignedTask("清理", post, [.. owners.Select(Id)], "3wd", Noon, false);
        var view = Claimed().State.Case! with
        {
            Area = new("qinghe/C-A1-1"),
            Tasks = [new(1, task, "QH2026-H000001", Noon, Id("dispatcher-1"), null, null, null, false, "")],
        };
        var left = TaskDecider.Left(pack, view, []);
        return left.IsDefault ? null : left[0].Owners.Select(o => o.Id);
    }

    static LoadedPack With(params (string Person, string Successor)[] successions) =>
        LoadedPack.Build(Qinghe).With([], [.. successions.Select(s => (Id(s.Person), Id(s.Successor)))]);

    static RoutedCase Case(string claimant) =>
        new(Guid.Empty, 1, CaseStatus.Claimed, new("qinghe/C-A1-1"), "rubbish", null, false, [Id(claimant)], Id(claimant));

    static PersonId Id(string person) => new("qinghe/" + person);
}
