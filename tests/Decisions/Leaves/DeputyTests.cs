using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Consultations;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Leaves;

/// <summary>Who has a case while somebody is on leave, and which leave may be entered.</summary>
public sealed class DeputyTests
{
    static readonly Pack Qinghe = PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!;
    static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));
    static readonly DateTimeOffset Before = Monday.AddHours(-1);
    static readonly DateTimeOffset During = Monday.AddDays(1);
    static readonly DateTimeOffset After = Monday.AddDays(7);

    [Fact]
    public void Deputy_has_the_case_while_the_leave_lasts_and_the_person_before_and_after()
    {
        var pack = With(Away("worker-a21", "worker-4"));

        Assert.Equal(["worker-a21"], Recipients(pack, Rubbish, Before));
        Assert.Equal(["worker-4"], Recipients(pack, Rubbish, Monday));
        Assert.Equal(["worker-4"], Recipients(pack, Rubbish, During));
        Assert.Equal(["worker-a21"], Recipients(pack, Rubbish, After));
        Assert.True(CaseRouting.IsOutdated(pack, Rubbish, During));
        Assert.False(CaseRouting.IsOutdated(pack, Rubbish with { OfferedTo = People("worker-4") }, During));
        Assert.True(CaseRouting.IsOutdated(pack, Rubbish with { OfferedTo = People("worker-4") }, After));
    }

    [Fact]
    public void Deputy_who_is_away_has_a_deputy_too() =>
        Assert.Equal(["worker-5"], Recipients(With(Away("worker-a21", "worker-4"), Away("worker-4", "worker-5")), Rubbish, During));

    [Fact]
    public void Deputies_who_stand_in_for_each_other_leave_the_case_with_the_person() =>
        Assert.Equal(["worker-a21"], Recipients(With(Away("worker-a21", "worker-4"), Away("worker-4", "worker-a21")), Rubbish, During));

    [Fact]
    public void Deputy_who_left_is_followed_by_the_post_that_the_pack_names()
    {
        var without = Qinghe with { Holdings = [.. Qinghe.Holdings.Where(h => h.Person != "worker-4")] };

        Assert.Equal(["worker-a21"], Recipients(With(without, Away("worker-a21", "worker-4")), Rubbish, During));
        Assert.Equal(["clerk-a2"], Recipients(With(Clerks(without), Away("worker-a21", "worker-4")), Rubbish, During));
        Assert.Equal(["clerk-a2"], Recipients(With(Clerks(Qinghe), Away("worker-a21", null)), Rubbish, During));
    }

    [Fact]
    public void Confidential_case_goes_to_a_deputy_who_may_have_it_and_to_no_other()
    {
        var lead = Case("lead", "C-A1-1", "police-a1") with { Confidential = true };

        Assert.Equal(["police-a1"], Recipients(With(Away("police-a1", "clerk-a1")), lead, During));
        Assert.Equal(["police-c"], Recipients(With(Away("police-a1", "police-c")), lead, During));
    }

    [Fact]
    public void Deputy_of_a_claimant_sees_the_case_and_the_claimant_keeps_it()
    {
        var pack = With(Away("worker-1", "clerk-a2"));
        var claimed = Case("rubbish", "C-A2-1", "worker-a21") with { Status = CaseStatus.Claimed, Claimant = Person("worker-1") };

        Assert.Equal(["worker-a21", "clerk-a2"], Recipients(pack, claimed, During));
        Assert.True(CaseRouting.ClaimStands(pack, claimed));
        Assert.True(Deputies.StandsInForClaimant(pack, claimed, Person("clerk-a2"), During));
        Assert.False(Deputies.StandsInForClaimant(pack, claimed, Person("clerk-a2"), After));
    }

    [Fact]
    public void Claim_of_a_deputy_stands_when_the_leave_is_over()
    {
        var claimed = Rubbish with { OfferedTo = People("worker-b11"), Status = CaseStatus.Claimed, Claimant = Person("worker-b11") };

        Assert.False(CaseRouting.ClaimStands(LoadedPack.Build(Qinghe), claimed));
        Assert.True(CaseRouting.ClaimStands(With(Away("worker-a21", "worker-b11")), claimed));
    }

    [Fact]
    public void Case_does_not_climb_to_somebody_whose_deputy_has_it()
    {
        var pack = With(Away("clerk-a1", "worker-1"));
        var bridge = Case("bridge", "C-A1-1", "worker-1");

        Assert.Equal("village", CaseLadder.Up(pack, bridge)!.Level);
        Assert.Equal("town", CaseLadder.Up(pack, Deputies.WithAbsent(pack, bridge, During))!.Level);
    }

    [Fact]
    public void Climbing_is_not_offered_when_the_deputy_of_everybody_above_has_the_case()
    {
        var dispatchers = CaseLadder.Up(With(), Case("bridge", "C-A1-1", "worker-1") with { Level = "town" })!.Recipients;
        var pack = With([.. dispatchers.Select(d => Away(d.Id, "worker-1"))]);
        var view = Claimed("bridge") with { Ladder = new("town", [], [], Before) };

        Assert.True(CaseLadder.CanClimb(pack, view, Before));
        Assert.False(CaseLadder.CanClimb(pack, view, During));
    }

    [Fact]
    public void Deputy_gives_an_opinion_and_has_a_task_beside_who_is_away()
    {
        var pack = With(Away("leader-a", "station-a1"));
        var view = Claimed("rubbish");

        Assert.Equal([Person("leader-a")], Town(Before).People.AsEnumerable());
        Assert.Equal([Person("leader-a"), Person("station-a1")], Town(During).People.AsEnumerable());
        Assert.True(ConsultationParties.SpeaksFor(pack, view, Town(Before), Person("station-a1"), During));
        Assert.False(ConsultationParties.SpeaksFor(pack, view, Town(Before), Person("station-a1"), After));
        Assert.Equal([Person("leader-a"), Person("station-a1")], Task(During).Owners.AsEnumerable());
        var tasked = view with { Tasks = [new(1, Task(Before), "", Before, Person("dispatcher-1"), null, null, null, false, "")] };
        Assert.True(TaskDecider.HoldsPost(pack, tasked, 1, Person("station-a1"), During));
        Assert.False(TaskDecider.HoldsPost(pack, tasked, 1, Person("station-a1"), After));

        ConsultedParty Town(DateTimeOffset at) => ConsultationParties.Of(pack, view, null, at).Single(p => p.Id == "town");
        AssignedTask Task(DateTimeOffset at) =>
            TaskDecider.Plan(pack, view, "清运", Person("leader-a"), null, Term.Parse("4h")!.Value, at)!;
    }

    [Fact]
    public void Overlapping_leave_of_one_person_is_rejected()
    {
        var (mine, next) = (Away("worker-1", "worker-2"), Away("worker-1", "worker-3") with { From = After, To = After.AddDays(1) });

        Assert.Equal(LeaveRejections.Overlaps, Check("worker-1", next with { From = After.AddMinutes(-1) }, mine));
        Assert.Null(Check("worker-1", next, mine));
    }

    [Fact]
    public void Deputies_who_would_stand_in_for_each_other_are_rejected()
    {
        Assert.Equal(LeaveRejections.Loop, Check("worker-1", Away("worker-1", "worker-2"), Away("worker-2", "worker-1")));
        Assert.Equal(
            LeaveRejections.Loop,
            Check("worker-1", Away("worker-1", "worker-2"), Away("worker-2", "worker-3"), Away("worker-3", "worker-1"))
        );
        Assert.Null(
            Check(
                "worker-1",
                Away("worker-1", "worker-2"),
                Away("worker-2", "worker-3") with
                {
                    To = During,
                },
                Away("worker-3", "worker-1") with
                {
                    From = During,
                }
            )
        );
    }

    [Fact]
    public void Leave_is_entered_by_the_person_or_by_who_may_assign_in_all_their_areas()
    {
        Assert.Null(Check("leader-a", Away("clerk-a1", "clerk-a2")));
        Assert.Equal(CaseRejections.NotPermitted, Check("leader-b", Away("clerk-a1", "clerk-a2")));
        // Half of their posts are in the other town.
        Assert.Equal(CaseRejections.NotPermitted, Check("leader-a", Away("both", "worker-1")));
        Assert.Null(Check("dispatcher-1", Away("both", "worker-1")));
        Assert.Equal(CaseRejections.NotPermitted, Check("worker-2", Away("worker-1", "worker-2")));
        Assert.Equal(CaseRejections.NotFound, Check("dispatcher-1", Away("nobody", "worker-2")));
        Assert.Equal(LeaveRejections.NoDeputy, Check("worker-1", Away("worker-1", null)));
    }

    [Fact]
    public void Reason_of_a_deputy_is_that_of_the_person_who_is_away()
    {
        var given = Cases.GivenCase.Of(
            (
                Person("worker-1"),
                new CaseReported("QH2026000001", "rubbish", new("qinghe/C-A2-1"), null, "垃圾", "", [], false, People("worker-4"))
            )
        );

        var reason = RecipientReasons.Of(With(Away("worker-a21", "worker-4")), given.State.Case!, Person("worker-4"), During);

        Assert.Equal((ReasonKind.Category, "worker", "C-A2-1"), (reason.Kind, reason.Post!.Id, reason.Area!.Code));
        Assert.Equal(Person("worker-a21"), reason.StandsInDuring!.Person);
    }

    static CaseView Claimed(string category) =>
        new()
        {
            Id = Guid.Parse("11111111-1111-1111-1111-111111111111"),
            Number = "QH2026-000001",
            Status = CaseStatus.Claimed,
            Category = category,
            Area = new("qinghe/C-A1-1"),
            Title = "垃圾",
            Confidential = false,
            OfferedTo = People("worker-1"),
            Claimant = Person("worker-1"),
            Reporter = Person("worker-2"),
            ReportedAt = Before,
            UpdatedAt = Before,
            UpdatedBy = Person("worker-1"),
            LastStep = CaseStep.Claimed,
            Version = 2,
        };

    static RoutedCase Rubbish => Case("rubbish", "C-A2-1", "worker-a21");

    static RoutedCase Case(string category, string area, params string[] offeredTo) =>
        new(Guid.Empty, 1, CaseStatus.Offered, new("qinghe", area), category, null, false, People(offeredTo), null);

    static PersonId Person(string id) => new("qinghe", id);

    static ImmutableArray<PersonId> People(params string[] ids) => [.. ids.Select(Person)];

    static Leave Away(string person, string? deputy) =>
        new(Guid.NewGuid(), Person(person), Monday, After, deputy is null ? null : Person(deputy));

    static LoadedPack With(params Leave[] leaves) => With(Qinghe, leaves);

    static LoadedPack With(Pack pack, params Leave[] leaves) => LoadedPack.Build(pack).With(leaves, []);

    /// <summary>A pack in which the clerk of the village stands in for its workers.</summary>
    static Pack Clerks(Pack pack) => pack with { Posts = [.. pack.Posts.Select(p => p.Id == "worker" ? p with { Deputy = "clerk" } : p)] };

    static IEnumerable<string> Recipients(LoadedPack pack, RoutedCase routed, DateTimeOffset at) =>
        Deputies.Recipients(pack, routed, CaseRouting.Recipients(pack, routed, at), at).Select(p => p.Id);

    static string? Check(string by, Leave leave, params Leave[] others)
    {
        var pack = LoadedPack.Build(Qinghe);
        return LeaveRules.Check(pack, pack.People[by], leave, others);
    }
}
