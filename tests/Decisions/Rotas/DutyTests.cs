using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Domain.Rotas;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Rotas;

/// <summary>Who is offered a case by the time of day and by who is on duty. 2026-11-25 is a Wednesday.</summary>
public sealed class DutyTests
{
    const string Grid = "C-A1-1";

    static readonly Pack Qinghe = PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!;

    static readonly RecipientRule ByDay = new("worker", null) { When = TimesOfDay.Parse("office") };
    static readonly RecipientRule ByNight = new("clerk", "village") { Rota = "night", When = TimesOfDay.Parse("outside-office") };

    /// <summary>Officer station-a1 has the town's nights from Monday to Friday, the leader those of the weekend.</summary>
    static readonly ImmutableArray<Shift> Nights =
    [
        Night("C-A", "station-a1", DutyDays.Monday | DutyDays.Tuesday | DutyDays.Wednesday | DutyDays.Thursday | DutyDays.Friday),
        Night("C-A", "leader-a", DutyDays.Saturday | DutyDays.Sunday),
    ];

    [Theory]
    [InlineData("2026-11-25T08:29", "station-a1")]
    [InlineData("2026-11-25T08:30", "worker-1 worker-2 worker-3 worker-4 worker-5")]
    [InlineData("2026-11-25T13:00", "worker-1 worker-2 worker-3 worker-4 worker-5")]
    [InlineData("2026-11-25T17:30", "station-a1")]
    [InlineData("2026-11-28T08:29", "station-a1")]
    [InlineData("2026-11-28T08:30", "clerk-a1")]
    [InlineData("2026-11-28T17:30", "leader-a")]
    public void Case_goes_to_the_post_in_office_hours_and_to_whoever_is_on_duty_outside_them(string time, string people) =>
        Assert.Equal(people.Split(' '), Recipients(Loaded(), At(time)));

    [Fact]
    public void Unclaimed_case_follows_the_shift_and_a_claimed_one_does_not()
    {
        var (pack, night) = (Loaded(), At("2026-11-25T20:00"));
        var routed = Routed("station-a1");

        Assert.False(CaseRouting.IsOutdated(pack, routed, night));
        Assert.True(CaseRouting.IsOutdated(pack, routed, At("2026-11-26T08:30")));
        var claimed = routed with { Status = CaseStatus.Claimed, Claimant = new("qinghe/station-a1") };
        Assert.False(CaseRouting.IsOutdated(pack, claimed, At("2026-11-26T08:30")));
        Assert.True(CaseRouting.ClaimStands(pack, claimed));
        Assert.True(CaseRouting.IsOutdated(Loaded([]), claimed, At("2026-11-26T08:30")));
    }

    [Theory]
    [InlineData("station-a1", "2026-11-25T20:00", "on duty by night in C-A, outside-office")]
    [InlineData("station-a1", "2026-11-26T09:00", "on duty by night in C-A, outside-office")]
    [InlineData("worker-1", "2026-11-26T09:00", "worker of C-A1-1, office")]
    [InlineData("clerk-a1", "2026-11-28T12:00", "clerk of C-A1, outside-office, nobody on duty by night")]
    public void Recipient_is_told_the_rota_and_the_times_by_which_they_have_it(string person, string time, string expected)
    {
        var given = Of((Reporter, Reported with { Category = "rubbish", Area = new("qinghe/" + Grid), OfferedTo = [Id(person)] }));

        var reason = RecipientReasons.Of(Loaded(), given.State.Case!, Id(person), At(time));

        var who = reason.OnDuty is { } rota ? $"on duty by {rota.Id} in {reason.Area!.Code}" : $"{reason.Post!.Id} of {reason.Area!.Code}";
        Assert.Equal(ReasonKind.Category, reason.Kind);
        Assert.Equal(expected, $"{who}, {reason.Rule!.When}{(reason.Unmanned is { } empty ? $", nobody on duty by {empty.Id}" : "")}");
    }

    [Theory]
    [InlineData("2026-11-25T07:00", "2026-11-25T08:30")]
    [InlineData("2026-11-25T08:30", "2026-11-25T17:30")]
    [InlineData("2026-11-27T17:30", "2026-11-28T08:30")]
    [InlineData("2026-11-28T08:30", "2026-11-28T17:30")]
    public void Next_change_is_when_a_shift_or_the_office_hours_begin_or_end(string after, string next) =>
        Assert.Equal(At(next), Loaded().Duty.NextChange(At(after)));

    [Fact]
    public void Pack_without_times_in_its_rules_never_changes_by_itself() =>
        Assert.Null(LoadedPack.Build(Qinghe).Duty.NextChange(At("2026-11-25T07:00")));

    [Fact]
    public void Rule_of_hours_over_midnight_applies_on_both_sides_of_it()
    {
        var pack = LoadedPack.Build(Qinghe);
        var hours = TimesOfDay.Parse("22:00-06:00")!;

        string[] times = ["2026-11-25T21:59", "2026-11-25T22:00", "2026-11-26T05:59", "2026-11-26T06:00"];

        Assert.Equal([false, true, true, false], times.Select(t => hours.Contain(At(t), pack.WorkingTime)));
    }

    [Fact]
    public void Rule_within_an_area_applies_there_alone()
    {
        var pack = Loaded([], new RecipientRule("worker", null), new RecipientRule("station", "town") { Within = "C-B" });
        var category = pack.Categories["rubbish"];

        Assert.Equal(["worker-a21"], Ids(pack.Recipients(category, pack.Areas["C-A2-1"], At("2026-11-25T10:00"))));
        Assert.Equal(["worker-b11", "station-b"], Ids(pack.Recipients(category, pack.Areas["C-B1-1"], At("2026-11-25T10:00"))));
    }

    [Fact]
    public void Vacant_post_of_a_department_goes_up_the_ladder_and_says_so()
    {
        var withoutStation = Qinghe with { Holdings = [.. Qinghe.Holdings.Where(h => h.Post != "station" || h.Area != "C-A")] };
        var pack = LoadedPack.Build(withoutStation);
        var bridge = Routed("worker-1") with { Category = "bridge", Department = "enforcement" };
        var given = Of((Reporter, Reported with { Category = "bridge", Area = new("qinghe/" + Grid), OfferedTo = [Id("worker-1")] }));
        given.Happened(One, new CaseTransferred("enforcement", "理由", [Id("leader-a")]));

        Assert.Equal(["leader-a"], Ids(CaseRouting.Recipients(pack, bridge, At("2026-11-25T10:00"))));
        var reason = RecipientReasons.Of(pack, given.State.Case!, Id("leader-a"), At("2026-11-25T10:00"));
        Assert.Equal((ReasonKind.NextLevel, "leader", "C-A"), (reason.Kind, reason.Post!.Id, reason.Area!.Code));
        Assert.Equal("county", CaseLadder.Up(pack, RoutedCase.Of(given.State.Case!))!.Level);
    }

    static Shift Night(string area, string person, DutyDays days) =>
        new("night", area, person, new(2026, 1, 1), null, days, 17 * 60 + 30, 8 * 60 + 30);

    static LoadedPack Loaded() => Loaded(Nights);

    static LoadedPack Loaded(ImmutableArray<Shift> shifts, params RecipientRule[] rules) =>
        LoadedPack.Build(
            Qinghe with
            {
                Rotas = [new("night", "夜间值班", "Night duty", 17 * 60 + 30, 8 * 60 + 30)],
                Shifts = shifts,
                Categories =
                [
                    .. Qinghe.Categories.Select(c =>
                        c.Code == "rubbish" ? c with { Recipients = rules.Length == 0 ? [ByDay, ByNight] : [.. rules] } : c
                    ),
                ],
            }
        );

    static IEnumerable<string> Recipients(LoadedPack pack, DateTimeOffset at) =>
        Ids(pack.Recipients(pack.Categories["rubbish"], pack.Areas[Grid], at));

    static RoutedCase Routed(params string[] people) =>
        new(Guid.Empty, 1, CaseStatus.Offered, new("qinghe/" + Grid), "rubbish", null, false, [.. people.Select(Id)], null);

    static IEnumerable<string> Ids(ImmutableArray<PersonId> people) => people.Select(p => p.Id);

    static PersonId Id(string person) => new("qinghe/" + person);

    static DateTimeOffset At(string time) => DateTimeOffset.Parse(time + "+08:00", System.Globalization.CultureInfo.InvariantCulture);
}
