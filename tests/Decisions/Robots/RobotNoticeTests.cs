using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Domain.Robots;

namespace GridActors.Decisions.Tests.Robots;

/// <summary>Which steps of a case a robot tells of, and to which group.</summary>
public sealed class RobotNoticeTests
{
    static readonly LoadedPack Pack = LoadedPack.Build(
        PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!
    );
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Late = TimeSpan.FromMinutes(1);
    static readonly GroupRobot All = new("duty", "值班群", "", [], [.. Enum.GetValues<RobotEvent>()], false);

    [Fact]
    public void Clock_that_warns_or_runs_out_is_told_once()
    {
        var warned = Case(ClockState.Warned);
        var breached = Case(ClockState.Breached);

        var notice = Assert.Single(Of(Case(ClockState.Running), warned));
        Assert.Equal((RobotEvent.Warned, ClockName.Solve, false), (notice.Event, notice.Clock, notice.IsLate));
        Assert.Equal(("QH2026-000001", "路灯不亮"), (notice.Number, notice.Category));
        Assert.Equal(Noon.AddHours(1).ToOffset(TimeSpan.FromHours(8)), notice.DueAt);
        Assert.Equal(RobotEvent.Breached, Assert.Single(Of(warned, breached)).Event);
        Assert.Empty(Of(breached, breached with { UpdatedAt = Noon.AddHours(2) }));
    }

    [Fact]
    public void Breach_that_is_recorded_long_after_it_is_late_and_a_late_warning_is_not_told()
    {
        var down = Case(ClockState.Breached, recordedAt: Noon.AddHours(3));
        Assert.True(Assert.Single(Of(Case(ClockState.Running), down)).IsLate);
        Assert.Empty(Of(Case(ClockState.Running), Case(ClockState.Warned, recordedAt: Noon.AddMinutes(40))));
    }

    [Fact]
    public void Robot_tells_of_its_areas_and_its_events_alone()
    {
        var (running, breached) = (Case(ClockState.Running), Case(ClockState.Breached));

        Assert.Single(Of(running, breached, All with { Areas = ["C-A"] }));
        Assert.Empty(Of(running, breached, All with { Areas = ["C-B"] }));
        Assert.Empty(Of(running, breached, All with { Events = [RobotEvent.Warned] }));
    }

    [Fact]
    public void Confidential_case_is_never_told()
    {
        var before = Case(ClockState.Running) with { Confidential = true };
        Assert.Empty(Of(before, Case(ClockState.Breached) with { Confidential = true }));
    }

    [Fact]
    public void Clocks_that_nobody_waits_for_are_not_told()
    {
        var (running, breached) = (Case(ClockState.Running, ClockName.Idle), Case(ClockState.Breached, ClockName.Idle));
        Assert.Empty(Of(running, breached));
    }

    [Fact]
    public void Climbing_is_told_with_the_level_and_sending_back_is_not()
    {
        var below = Case(ClockState.Running);
        var town = below with { Ladder = new("town", ["village"], [], Noon) };
        var back = below with { Ladder = new("village", [], [], Noon) };

        var notice = Assert.Single(Of(back, town));
        Assert.Equal((RobotEvent.Escalated, "镇"), (notice.Event, notice.About));
        Assert.Equal("Town", Assert.Single(Of(back, town, All with { IsEnglish = true })).About);
        Assert.Empty(Of(town, back));
    }

    [Fact]
    public void Notice_names_no_person_and_nothing_that_people_wrote()
    {
        var supervised = Case(ClockState.Breached) with
        {
            Supervisions = [new("QH2026-D000001", Noon, new("qinghe/dispatcher-1"), "王五家门口", null, null, null, null, "")],
        };
        var notices = Of(Case(ClockState.Running), supervised).ToList();

        Assert.Equal([RobotEvent.Breached, RobotEvent.Supervised], notices.Select(n => n.Event));
        Assert.All(notices, n => Assert.DoesNotContain("王五", n.ToString(), StringComparison.Ordinal));
        Assert.All(notices, n => Assert.DoesNotContain("worker-1", n.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Robots_of_a_pack_are_read_and_errors_have_their_line()
    {
        using var files = new SmallPack();
        files["pack.yaml"] += "robots:\n  - {id: duty, name: 值班群, areas: [nowhere], events: [breached, gone], language: fr}\n";

        var errors = files.Errors().ToList();
        Assert.Contains(errors, e => e.Contains("\"gone\" of robot duty is nothing that a robot tells", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("\"fr\" must be zh or en", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("area nowhere, which is not in areas.csv", StringComparison.Ordinal));

        files.Replace("pack.yaml", "areas: [nowhere], events: [breached, gone], language: fr", "events: [breached, warned]");
        var robot = Assert.Single(files.Read().Pack!.Robots);
        Assert.Equal([RobotEvent.Breached, RobotEvent.Warned], robot.Events.AsEnumerable());
        Assert.False(robot.IsEnglish);
    }

    static IEnumerable<RobotNotice> Of(CaseView before, CaseView now, GroupRobot? robot = null) =>
        RobotNotices.Of(before, now, robot ?? All, Pack, Late);

    static CaseView Case(ClockState state, ClockName clock = ClockName.Solve, DateTimeOffset? recordedAt = null)
    {
        var due = Noon.AddHours(1);
        var at =
            recordedAt
            ?? state switch
            {
                ClockState.Warned => due.AddMinutes(-30),
                ClockState.Breached => due.AddSeconds(1),
                _ => Noon,
            };
        var run = new CaseClock(clock, "1h", Noon, due, due.AddMinutes(-30), false, state, state == ClockState.Breached ? at : null, null);
        return new()
        {
            Id = Guid.Parse("11111111-1111-1111-1111-111111111111"),
            Number = "QH2026-000001",
            Status = CaseStatus.Claimed,
            Category = "lamp",
            Area = new AreaId("qinghe/C-A1-1"),
            Title = "王五家门口的灯",
            Detail = "王五",
            Confidential = false,
            OfferedTo = [new("qinghe/worker-1")],
            Reporter = new("qinghe/worker-1"),
            ReportedAt = Noon,
            UpdatedAt = at,
            UpdatedBy = new("qinghe/worker-1"),
            LastStep = CaseStep.ClockBreached,
            Version = 2,
            Clocks = [run],
        };
    }
}
