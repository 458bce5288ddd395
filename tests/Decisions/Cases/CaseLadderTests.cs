using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>How a case climbs from level to level, and comes back down.</summary>
public sealed class CaseLadderTests
{
    static readonly Pack Qinghe = PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!;
    static readonly LoadedPack Loaded = LoadedPack.Build(Qinghe);
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");
    static readonly StepClocks Terms = new(ClockTerm.Parse("1h"), ClockTerm.Parse("8h warn 1h"), ClockTerm.Parse("3h"));
    static readonly LadderMove ToTown = new("town", [Stranger], Terms) { Vacant = ["village"] };
    static readonly CategoryClocks Clocks = new() { Respond = ClockTerm.Parse("30m"), Solve = ClockTerm.Parse("72h") };

    [Fact]
    public void Escalated_claim_ends_and_the_higher_level_is_offered_the_case()
    {
        var view = Claimed()
            .When(Command(CaseStep.Escalated, One), new DecisionContext(default, Up: ToTown))
            .Then(new CaseEscalated(null, "town", null, "理由", [Stranger], ["village"], false, Terms));

        Assert.Equal((CaseStatus.Offered, null, "town"), (view.Status, view.Claimant, view.Level));
        Assert.Equal([Stranger], view.OfferedTo.AsEnumerable());
    }

    [Fact]
    public void Those_who_had_an_escalated_case_go_on_seeing_it()
    {
        var view = Claimed().Happened(One, Climbed("town", [Stranger])).State.Case!;

        Assert.Equal([One, Two], view.Ladder!.Watchers.AsEnumerable());
        Assert.True(CaseDecider.MaySee(view, One, default));
        Assert.Equal([Stranger, Reporter, One, Two], view.Concerned());
        Assert.False(CaseDecider.Allowed(view, One, default).HasFlag(CaseSteps.Claimed));
    }

    [Fact]
    public void Confidential_case_that_climbs_is_seen_by_the_higher_level_alone()
    {
        var view = Of((Reporter, Confidential)).Happened(One, Climbed("town", [Stranger])).State.Case!;

        Assert.Empty(view.Ladder!.Watchers);
        Assert.False(CaseDecider.MaySee(view, One, PermissionSet.Of(Permission.Read)));
    }

    [Fact]
    public void Claim_goes_on_where_the_ladder_keeps_it()
    {
        var up = ToTown with { KeepsClaim = true };
        var view = Claimed()
            .When(Command(CaseStep.Escalated, One), new DecisionContext(default, Up: up))
            .Then(new CaseEscalated(null, "town", null, "理由", [Stranger], ["village"], true, Terms));

        Assert.Equal((CaseStatus.Claimed, (PersonId?)One, "town"), (view.Status, view.Claimant, view.Level));
    }

    [Fact]
    public void Escalation_without_a_higher_level_is_rejected() =>
        Claimed().When(Command(CaseStep.Escalated, One), default(DecisionContext)).ThenRejected(NoHigherLevel);

    [Fact]
    public void Case_is_sent_back_level_by_level_with_a_reason()
    {
        var given = Offered().Happened(One, Climbed("village", [Two])).Happened(Two, Climbed("county", [Stranger], "village"));
        var village = given
            .When(Command(CaseStep.SentBack, Stranger), new DecisionContext(default, Down: new("village", [Two], Terms)))
            .Then(new CaseSentBack("county", "village", "理由", [Two], Terms));
        Assert.Equal(("village", 0), (village.Level, village.Ladder!.Below.Length));
        Assert.Contains(Stranger, village.Ladder.Watchers);

        var first = given
            .When(Command(CaseStep.SentBack, Two), new DecisionContext(default, Down: new(null, [One], StepClocks.None)))
            .Then(new CaseSentBack("village", null, "理由", [One], StepClocks.None));
        Assert.Equal((null, CaseStatus.Offered), (first.Level, first.Status));
        Assert.Equal([One], first.OfferedTo.AsEnumerable());
    }

    [Fact]
    public void Only_those_who_have_the_case_send_it_back()
    {
        var given = Offered().Happened(One, Climbed("town", [Stranger]));
        given.When(Command(CaseStep.SentBack, One), Permission.Read, Permission.Assign).ThenRejected(NotPermitted);

        given.Happened(Stranger, new CaseClaimed()).Happened(Stranger, new CaseHandedOver(Two, "理由"));
        given.When(Command(CaseStep.SentBack, Stranger), Permission.Assign).ThenRejected(NotPermitted);
        Assert.True(CaseDecider.Allowed(given.State.Case!, Two, default).HasFlag(CaseSteps.SentBack));
    }

    [Fact]
    public void Transferred_case_leaves_the_ladder_and_climbs_anew()
    {
        var view = Offered()
            .Happened(One, Climbed("town", [Stranger]))
            .Happened(Stranger, new CaseTransferred("d", "理由", [Two]))
            .State.Case!;

        Assert.Equal((null, 0), (view.Level, view.Ladder!.Below.Length));
    }

    [Fact]
    public void Climbing_starts_the_clocks_of_the_level_and_no_promise_again()
    {
        var state = Started(CaseState.Initial, 0, Reported with { Plan = new("digest", Clocks) });
        state = Started(state, 1, new CaseClockBreached(ClockName.Respond, Noon.AddMinutes(30)));
        var (respond, solve) = (Run(state, ClockName.Respond), Run(state, ClockName.Solve));

        state = Started(state, 2, Climbed("town", [Stranger]));

        Assert.Equal((respond, solve), (Run(state, ClockName.Respond), Run(state, ClockName.Solve)));
        Assert.Equal((Noon.AddHours(10), Noon.AddHours(9)), (Run(state, ClockName.Step)!.DueAt, Run(state, ClockName.Step)!.WarnAt));
        Assert.Equal(Urgency.Overdue, state.Case!.Urgency);

        state = Started(state, 3, new CaseClaimed());
        Assert.Equal(Noon.AddHours(6), Run(state, ClockName.Idle)!.DueAt);
        state = Started(state, 4, new CaseReleased("理由"));
        Assert.Equal(Noon.AddHours(5), Run(state, ClockName.Respond)!.DueAt);
        state = Started(state, 5, new CaseSentBack("town", null, "理由", [One], StepClocks.None));
        Assert.Equal(ClockState.Cancelled, Run(state, ClockName.Step)!.State);
        Assert.Equal(solve, Run(state, ClockName.Solve));
    }

    [Fact]
    public void Breach_makes_an_open_case_climb_with_the_clock_as_its_reason()
    {
        var state = Started(CaseState.Initial, 0, Reported with { Plan = new("digest", Clocks) });
        var due = Noon.AddMinutes(30);
        var fire = new FireClock
        {
            By = PersonId.Clock("p"),
            Operation = Guid.NewGuid(),
            Clock = ClockName.Respond,
            Moment = due,
        };

        var decision = CaseDecider.Decide(state, fire, new DecisionContext(default, At: due, Up: ToTown));

        Assert.Equal(
            [
                CaseEventJson.Write(new CaseClockBreached(ClockName.Respond, due)),
                CaseEventJson.Write(new CaseEscalated(null, "town", ClockName.Respond, "", [Stranger], ["village"], false, Terms)),
            ],
            decision.Events.Select(CaseEventJson.Write)
        );
    }

    [Fact]
    public void Case_climbs_village_town_county_by_the_clocks_that_the_ladder_names()
    {
        var bridge = Case("C-A1-1", null, "worker-1", "worker-2", "worker-3", "worker-4", "worker-5");

        Assert.Equal("village: clerk-a1", Up(Loaded, bridge, ClockName.Respond));
        Assert.Equal("none", Up(Loaded, bridge, ClockName.Solve));
        Assert.Equal("village: clerk-a1", Up(Loaded, bridge));
        Assert.Equal("town: leader-a", Up(Loaded, Case("C-A1-1", "village", "clerk-a1"), ClockName.Step));
        Assert.Equal("county: dispatcher-1, dispatcher-2", Up(Loaded, Case("C-A1-1", "town", "leader-a"), ClockName.Step));
        Assert.Equal("none", Up(Loaded, Case("C-A1-1", "county", "dispatcher-1", "dispatcher-2")));
    }

    [Fact]
    public void Vacant_level_is_passed_over_with_a_note()
    {
        var without = Without("clerk-a1");

        Assert.Equal("town: leader-a, past village", Up(without, Case("C-A1-1", null, "worker-1"), ClockName.Respond));
        Assert.Equal("county: dispatcher-1, dispatcher-2, past village, town", Up(Without("clerk-a1", "leader-a"), Case("C-A1-1", null)));
    }

    [Fact]
    public void Level_whose_people_have_the_case_already_is_passed_over() =>
        Assert.Equal("town: leader-a", Up(Loaded, Case("C-A1-1", null, "worker-1", "clerk-a1")));

    [Fact]
    public void Level_that_the_place_doesnt_have_is_left_out() =>
        Assert.Equal("town: leader-b", Up(Loaded, Case("C-B-9", null, "worker-b9")));

    [Fact]
    public void Case_climbs_from_the_highest_level_that_has_it()
    {
        var pack = LoadedPack.Build(
            Qinghe with
            {
                Ladder =
                [
                    new("village", ["clerk"], StepClocks.None, [], false),
                    new("town", ["leader"], StepClocks.None, [], false),
                    new("county", ["dispatcher"], StepClocks.None, [], false),
                ],
            }
        );

        Assert.Equal("village: clerk-a1", Up(pack, Case("C-A1-1", null, "worker-1") with { Category = "rubbish" }));
        Assert.Equal("town: leader-a", Up(pack, Case("C-A1-1", null, "worker-1", "station-a1") with { Category = "hazard" }));
        Assert.Equal(
            "town: leader-a",
            Up(pack, Case("C-A1-1", null, "station-a1") with { Category = "rubbish", Department = "enforcement" })
        );
        Assert.Equal("none", Up(pack, Case("C-A1-1", null, "police-a1") with { Category = "lead", Confidential = true }));
    }

    [Fact]
    public void Escalated_case_follows_the_posts_of_its_level()
    {
        Assert.Equal(["leader-a"], Ids(CaseRouting.Recipients(Loaded, Case("C-A1-1", "town", "leader-old"), default(DateTimeOffset))));
        Assert.True(CaseRouting.IsOutdated(Loaded, Case("C-A1-1", "town", "leader-old"), default));
        Assert.Equal(
            ["dispatcher-1", "dispatcher-2"],
            Ids(CaseRouting.Recipients(Without("leader-a"), Case("C-A1-1", "town", "leader-a"), default(DateTimeOffset)))
        );
    }

    [Fact]
    public void Case_is_sent_back_to_where_it_climbed_from_or_further_down_where_that_is_vacant()
    {
        var given = Of((Reporter, Reported with { Category = "bridge", Area = new("qinghe/C-A1-1") }))
            .Happened(One, Climbed("village", []))
            .Happened(One, Climbed("town", [], "village"));
        var view = given.State.Case!;

        Assert.Equal(("village", "clerk-a1"), Down(Loaded, view));
        Assert.Equal((null, "worker-1 worker-2 worker-3 worker-4 worker-5"), Down(Without("clerk-a1"), view));
    }

    static (string?, string) Down(LoadedPack pack, CaseView view)
    {
        var down = CaseLadder.Down(pack, view, DateTimeOffset.UnixEpoch);
        return (down.Level, string.Join(' ', Ids(down.Recipients).Order()));
    }

    static CaseEscalated Climbed(string to, PersonId[] offeredTo, string? from = null) =>
        new(from, to, null, "理由", [.. offeredTo], [], false, Terms);

    static CaseState Started(CaseState state, double hours, CaseEvent e) =>
        CaseState.Evolve(
            state,
            CaseClockRules.Plan(state, e, Time, Noon.AddHours(hours)),
            new(Guid.NewGuid(), Noon.AddHours(hours), One, Guid.NewGuid())
        );

    static CaseClock? Run(CaseState state, ClockName clock) => CaseClockRules.Current(state.Case!.Clocks, clock);

    static RoutedCase Case(string area, string? level, params string[] offeredTo) =>
        new(
            Guid.NewGuid(),
            1,
            CaseStatus.Offered,
            new("qinghe/" + area),
            "bridge",
            null,
            false,
            [.. offeredTo.Select(p => new PersonId("qinghe/" + p))],
            null,
            Level: level
        );

    static LoadedPack Without(params string[] people) =>
        LoadedPack.Build(Qinghe with { Holdings = [.. Qinghe.Holdings.Where(h => !people.Contains(h.Person))] });

    static string Up(LoadedPack pack, RoutedCase routed, ClockName? breached = null)
    {
        if (CaseLadder.Up(pack, routed, breached) is not { } up)
            return "none";
        var passed = up.Vacant.IsEmpty ? "" : $", past {string.Join(", ", up.Vacant)}";
        return $"{up.Level}: {string.Join(", ", Ids(up.Recipients).Order())}{passed}";
    }

    static IEnumerable<string> Ids(IEnumerable<PersonId> people) => people.Select(p => p.Id);
}
