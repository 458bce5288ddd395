using System.Collections.Immutable;
using GridActors.Domain.Scores;

namespace GridActors.Decisions.Tests.Scores;

/// <summary>What a month's facts come to, line by line, and how somebody might try to make more of them.</summary>
public sealed class ScoreCalculatorTests
{
    const string Worker = "worker";
    static readonly ScoreMonth Month = new(2026, 11);
    static readonly DateTimeOffset Begins = new(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(8));

    static readonly ScoreFacts Nothing = new(Month, Begins.AddMonths(1), [], [], [], [], [], [], []);

    [Theory]
    [InlineData(20, 20)]
    [InlineData(19, 20)]
    [InlineData(16, 11.43)]
    [InlineData(12, 0)]
    [InlineData(3, 0)]
    public void Rate_between_floor_and_target_earns_points_evenly(int onDuty, double points)
    {
        var line = Line(Duty, Nothing with { Days = Days(20, onDuty) });

        Assert.Equal((decimal)points, line.Points);
        Assert.Equal((onDuty, 20m), (line.Measured, line.OutOf));
        Assert.Equal(20, line.Evidence.Length);
        Assert.Equal(20 - onDuty, line.Evidence.Count(e => e.Note == EvidenceNote.NotOnDuty));
    }

    [Fact]
    public void Days_of_leave_are_no_days_that_somebody_missed()
    {
        var days = Days(20, 10).Select((d, i) => i < 10 ? d : d with { IsExpected = false, IsLeave = true });

        var score = Compute([Duty], Nothing with { Days = [.. days] });

        Assert.Equal(20, score.Points);
        Assert.Equal(new(20, 10, 10, 10), score.Days);
    }

    [Fact]
    public void Item_with_nothing_to_do_counts_in_no_full_marks()
    {
        var score = Compute([Duty, Tasks], Nothing with { Days = Days(10, 10) });

        var tasks = Assert.Single(score.Lines, l => l.Item.Id == Tasks.Id);
        Assert.Equal((false, 0m, 0m), (tasks.Applies, tasks.Points, tasks.Of));
        Assert.Equal((20m, 20m, 100m), (score.Points, score.Of, score.Mark));
    }

    [Fact]
    public void Nobody_whose_items_all_dont_apply_has_a_mark()
    {
        Assert.Null(Compute([Tasks], Nothing).Mark);
    }

    [Fact]
    public void Same_household_twice_on_a_day_counts_once_and_says_so()
    {
        var household = Guid.NewGuid();
        var line = Line(
            Visits,
            Nothing with
            {
                Days = Days(1, 1),
                Visits = [Visited(2, 9, household), Visited(2, 10, household), Visited(3, 9, household)],
            }
        );

        Assert.Equal([true, false, true], line.Evidence.Select(e => e.Counts));
        Assert.Equal(EvidenceNote.Again, line.Evidence[1].Note);
        Assert.Equal((2m, 2m, 10m), (line.Measured, line.OutOf, line.Points));
    }

    [Fact]
    public void Visits_are_compared_with_the_days_on_duty_and_more_earns_no_more()
    {
        var many = Enumerable.Range(0, 30).Select(i => Visited(2, 9 + i / 60.0, Guid.NewGuid()));

        Assert.Equal(10, Line(Visits, Nothing with { Days = Days(1, 1), Visits = [.. many] }).Points);
        Assert.Equal(5, Line(Visits, Nothing with { Days = Days(4, 2), Visits = [.. many.Take(2)] }).Points);
    }

    [Fact]
    public void Visits_of_other_purposes_dont_count()
    {
        var service = Visited(2, 9, Guid.NewGuid()) with { Purpose = "service" };

        Assert.Empty(Line(Visits, Nothing with { Days = Days(1, 1), Visits = [service] }).Evidence);
    }

    [Fact]
    public void Doubted_record_counts_until_a_person_decides_and_says_so()
    {
        var doubted = Visited(2, 9, Guid.NewGuid(), isDoubted: true);

        var evidence = Assert.Single(Line(Visits, Nothing with { Days = Days(1, 1), Visits = [doubted] }).Evidence);

        Assert.Equal((true, EvidenceNote.Doubted), (evidence.Counts, evidence.Note));
    }

    [Fact]
    public void Reports_count_once_somebody_else_works_on_them_and_not_as_duplicates()
    {
        var line = Line(
            Reports,
            Nothing with
            {
                Reports =
                [
                    Reported(1, 9),
                    Reported(2, 9) with
                    {
                        IsClaimed = false,
                    },
                    Reported(3, 9) with
                    {
                        IsOwn = true,
                    },
                    Reported(4, 9) with
                    {
                        IsDuplicate = true,
                    },
                    Reported(5, 9) with
                    {
                        IsClaimed = false,
                        IsClosed = true,
                    },
                ],
            }
        );

        Assert.Equal(
            [EvidenceNote.None, EvidenceNote.Waiting, EvidenceNote.Own, EvidenceNote.Duplicate, EvidenceNote.None],
            line.Evidence.Select(e => e.Note)
        );
        Assert.Equal((2m, 10m), (line.Measured, line.Points));
    }

    [Fact]
    public void One_report_split_into_parts_earns_no_more_than_a_day_can()
    {
        var line = Line(Reports, Nothing with { Reports = [.. Enumerable.Range(0, 6).Select(i => Reported(1, 9 + i))] });

        Assert.Equal((2m, 10m), (line.Measured, line.Points));
        Assert.Equal(4, line.Evidence.Count(e => e.Note == EvidenceNote.DayFull));
    }

    [Fact]
    public void Numbers_earn_no_more_than_the_items_points()
    {
        Assert.Equal(20, Line(Reports, Nothing with { Reports = [.. Enumerable.Range(1, 20).Select(d => Reported(d, 9))] }).Points);
    }

    [Fact]
    public void Household_is_visited_in_time_late_or_never()
    {
        var line = Line(
            MustVisit,
            Nothing with
            {
                MustVisit =
                [
                    new(Guid.NewGuid(), Begins.AddDays(25), Begins.AddDays(23)),
                    new(Guid.NewGuid(), Begins.AddDays(2), Begins.AddDays(24)),
                    new(Guid.NewGuid(), null, Begins.AddDays(25)),
                ],
            }
        );

        Assert.Equal([EvidenceNote.None, EvidenceNote.Overdue, EvidenceNote.NeverVisited], line.Evidence.Select(e => e.Note));
        Assert.Equal((1m, 3m, 1.11m), (line.Measured, line.OutOf, line.Points));
    }

    [Fact]
    public void Settled_cases_are_on_time_or_late_and_ones_own_rating_is_none()
    {
        var facts = Nothing with
        {
            Settled =
            [
                Closed(2) with
                {
                    Rating = 5,
                },
                Closed(3) with
                {
                    IsLate = true,
                    Rating = 2,
                },
                Closed(4) with
                {
                    IsOwn = true,
                    Rating = 5,
                },
            ],
        };

        var (onTime, satisfaction) = (Line(OnTime, facts), Line(Satisfaction, facts));

        Assert.Equal((2m, 3m), (onTime.Measured, onTime.OutOf));
        Assert.Equal((1m, 2m), (satisfaction.Measured, satisfaction.OutOf));
        Assert.Equal([EvidenceNote.None, EvidenceNote.Unsatisfied], satisfaction.Evidence.Select(e => e.Note));
    }

    [Fact]
    public void Returned_cases_take_points_away_down_to_zero_and_count_in_no_full_marks()
    {
        ImmutableArray<ReturnFact> returned =
        [
            .. Enumerable.Range(1, 8).Select(d => new ReturnFact(Guid.NewGuid(), "", Begins.AddDays(d))),
        ];

        var score = Compute([Duty, Returns], Nothing with { Days = Days(10, 8), Returns = returned });

        Assert.Equal((-10m, 0m), (score.Lines[1].Points, score.Lines[1].Of));
        Assert.Equal((1.43m, 20m), (score.Points, score.Of));
        Assert.Equal(0, Compute([Duty, Returns], Nothing with { Days = Days(10, 6), Returns = returned }).Points);
    }

    [Fact]
    public void Refused_to_dos_count_nowhere_and_late_ones_as_not_done_in_time()
    {
        var line = Line(
            Tasks,
            Nothing with
            {
                Tasks =
                [
                    new(Guid.NewGuid(), "河道", Begins.AddDays(2), Begins.AddDays(1), false, false),
                    new(Guid.NewGuid(), "消防", Begins.AddDays(3), Begins.AddDays(4), true, false),
                    new(Guid.NewGuid(), "通知", Begins.AddDays(4), null, true, false),
                    new(Guid.NewGuid(), "停电", Begins.AddDays(5), null, true, true),
                ],
            }
        );

        Assert.Equal([EvidenceNote.None, EvidenceNote.Late, EvidenceNote.NotDone, EvidenceNote.Excused], line.Evidence.Select(e => e.Note));
        Assert.Equal((1m, 3m, 3.33m), (line.Measured, line.OutOf, line.Points));
    }

    [Fact]
    public void Same_facts_in_any_order_give_the_same_lines_to_the_last_digit()
    {
        var random = new Random(7);
        for (var month = 1; month <= 12; month++)
        {
            var facts = Generated(random) with { Month = new(2026, month) };
            var shuffled = facts with
            {
                Days = Shuffle(facts.Days),
                Visits = Shuffle(facts.Visits),
                MustVisit = Shuffle(facts.MustVisit),
                Reports = Shuffle(facts.Reports),
                Settled = Shuffle(facts.Settled),
                Tasks = Shuffle(facts.Tasks),
            };

            var (one, other) = (Compute(All, facts), Compute(All, shuffled));

            Assert.Equal((one.Points, one.Of, one.Mark), (other.Points, other.Of, other.Mark));
            foreach (var (line, again) in one.Lines.Zip(other.Lines))
                Assert.Equal(line.Evidence.AsEnumerable(), again.Evidence.AsEnumerable());
            Assert.All(one.Lines, l => Assert.InRange(l.Points, l.Item.Deducts ? -l.Item.Points : 0, l.Item.Points));
        }

        ImmutableArray<T> Shuffle<T>(ImmutableArray<T> all) => [.. all.OrderBy(_ => random.Next())];
    }

    static readonly ScoreItem Duty = Item("duty", ScoreMeasure.Duty, 20) with { Target = 0.95m, Floor = 0.6m };
    static readonly ScoreItem Visits = Item("visits", ScoreMeasure.Visits, 10) with { PerDutyDay = 2, Purposes = ["routine"] };
    static readonly ScoreItem Reports = Item("reports", ScoreMeasure.Reports, 20) with { Each = 5, PerDay = 2 };
    static readonly ScoreItem MustVisit = Item("must-visit", ScoreMeasure.MustVisit, 20) with { Target = 0.9m, Floor = 0.3m };
    static readonly ScoreItem OnTime = Item("on-time", ScoreMeasure.CasesOnTime, 20);
    static readonly ScoreItem Satisfaction = Item("satisfaction", ScoreMeasure.Satisfaction, 10);
    static readonly ScoreItem Returns = Item("returns", ScoreMeasure.Returns, 10) with { Each = 2, Deducts = true };
    static readonly ScoreItem Tasks = Item("tasks", ScoreMeasure.Tasks, 10);
    static readonly ScoreItem[] All = [Duty, Visits, Reports, MustVisit, OnTime, Satisfaction, Returns, Tasks];

    static ScoreItem Item(string id, ScoreMeasure measure, decimal points) => new(id, id, id, "", "", [Worker], measure, points);

    static Score Compute(ScoreItem[] items, ScoreFacts facts) =>
        ScoreCalculator.Compute(new(1, Month, 100, "", "", [.. items]), Worker, facts);

    static ScoreLine Line(ScoreItem item, ScoreFacts facts) => Assert.Single(Compute([item], facts).Lines);

    static ImmutableArray<ScoreDay> Days(int expected, int onDuty) =>
        [
            .. Enumerable
                .Range(0, expected)
                .Select(i => new ScoreDay(
                    Month.First.AddDays(i),
                    true,
                    false,
                    i < onDuty ? new RecordFact(Guid.NewGuid(), Begins.AddDays(i), false) : null,
                    null
                )),
        ];

    static VisitFact Visited(int day, double hour, Guid household, bool isDoubted = false) =>
        new(new(Guid.NewGuid(), Begins.AddDays(day - 1).AddHours(hour), isDoubted), new(2026, 11, day), household, "routine");

    static ReportFact Reported(int day, double hour) =>
        new(Guid.NewGuid(), "", Begins.AddDays(day - 1).AddHours(hour), new(2026, 11, day), false, true, false, false);

    static SettledFact Closed(int day) => new(Guid.NewGuid(), "", Begins.AddDays(day), false, null, false);

    static ScoreFacts Generated(Random random) =>
        Nothing with
        {
            Days = Days(22, random.Next(23)),
            Visits = [.. Enumerable.Range(0, 60).Select(_ => Visited(random.Next(1, 29), random.Next(24), Guid.NewGuid()))],
            MustVisit =
            [
                .. Enumerable
                    .Range(0, 40)
                    .Select(_ => new MustVisitFact(
                        Guid.NewGuid(),
                        random.Next(4) == 0 ? null : Begins.AddDays(random.Next(30)),
                        Begins.AddDays(random.Next(30))
                    )),
            ],
            Reports = [.. Enumerable.Range(0, 20).Select(_ => Reported(random.Next(1, 29), 9) with { IsClaimed = random.Next(2) == 0 })],
            Settled = [.. Enumerable.Range(0, 9).Select(_ => Closed(random.Next(1, 29)) with { IsLate = random.Next(3) == 0 })],
            Returns = [new(Guid.NewGuid(), "", Begins)],
            Tasks =
            [
                .. Enumerable
                    .Range(0, 7)
                    .Select(i => new TaskFact(Guid.NewGuid(), "", Begins.AddDays(i), Begins, random.Next(2) == 0, random.Next(5) == 0)),
            ],
        };
}
