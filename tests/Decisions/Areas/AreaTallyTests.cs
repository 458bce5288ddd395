using FsCheck;
using FsCheck.Fluent;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Areas;

namespace GridActors.Decisions.Tests.Areas;

public sealed class AreaTallyTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    static readonly AreaId Child = new("p/A-1");
    static readonly AreaId Other = new("p/A-2");

    readonly AreaTally _tally = Fresh();

    [Fact]
    public void Notes_in_order_are_counted()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        Assert.Equal(Counts(reported: 1, unclaimed: 1, reportedToday: 1), _tally.Total());
        Note(id, 1, 2, CaseStatus.Claimed);
        Note(id, 2, 3, CaseStatus.OnSite);
        Assert.Equal(Counts(reported: 1, claimed: 1, reportedToday: 1), _tally.Total());
        Note(id, 3, 4, CaseStatus.Explained, CaseOutcome.Explained);
        Assert.Equal(Counts(reported: 1, resolved: 1, explained: 1, reportedToday: 1), _tally.Total());
        Note(id, 4, 5, CaseStatus.Closed, CaseOutcome.Explained);
        Assert.Equal(Counts(reported: 1, closed: 1, explained: 1, reportedToday: 1, closedToday: 1), _tally.Total());
        Assert.False(_tally.NeedsRecount);
    }

    [Fact]
    public void Case_solved_on_the_spot_is_counted_from_its_second_version()
    {
        Note(Guid.NewGuid(), 0, 2, CaseStatus.Resolved, CaseOutcome.Resolved);

        Assert.Equal(Counts(reported: 1, resolved: 1, reportedToday: 1), _tally.Total());
    }

    [Fact]
    public void Repeated_note_changes_nothing()
    {
        var id = Guid.NewGuid();
        Assert.True(Note(id, 0, 1, CaseStatus.Offered));
        Assert.False(Note(id, 0, 1, CaseStatus.Offered));
        Assert.True(Note(id, 1, 2, CaseStatus.Claimed));
        Assert.False(Note(id, 0, 1, CaseStatus.Offered));
        Assert.False(Note(id, 1, 2, CaseStatus.Claimed));

        Assert.Equal(Counts(reported: 1, claimed: 1, reportedToday: 1), _tally.Total());
        Assert.False(_tally.NeedsRecount);
        Assert.Equal(2, _tally.Ticker.Length);
    }

    [Fact]
    public void Items_after_the_clock_was_set_back_come_first_in_the_ticker_and_in_order_among_themselves()
    {
        _tally.ResetTicker([.. Enumerable.Range(0, Board.TickerLength).Select(i => Item(Noon.AddHours(2).AddSeconds(-i)))]);
        var (first, second, third) = (Item(Noon), Item(Noon.AddSeconds(5)), Item(Noon.AddSeconds(3)));

        foreach (var (i, item) in new[] { first, second, third }.Index())
            _tally.Report(Report(1, i + 1, Counts()) with { News = [item] }, Noon);

        Assert.Equal([second, third, first], _tally.Ticker.Take(3));
        Assert.Equal(Board.TickerLength, _tally.Ticker.Length);
    }

    [Fact]
    public void Overtaken_note_reaches_the_ticker_and_changes_no_figure()
    {
        var id = Guid.NewGuid();
        _tally.Recount(Day, Counts(reported: 1, claimed: 1, reportedToday: 1), [new(id, 3, CaseStatus.Claimed, CaseOutcome.None)], Noon);

        Assert.True(Note(id, 1, 2, CaseStatus.Offered)); // The ticker didn't have it.

        Assert.Equal(Counts(reported: 1, claimed: 1, reportedToday: 1), _tally.Total());
        Assert.False(_tally.NeedsRecount);
        Assert.Single(_tally.Ticker);
    }

    [Fact]
    public void Missing_note_requires_a_recount_and_changes_no_figure()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        var before = _tally.Total();

        Note(id, 2, 3, CaseStatus.OnSite);

        Assert.True(_tally.NeedsRecount);
        Assert.Equal(before, _tally.Total());
    }

    [Fact]
    public void Note_of_an_unknown_case_requires_a_recount()
    {
        Note(Guid.NewGuid(), 4, 5, CaseStatus.Claimed);

        Assert.True(_tally.NeedsRecount);
        Assert.Equal(default, _tally.Total());
    }

    [Fact]
    public void Recount_replaces_the_figures()
    {
        Note(Guid.NewGuid(), 4, 5, CaseStatus.Claimed);

        _tally.Recount(Day, Counts(reported: 7, closed: 7), [], Noon);

        Assert.False(_tally.NeedsRecount);
        Assert.Equal(7, _tally.Total().Reported);
    }

    [Fact]
    public void Closed_case_is_remembered_for_late_notes_and_marks()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        Note(id, 1, 2, CaseStatus.Closed);

        Assert.False(Note(id, 0, 1, CaseStatus.Offered));
        _tally.Check(new(id, 2));
        _tally.Check(new(id, 1));
        Assert.False(_tally.NeedsRecount);

        _tally.Check(new(id, 3));
        Assert.True(_tally.NeedsRecount);
    }

    [Fact]
    public void Mark_of_a_closed_case_after_minutes_requires_a_recount()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        Note(id, 1, 2, CaseStatus.Closed);
        _tally.Apply(Of(Guid.NewGuid(), 0, 1, CaseStatus.Offered), Noon.AddMinutes(3));

        _tally.Check(new(id, 2));

        Assert.True(_tally.NeedsRecount);
    }

    [Fact]
    public void Reopened_case_requires_a_recount()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        Note(id, 1, 2, CaseStatus.Closed);

        Note(id, 2, 3, CaseStatus.Offered);

        Assert.True(_tally.NeedsRecount);
    }

    [Fact]
    public void Mark_of_a_version_that_was_not_counted_requires_a_recount()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        _tally.Check(new(id, 1));
        Assert.False(_tally.NeedsRecount);
        _tally.Check(new(id, 2));
        Assert.True(_tally.NeedsRecount);
    }

    [Fact]
    public void Mark_of_an_unknown_case_requires_a_recount()
    {
        _tally.Check(new(Guid.NewGuid(), 1));

        Assert.True(_tally.NeedsRecount);
    }

    [Fact]
    public void New_day_resets_the_figures_of_today_alone()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        _tally.Report(Report(1, 1, Counts(reported: 5, unclaimed: 5, reportedToday: 5)), Noon);

        Assert.True(_tally.StartNewDay(Day.AddDays(1)));
        Assert.False(_tally.StartNewDay(Day.AddDays(1)));

        Assert.Equal(Counts(reported: 6, unclaimed: 6), _tally.Total());
        Assert.Equal(Counts(reported: 5, unclaimed: 5), _tally.Of(Child));
        // It was reported on the old day and closed on the new one.
        _tally.Apply(Of(id, 1, 2, CaseStatus.Closed, closedAt: Noon.AddDays(1)), Noon.AddDays(1));
        Assert.Equal(Counts(reported: 6, unclaimed: 5, closed: 1, closedToday: 1), _tally.Total());
        // The clocks of two processes differ a little: so cases of midnight are counted again.
        Assert.True(_tally.NeedsRecount);
    }

    [Fact]
    public void Clock_that_went_back_requires_a_recount()
    {
        _tally.StartNewDay(Day.AddDays(-1));

        Assert.True(_tally.NeedsRecount);
    }

    [Fact]
    public void Childs_report_of_yesterday_adds_nothing_to_today()
    {
        _tally.Report(Report(1, 1, Counts(reported: 3, closed: 3, reportedToday: 3, closedToday: 3), Day.AddDays(-1)), Noon);

        Assert.Equal(Counts(reported: 3, closed: 3), _tally.Total());
    }

    [Fact]
    public void Latest_report_of_a_child_replaces_the_one_before()
    {
        Assert.True(_tally.Report(Report(1, 1, Counts(reported: 3)), Noon));
        Assert.True(_tally.Report(Report(1, 2, Counts(reported: 5)), Noon));
        Assert.False(_tally.Report(Report(1, 2, Counts(reported: 99)), Noon));
        Assert.False(_tally.Report(Report(1, 1, Counts(reported: 3)), Noon));
        Assert.True(_tally.Report(Report(2, 1, Counts(reported: 6)), Noon));
        Assert.True(_tally.Report(Report(1, 1, Counts(reported: 1)) with { Area = Other }, Noon));

        Assert.Equal(7, _tally.Total().Reported);
        Assert.Equal(default, _tally.Of(new("p/unknown")));
    }

    [Fact]
    public void Ticker_is_newest_first_bounded_and_without_duplicates()
    {
        var items = Enumerable
            .Range(0, 30)
            .Select(i => Of(Guid.NewGuid(), 0, 1, CaseStatus.Offered, at: Noon.AddSeconds(i * 7 % 30)).Item)
            .ToList();
        foreach (var item in items)
            _tally.Report(Report(1, items.IndexOf(item) + 1, default) with { News = [item, item] }, Noon);

        Assert.Equal(items.OrderByDescending(i => i.At).Take(Board.TickerLength).Select(i => i.Case), _tally.Ticker.Select(t => t.Case));
    }

    [Fact]
    public void Repeated_and_reordered_notes_give_right_figures_or_require_a_recount() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    var truth = new List<CaseNote>();
                    var last = new List<CaseNote>();
                    for (var c = 0; c < 4; c++)
                    {
                        var (id, version, status, outcome) = (Guid.NewGuid(), 0, CaseStatus.Offered, CaseOutcome.None);
                        for (var s = random.Next(1, 6); s > 0; s--)
                        {
                            truth.Add(Of(id, version, ++version, status, outcome));
                            (status, outcome) = status switch
                            {
                                CaseStatus.Offered => (CaseStatus.Claimed, CaseOutcome.None),
                                CaseStatus.Claimed => (CaseStatus.Explained, CaseOutcome.Explained),
                                CaseStatus.Explained => (CaseStatus.Closed, CaseOutcome.Explained),
                                _ => (CaseStatus.Offered, CaseOutcome.None),
                            };
                        }
                        last.Add(truth[^1]);
                    }
                    var told = truth
                        .Concat(truth.Where(_ => random.Next(3) == 0))
                        .OrderBy(n => random.Next(2) == 0 ? n.Version : random.Next(6))
                        .ToList();

                    var tally = Fresh();
                    foreach (var note in told)
                        tally.Apply(note, Noon);
                    foreach (var note in last)
                        tally.Check(new(note.Item.Case, note.Version));

                    var expected = last.Aggregate(
                        default(AreaCounts),
                        (sum, n) =>
                            sum
                            + new AreaCounts
                            {
                                Reported = 1,
                                Unclaimed = n.Item.Status == CaseStatus.Offered ? 1 : 0,
                                Claimed = n.Item.Status == CaseStatus.Claimed ? 1 : 0,
                                Resolved = n.Item.Status == CaseStatus.Explained ? 1 : 0,
                                Closed = n.Item.Status == CaseStatus.Closed ? 1 : 0,
                                Explained = n.Outcome == CaseOutcome.Explained ? 1 : 0,
                                ReportedToday = 1,
                                ClosedToday = n.Item.Status == CaseStatus.Closed ? 1 : 0,
                            }
                    );
                    return tally.NeedsRecount || tally.Total() == expected;
                }
            )
            .QuickCheckThrowOnFailure();

    static DateOnly Day => DateOnly.FromDateTime(Noon.UtcDateTime);

    static AreaTally Fresh()
    {
        var tally = new AreaTally(at => DateOnly.FromDateTime(at.UtcDateTime));
        tally.Recount(Day, default, [], Noon);
        return tally;
    }

    bool Note(Guid id, int from, int version, CaseStatus status, CaseOutcome outcome = CaseOutcome.None) =>
        _tally.Apply(Of(id, from, version, status, outcome), Noon);

    static CaseNote Of(
        Guid id,
        int from,
        int version,
        CaseStatus status,
        CaseOutcome outcome = CaseOutcome.None,
        DateTimeOffset? at = null,
        DateTimeOffset? closedAt = null
    ) =>
        new(
            from,
            version,
            outcome,
            Noon,
            status == CaseStatus.Closed ? closedAt ?? Noon : null,
            new()
            {
                At = at ?? Noon.AddSeconds(version),
                Step = CaseStep.Progressed,
                Status = status,
                Case = id,
                Version = version,
                Number = "N",
                Area = new("p/A"),
                Category = "c",
                Title = "t",
                By = new PersonId("p/x"),
            },
            false
        );

    static TickerItem Item(DateTimeOffset at) =>
        new()
        {
            At = at,
            Step = CaseStep.Reported,
            Status = CaseStatus.Offered,
            Case = Guid.NewGuid(),
            Version = 1,
            Number = "P2026-000001",
            Area = Child,
            Category = "c",
            Title = "t",
            By = new PersonId("p/x"),
        };

    static AreaReport Report(long epoch, long sequence, AreaCounts counts, DateOnly? day = null) =>
        new(Child, new(epoch, sequence), day ?? Day, counts, [], false);

    static AreaCounts Counts(
        int reported = 0,
        int unclaimed = 0,
        int claimed = 0,
        int resolved = 0,
        int closed = 0,
        int explained = 0,
        int reportedToday = 0,
        int closedToday = 0
    ) =>
        new()
        {
            Reported = reported,
            Unclaimed = unclaimed,
            Claimed = claimed,
            Resolved = resolved,
            Closed = closed,
            Explained = explained,
            ReportedToday = reportedToday,
            ClosedToday = closedToday,
        };
}
