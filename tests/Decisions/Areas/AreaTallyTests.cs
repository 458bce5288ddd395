using FsCheck;
using FsCheck.Fluent;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Areas;

namespace GridActors.Decisions.Tests.Areas;

public sealed class AreaTallyTests
{
    static readonly DateTimeOffset s_noon = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    static readonly AreaId s_child = new("p/A-1");
    static readonly AreaId s_other = new("p/A-2");

    readonly AreaTally _tally = Fresh();

    [Fact]
    public void Notes_in_order_count()
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
        Assert.False(_tally.InDoubt);
    }

    [Fact]
    public void A_case_solved_on_the_spot_counts_from_its_second_version()
    {
        Note(Guid.NewGuid(), 0, 2, CaseStatus.Resolved, CaseOutcome.Resolved);

        Assert.Equal(Counts(reported: 1, resolved: 1, reportedToday: 1), _tally.Total());
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var id = Guid.NewGuid();
        Assert.True(Note(id, 0, 1, CaseStatus.Offered));
        Assert.False(Note(id, 0, 1, CaseStatus.Offered));
        Assert.True(Note(id, 1, 2, CaseStatus.Claimed));
        Assert.False(Note(id, 0, 1, CaseStatus.Offered));
        Assert.False(Note(id, 1, 2, CaseStatus.Claimed));

        Assert.Equal(Counts(reported: 1, claimed: 1, reportedToday: 1), _tally.Total());
        Assert.False(_tally.InDoubt);
        Assert.Equal(2, _tally.Ticker.Length);
    }

    [Fact]
    public void A_step_before_what_is_known_was_overtaken_and_changes_no_figure()
    {
        var id = Guid.NewGuid();
        _tally.Reset(Day, Counts(reported: 1, claimed: 1, reportedToday: 1), [new(id, 3, CaseStatus.Claimed, CaseOutcome.None)], s_noon);

        Assert.True(Note(id, 1, 2, CaseStatus.Offered)); // It is news to the ticker.

        Assert.Equal(Counts(reported: 1, claimed: 1, reportedToday: 1), _tally.Total());
        Assert.False(_tally.InDoubt);
        Assert.Single(_tally.Ticker);
    }

    [Fact]
    public void A_gap_is_a_doubt_and_no_guess()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        var before = _tally.Total();

        Note(id, 2, 3, CaseStatus.OnSite);

        Assert.True(_tally.InDoubt);
        Assert.Equal(before, _tally.Total());
    }

    [Fact]
    public void A_step_of_a_case_that_is_not_known_is_a_doubt()
    {
        Note(Guid.NewGuid(), 4, 5, CaseStatus.Claimed);

        Assert.True(_tally.InDoubt);
        Assert.Equal(default, _tally.Total());
    }

    [Fact]
    public void Counting_again_ends_the_doubt()
    {
        Note(Guid.NewGuid(), 4, 5, CaseStatus.Claimed);

        _tally.Reset(Day, Counts(reported: 7, closed: 7), [], s_noon);

        Assert.False(_tally.InDoubt);
        Assert.Equal(7, _tally.Total().Reported);
    }

    [Fact]
    public void A_closed_case_is_remembered_while_a_note_or_a_mark_can_be_late()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        Note(id, 1, 2, CaseStatus.Closed);

        Assert.False(Note(id, 0, 1, CaseStatus.Offered));
        _tally.Check(new(id, 2));
        _tally.Check(new(id, 1));
        Assert.False(_tally.InDoubt);

        _tally.Check(new(id, 3));
        Assert.True(_tally.InDoubt);
    }

    [Fact]
    public void A_closed_case_is_forgotten_after_minutes_and_a_late_mark_is_a_doubt_then()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        Note(id, 1, 2, CaseStatus.Closed);
        _tally.Note(Of(Guid.NewGuid(), 0, 1, CaseStatus.Offered), s_noon.AddMinutes(3));

        _tally.Check(new(id, 2));

        Assert.True(_tally.InDoubt);
    }

    [Fact]
    public void A_reopened_case_is_counted_again_from_the_tables()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        Note(id, 1, 2, CaseStatus.Closed);

        Note(id, 2, 3, CaseStatus.Offered);

        Assert.True(_tally.InDoubt);
    }

    [Fact]
    public void A_mark_that_was_counted_is_no_doubt_and_one_that_was_not_is()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        _tally.Check(new(id, 1));
        Assert.False(_tally.InDoubt);
        _tally.Check(new(id, 2));
        Assert.True(_tally.InDoubt);
    }

    [Fact]
    public void A_mark_of_an_unknown_case_is_a_doubt()
    {
        _tally.Check(new(Guid.NewGuid(), 1));

        Assert.True(_tally.InDoubt);
    }

    [Fact]
    public void At_the_days_end_only_the_figures_of_today_begin_again()
    {
        var id = Guid.NewGuid();
        Note(id, 0, 1, CaseStatus.Offered);
        _tally.Report(Report(1, 1, Counts(reported: 5, unclaimed: 5, reportedToday: 5)));

        Assert.True(_tally.Roll(Day.AddDays(1)));
        Assert.False(_tally.Roll(Day.AddDays(1)));

        Assert.Equal(Counts(reported: 6, unclaimed: 6), _tally.Total());
        Assert.Equal(Counts(reported: 5, unclaimed: 5), _tally.Of(s_child));
        // Closed on the new day, reported on the old.
        _tally.Note(Of(id, 1, 2, CaseStatus.Closed, closedAt: s_noon.AddDays(1)), s_noon.AddDays(1));
        Assert.Equal(Counts(reported: 6, unclaimed: 5, closed: 1, closedToday: 1), _tally.Total());
        // What came around midnight by clocks that differ is counted again.
        Assert.True(_tally.InDoubt);
    }

    [Fact]
    public void A_clock_that_went_back_is_a_doubt()
    {
        _tally.Roll(Day.AddDays(-1));

        Assert.True(_tally.InDoubt);
    }

    [Fact]
    public void A_childs_report_of_yesterday_says_nothing_of_today()
    {
        _tally.Report(Report(1, 1, Counts(reported: 3, closed: 3, reportedToday: 3, closedToday: 3), Day.AddDays(-1)));

        Assert.Equal(Counts(reported: 3, closed: 3), _tally.Total());
    }

    [Fact]
    public void The_last_figures_of_a_child_replace_those_before()
    {
        Assert.True(_tally.Report(Report(1, 1, Counts(reported: 3))));
        Assert.True(_tally.Report(Report(1, 2, Counts(reported: 5))));
        Assert.False(_tally.Report(Report(1, 2, Counts(reported: 99))));
        Assert.False(_tally.Report(Report(1, 1, Counts(reported: 3))));
        Assert.True(_tally.Report(Report(2, 1, Counts(reported: 6))));
        Assert.True(_tally.Report(Report(1, 1, Counts(reported: 1)) with { Area = s_other }));

        Assert.Equal(7, _tally.Total().Reported);
        Assert.Equal(default, _tally.Of(new("p/unknown")));
    }

    [Fact]
    public void The_ticker_is_newest_first_bounded_and_has_nothing_twice()
    {
        var items = Enumerable.Range(0, 30).Select(i => Of(Guid.NewGuid(), 0, 1, CaseStatus.Offered, at: s_noon.AddSeconds(i * 7 % 30)).Item).ToList();
        foreach (var item in items) _tally.Report(Report(1, items.IndexOf(item) + 1, default) with { News = [item, item] });

        Assert.Equal(items.OrderByDescending(i => i.At).Take(Board.TickerLength).Select(i => i.Case), _tally.Ticker.Select(t => t.Case));
    }

    [Fact]
    public void However_notes_are_repeated_and_reordered_figures_are_right_or_in_doubt() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
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
            var told = truth.Concat(truth.Where(_ => random.Next(3) == 0)).OrderBy(n => random.Next(2) == 0 ? n.Version : random.Next(6)).ToList();

            var tally = Fresh();
            foreach (var note in told) tally.Note(note, s_noon);
            foreach (var note in last) tally.Check(new(note.Item.Case, note.Version));

            var expected = last.Aggregate(default(AreaCounts), (sum, n) => sum + new AreaCounts(
                1, n.Item.Status == CaseStatus.Offered ? 1 : 0, n.Item.Status == CaseStatus.Claimed ? 1 : 0, n.Item.Status == CaseStatus.Explained ? 1 : 0, 0,
                n.Item.Status == CaseStatus.Closed ? 1 : 0, n.Outcome == CaseOutcome.Explained ? 1 : 0, 1, n.Item.Status == CaseStatus.Closed ? 1 : 0));
            return tally.InDoubt || tally.Total() == expected;
        }).QuickCheckThrowOnFailure();

    static DateOnly Day => DateOnly.FromDateTime(s_noon.UtcDateTime);

    static AreaTally Fresh()
    {
        var tally = new AreaTally(at => DateOnly.FromDateTime(at.UtcDateTime));
        tally.Reset(Day, default, [], s_noon);
        return tally;
    }

    bool Note(Guid id, int from, int version, CaseStatus status, CaseOutcome outcome = CaseOutcome.None) => _tally.Note(Of(id, from, version, status, outcome), s_noon);

    static CaseNote Of(Guid id, int from, int version, CaseStatus status, CaseOutcome outcome = CaseOutcome.None, DateTimeOffset? at = null, DateTimeOffset? closedAt = null) =>
        new(from, version, outcome, s_noon, status == CaseStatus.Closed ? closedAt ?? s_noon : null, new()
        {
            At = at ?? s_noon.AddSeconds(version),
            Step = CaseStep.Progressed,
            Status = status,
            Case = id,
            Version = version,
            Number = "N",
            Area = new("p/A"),
            Category = "c",
            Title = "t",
            By = new PersonId("p/x"),
        }, false);

    static AreaReport Report(long epoch, long sequence, AreaCounts counts, DateOnly? day = null) => new(s_child, new(epoch, sequence), day ?? Day, counts, [], false);

    static AreaCounts Counts(int reported = 0, int unclaimed = 0, int claimed = 0, int resolved = 0, int closed = 0, int explained = 0, int reportedToday = 0, int closedToday = 0) =>
        new(reported, unclaimed, claimed, resolved, 0, closed, explained, reportedToday, closedToday);
}
