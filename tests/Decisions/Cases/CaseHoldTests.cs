using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Who held a case for how many working minutes. The offices open 08:30 to 12:00 and 14:30 to 17:30.</summary>
public sealed class CaseHoldTests
{
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");

    /// <summary>Monday, 09:00.</summary>
    static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));

    readonly List<(CaseEvent, EventContext)> _events = [];

    [Fact]
    public void Each_holder_gets_the_office_time_in_which_they_had_the_case()
    {
        Happens(0, Reporter, Reported);
        Happens(0.5, One, new CaseClaimed());
        Happens(1, One, new CaseProgressed("进展", []));
        Happens(4, One, new CaseHandedOver(Two, "理由")); // 13:00, in the break.
        Happens(7, Two, new CaseResolved("好了", [])); // 16:00
        Happens(24, Reporter, new CaseClosed(5, "")); // 09:00 on the next day.

        Assert.Equal(
            [(HoldKind.Waiting, null, 30), (HoldKind.Working, One, 150), (HoldKind.Working, Two, 90), (HoldKind.Settled, Two, 90 + 30)],
            Holds(100).Select(h => (h.Kind, h.Claimant, h.Minutes))
        );
    }

    [Fact]
    public void Other_system_has_the_case_until_it_answers()
    {
        var message = Guid.NewGuid();
        Happens(0, Reporter, Reported);
        Happens(0.5, One, new CaseClaimed());
        Happens(1, Stranger, new CaseForwarded("hotline", "理由", message, null));
        Happens(2, One, new CaseForwardAnswered("hotline", message, ForwardAnswer.Refused, "不属于", false));

        Assert.Equal([HoldKind.Waiting, HoldKind.Working, HoldKind.Elsewhere, HoldKind.Working], Holds(3).Select(h => h.Kind));
        Assert.Equal([30, 30, 60, 60], Holds(3).Select(h => h.Minutes));
    }

    [Fact]
    public void Minutes_of_an_open_case_run_until_now_and_add_up_to_the_whole()
    {
        Happens(0, Reporter, Reported);
        for (var i = 1; i < 40; i++)
            Happens(i * 0.77, i % 2 == 0 ? One : Two, i % 2 == 0 ? new CaseReleased("理由") : new CaseClaimed());

        var holds = Holds(1000);

        Assert.Equal((long)Time.Between(Start, Start.AddHours(1000)).TotalMinutes, holds.Sum(h => h.Minutes));
        Assert.Equal(Start.AddHours(1000), holds[^1].To);
        Assert.All(holds.Zip(holds.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    [Fact]
    public void Nobody_holds_a_closed_case_until_it_is_opened_again()
    {
        Happens(0, Reporter, Reported);
        Happens(1, One, new CaseClaimed());
        Happens(2, One, new CaseResolved("好了", []));
        Happens(3, Reporter, new CaseClosed(5, ""));
        Happens(24, Reporter, new CaseReopened("又坏了"));

        var holds = Holds(25);

        Assert.Equal([60, 60, 60, 60], holds.Select(h => h.Minutes));
        Assert.Equal((HoldKind.Waiting, Start.AddHours(24)), (holds[^1].Kind, holds[^1].From));
    }

    [Fact]
    public void What_changes_no_holder_divides_nothing()
    {
        Happens(0, Reporter, Reported);
        Happens(1, Two, new CaseCommented("说明"));
        Happens(2, PersonId.Clock("p"), new CaseClockWarned(ClockName.Solve, Start.AddHours(5)));

        Assert.Equal((HoldKind.Waiting, 180), Holds(3).Select(h => (h.Kind, h.Minutes)).Single());
    }

    void Happens(double hour, PersonId by, CaseEvent e) =>
        _events.Add((e, new(Guid.Empty, Start.AddHours(hour), by, new(_events.Count, 0, 0, new byte[8]))));

    IReadOnlyList<CaseHold> Holds(double now) => CaseHolds.Of(_events, Start.AddHours(now), Time);
}
