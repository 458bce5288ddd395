using FsCheck;
using FsCheck.Fluent;
using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>What holds for every start and every term, at places with different calendars, hours and zones.</summary>
public sealed class WorkingTimePropertyTests
{
    static readonly DateOnly Sunday = new(2026, 11, 1); // New York puts its clocks back.

    static readonly (WorkingTime Time, NaiveClock Naive)[] Places =
    [
        (Liling, new("Asia/Shanghai", "china", _ => [(510, 720), (870, 1050)])),
        (
            new(
                Schedule with
                {
                    Office = new([new(8 * 60, 12 * 60), new(12 * 60, 17 * 60)]),
                    Seasons = [new(new(11, 15), new(3, 15), new([new(9 * 60, 16 * 60)]))],
                    Closures = [new(new(2025, 12, 20), new(2026, 1, 8), "", "")],
                    Workdays = [new(Sunday, "", ""), new(new(2026, 3, 8), "", "")],
                },
                "America/New_York"
            ),
            new(
                "America/New_York",
                "china",
                d => (d.Month, d.Day) is var m && (m.CompareTo((11, 15)) >= 0 || m.CompareTo((3, 15)) <= 0) ? [(540, 960)] : [(480, 1020)],
                Enumerable.Range(0, 20).Select(d => new DateOnly(2025, 12, 20).AddDays(d)),
                [Sunday, new(2026, 3, 8)]
            )
        ),
        (new(Weekends(RoundTheClock), "Asia/Kathmandu"), new("Asia/Kathmandu", null, _ => [(0, 1440)])),
        (
            new(Weekends(new OfficeInterval(0, 200), new(1200, 1440)), "Europe/Berlin"),
            new("Europe/Berlin", null, _ => [(0, 200), (1200, 1440)])
        ),
    ];

    static readonly Gen<int> Place = Gen.Choose(0, Places.Length - 1);

    /// <summary>Whole minutes from June 2021 to the end of 2027: two of these years aren't published.</summary>
    static readonly Gen<DateTimeOffset> Minute = Gen.Choose(0, 3_460_000)
        .Select(m => new DateTimeOffset(2021, 6, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(m));

    static readonly Gen<DateTimeOffset> Moment = Minute.Zip(Gen.Choose(0, 599_999_999), (m, t) => m.AddTicks(t));

    static readonly Gen<Term> AnyTerm = Gen.Elements(Enum.GetValues<TermUnit>()).Zip(Gen.Choose(1, 120), (u, c) => new Term(c, u));

    static readonly Gen<(int Place, DateTimeOffset From, Term Term)> Question = Place
        .Zip(Moment, (p, m) => (p, m))
        .Zip(AnyTerm, (x, t) => (x.p, x.m, t));

    [Fact]
    public void Counting_minute_by_minute_gives_the_same() =>
        Check(
            Place
                .Zip(Minute, (p, m) => (p, m))
                .Zip(AnyTerm, (x, t) => (x.p, x.m, t.Unit == TermUnit.WorkingHours ? t with { Count = 1 + t.Count / 4 } : t)),
            q => Places[q.p].Time.Due(q.m, q.Item3).At == Places[q.p].Naive.Due(q.m, q.Item3),
            400
        );

    [Fact]
    public void Office_time_between_two_moments_is_that_of_its_minutes() =>
        Check(
            Place.Zip(Minute, (p, m) => (p, m)).Zip(Gen.Choose(0, 20_000), (x, l) => (x.p, x.m, l)),
            q =>
                Places[q.p].Time.Between(q.m, q.m.AddMinutes(q.l))
                == TimeSpan.FromMinutes(Places[q.p].Naive.MinutesBetween(q.m, q.m.AddMinutes(q.l))),
            100
        );

    [Fact]
    public void Nothing_is_due_in_the_past() => Check(Question, q => Time(q).Due(q.From, q.Term).At > q.From, 2000);

    [Fact]
    public void A_later_start_is_never_due_earlier() =>
        Check(
            Question.Zip(Moment, (q, later) => (q, later)),
            x =>
            {
                var (one, other) = (Time(x.q).Due(x.q.From, x.q.Term).At, Time(x.q).Due(x.later, x.q.Term).At);
                return x.q.From <= x.later ? one <= other : other <= one;
            },
            2000
        );

    [Fact]
    public void Starts_close_to_each_other_keep_their_order() =>
        Check(
            Question.Zip(Gen.Choose(0, 2_000_000), (q, later) => (q, later)),
            x => Time(x.q).Due(x.q.From, x.q.Term).At <= Time(x.q).Due(x.q.From.AddMilliseconds(x.later * 50), x.q.Term).At,
            2000
        );

    [Fact]
    public void A_longer_term_is_due_later() =>
        Check(Question, q => Time(q).Due(q.From, q.Term).At < Time(q).Due(q.From, q.Term with { Count = q.Term.Count + 1 }).At, 2000);

    [Fact]
    public void One_term_after_another_is_the_sum_of_both() =>
        Check(
            Question.Zip(Gen.Choose(1, 120), (q, more) => (q, more)),
            x =>
            {
                var run = new ClockRun(x.q.From, x.q.Term) { Extensions = [x.q.Term with { Count = x.more }] };
                return Time(x.q).Due(run) == Time(x.q).Due(x.q.From, x.q.Term with { Count = x.q.Term.Count + x.more });
            },
            2000
        );

    [Fact]
    public void A_pause_for_nothing_changes_nothing() =>
        Check(
            Question.Zip(Gen.Choose(0, 100_000), (q, after) => (q, after)),
            x =>
            {
                var at = x.q.From.AddSeconds(x.after);
                var run = new ClockRun(x.q.From, x.q.Term);
                return Time(x.q).Due(run with { Pauses = [new(at, at)] }) == Time(x.q).Due(run);
            },
            2000
        );

    [Fact]
    public void A_pause_moves_the_due_time_by_what_it_held() =>
        Check(
            Question.Zip(Gen.Choose(0, 100_000), (q, after) => (q, after)).Zip(Gen.Choose(0, 1_000_000), (x, l) => (x.q, x.after, l)),
            x =>
            {
                var (time, run) = (Time(x.q), new ClockRun(x.q.From, x.q.Term));
                var pause = new Pause(x.q.From.AddSeconds(x.after), x.q.From.AddSeconds(x.after + x.l));
                var (before, after) = (time.Due(run).At, time.Due(run with { Pauses = [pause] }).At);
                return run.Term.Unit switch
                {
                    TermUnit.WorkingDays => time.DaysBetween(before.AddTicks(-1), after.AddTicks(-1))
                        == time.DaysBetween(pause.From, pause.To),
                    TermUnit.WorkingHours => time.Between(before, after) == time.Between(pause.From, pause.To),
                    _ => after - before == pause.To - pause.From,
                };
            },
            2000
        );

    [Fact]
    public void A_warning_leaves_as_much_time_as_it_says() =>
        Check(
            Question,
            q =>
            {
                var (time, due) = (Time(q), Time(q).Due(q.From, q.Term).At);
                var at = time.Before(due, q.Term);
                return at < due
                    && q.Term.Unit switch
                    {
                        TermUnit.WorkingDays => time.Due(
                            new ClockRun(at.AddDays(-3), new(3 * 24, TermUnit.Hours)) { Extensions = [q.Term] }
                        ).At == due,
                        TermUnit.WorkingHours => time.Between(at, due) == TimeSpan.FromHours(q.Term.Count),
                        _ => time.Due(at, q.Term).At == due,
                    };
            },
            2000
        );

    [Fact]
    public void Shares_add_up_to_the_whole() =>
        Check(
            Place.Zip(Moment.ArrayOf(5), (p, m) => (p, Moments: m.Order().ToArray())),
            x =>
            {
                var time = Places[x.p].Time;
                return time.Minutes(x.Moments).Sum() == time.Between(x.Moments[0], x.Moments[^1]).Ticks / TimeSpan.TicksPerMinute;
            },
            1000
        );

    [Fact]
    public void An_explanation_counts_the_days_that_make_the_due_time() =>
        Check(
            Question,
            q =>
            {
                var (time, why) = (Time(q), DueExplanation.Of(Time(q), new(q.From, q.Term)));
                return why.Due == time.Due(q.From, q.Term)
                    && why.Counted.All(time.IsWorked)
                    && !why.Skipped.Any(time.IsWorked)
                    && (q.Term.Unit != TermUnit.WorkingDays || why.Counted.Length == q.Term.Count)
                    && (q.Term.Unit is TermUnit.WorkingDays or TermUnit.WorkingHours || why.Counted.IsEmpty && why.Skipped.IsEmpty);
            },
            500
        );

    static WorkingTime Time((int Place, DateTimeOffset From, Term Term) question) => Places[question.Place].Time;

    static void Check<T>(Gen<T> given, Func<T, bool> holds, int tests) =>
        Prop.ForAll(given.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));
}
