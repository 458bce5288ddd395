using GridActors.Domain.Packs;

namespace GridActors.Service.Tests.Areas;

public sealed class BoardTests : SharedServiceTest
{
    Client _dispatcher = null!;
    Pack _loaded = null!;
    string _pack = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _loaded = await Service.Load(TestPacks.Fresh());
        _pack = _loaded.Id;
        _dispatcher = await As("dispatcher-1", _pack);
    }

    [Fact]
    public async Task A_board_without_cases_counts_zero()
    {
        var board = await _dispatcher.Board("C");

        Assert.Equal(new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), board.Counts);
        Assert.Equal(["C-A", "C-B"], board.Children.Select(c => c.Code));
        Assert.Equal("青山镇", board.Children[0].Name);
        Assert.Empty(board.Ticker);
        Assert.Equal("C", board.Area.Code);
    }

    [Fact]
    public async Task Each_step_moves_the_figures_of_every_ancestor()
    {
        var worker = await As("worker-1", _pack);
        var id = (await _dispatcher.Report("C-A1-1", title: "看板")).Id;
        await Show(new(1, 1, 1, 0, 0, 0, 0, 0, 1, 0));
        await worker.Do(id, "claim");
        await Show(new(1, 1, 0, 1, 0, 0, 0, 0, 1, 0));
        await worker.Do(id, "on-site");
        await Show(new(1, 1, 0, 1, 0, 0, 0, 0, 1, 0));
        await worker.Do(id, "explain");
        await Show(new(1, 1, 0, 0, 1, 0, 0, 1, 1, 0));
        await _dispatcher.Do(id, "close");
        await Show(new(1, 0, 0, 0, 0, 0, 1, 1, 1, 1));
        await _dispatcher.Do(id, "reopen");
        await Show(new(1, 1, 1, 0, 0, 0, 0, 0, 1, 0));

        Task Show(Counts counts) =>
            Eventually.Holds(async () =>
            {
                foreach (var code in new[] { "C-A1-1", "C-A1", "C-A", "C" })
                    Assert.Equal((code, counts), (code, (await _dispatcher.Board(code)).Counts));
                foreach (var code in new[] { "C-A1-2", "C-A2", "C-B" })
                    Assert.Equal(0, (await _dispatcher.Board(code)).Counts.Reported);
                Assert.Equal(counts, (await _dispatcher.Board("C-A")).Children.Single(c => c.Code == "C-A1").Counts);
            });
    }

    [Fact]
    public async Task The_ticker_has_the_latest_steps_newest_first_at_every_ancestor()
    {
        var id = (await _dispatcher.Report("C-A1-1", title: "滚动消息")).Id;
        await (await As("worker-1", _pack)).Do(id, "claim");

        await Eventually.Holds(async () =>
        {
            foreach (var code in new[] { "C-A1-1", "C-A1", "C-A", "C" })
            {
                var ticker = (await _dispatcher.Board(code)).Ticker;
                Assert.Equal(["claimed", "reported"], ticker.Select(t => t.Step));
                Assert.All(
                    ticker,
                    t =>
                        Assert.Equal(
                            (id, "滚动消息", "C-A1-1", "竹园村第一网格", "垃圾堆放"),
                            (t.CaseId, t.Title, t.Area, t.AreaName, t.CategoryName)
                        )
                );
                Assert.Equal(("worker-1", "秦一"), (ticker[0].By, ticker[0].ByName));
            }
        });
    }

    [Fact]
    public async Task Comment_on_a_claimed_case_stays_claimed_in_the_ticker_when_the_case_is_closed()
    {
        var id = (await _dispatcher.Report("C-A1-1")).Id;
        var worker = await As("worker-1", _pack);
        foreach (var step in new[] { "claim", "comment", "resolve" })
            await worker.Do(id, step);
        await _dispatcher.Do(id, "close");
        await Eventually.Is(() => _dispatcher.Board("C"), b => b.Ticker.Count == 5);

        var live = (await _dispatcher.Board("C")).Ticker;
        // After a pack has changed, its areas read their tickers from the tables.
        await Service.Load(_loaded with { Digest = Guid.NewGuid().ToString("N") });
        var read = (await _dispatcher.Board("C")).Ticker;

        Assert.Equal(
            [("closed", "closed"), ("resolved", "resolved"), ("commented", "claimed"), ("claimed", "claimed"), ("reported", "offered")],
            live.Select(t => (t.Step, t.Status))
        );
        Assert.Equal(live, read);
    }

    [Fact]
    public async Task The_ticker_keeps_the_last_twenty_in_order()
    {
        for (var i = 0; i < 25; i++)
            await _dispatcher.Report(i % 2 == 0 ? "C-A1-1" : "C-B1-1", title: $"第{i}件");

        await Eventually.Holds(async () =>
        {
            var ticker = (await _dispatcher.Board("C")).Ticker;
            Assert.Equal(Enumerable.Range(5, 20).Reverse().Select(i => $"第{i}件"), ticker.Select(t => t.Title));
        });
    }

    [Fact]
    public async Task A_watched_board_continues_from_its_snapshot_without_a_gap()
    {
        await using var hub = await Service.Connect("dispatcher-1", _pack);
        await _dispatcher.Report("C-A1-1");
        await Eventually.Is(() => _dispatcher.Board("C"), b => b.Counts.Reported == 1);
        var mirror = new BoardMirror(hub, "C");
        await mirror.Watch();
        Assert.Equal(1, mirror.Board.Counts.Reported);

        for (var i = 0; i < 10; i++)
        {
            await _dispatcher.Report(i % 2 == 0 ? "C-A1-1" : "C-B1-1");
            await mirror.Until(b => b.Counts.Reported == i + 2);
        }

        Assert.Equal(1, mirror.Snapshots);
        Assert.Equal((6, 5), (mirror.Board.Children[0].Counts.Reported, mirror.Board.Children[1].Counts.Reported));
        var now = await _dispatcher.Board("C");
        Assert.Equal((now.Counts, now.Epoch), (mirror.Board.Counts, mirror.Board.Epoch));
        Assert.Equal(now.Ticker.Select(t => (t.CaseId, t.Step)), mirror.Board.Ticker.Select(t => (t.CaseId, t.Step)));
    }

    [Fact]
    public async Task A_watcher_who_misses_a_frame_recovers_with_a_new_snapshot()
    {
        await using var hub = await Service.Connect("dispatcher-1", _pack);
        var mirror = new BoardMirror(hub, "C") { Lose = 1 };
        await mirror.Watch();
        await _dispatcher.Report("C-A1-1");
        await hub.Next("AreaChanged", p => p.As<Frame>().Counts.Reported == 1);
        await _dispatcher.Report("C-A1-1");

        await mirror.Until(b => b.Counts.Reported == 2);

        Assert.Equal(2, mirror.Snapshots);
        Assert.Equal(2, mirror.Board.Ticker.Count);
    }

    [Fact]
    public async Task Frames_of_a_board_follow_one_another_for_every_watcher()
    {
        await using var first = await Service.Connect("dispatcher-1", _pack);
        await using var second = await Service.Connect("leader-a", _pack);
        var (one, two) = (await first.WatchArea("C-A"), await second.WatchArea("C-A"));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 40),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, _) => await _dispatcher.Report("C-A1-1")
        );
        foreach (var (hub, board) in new[] { (first, one), (second, two) })
        {
            await hub.Next("AreaChanged", p => p.As<Frame>().Counts.Reported == 40);
            var (epoch, sequence) = (board.Epoch, board.Sequence);
            foreach (
                var frame in hub
                    .Pushes.Where(p => p.Target == "AreaChanged")
                    .Select(p => p.As<Frame>())
                    .Where(f => f.Sequence > board.Sequence)
            )
            {
                Assert.Equal((epoch, sequence), (frame.Epoch, frame.Previous));
                Assert.True(frame.Sequence > frame.Previous);
                sequence = frame.Sequence;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_any_mixture_of_steps_every_board_equals_the_SQL_counts(int seed)
    {
        var grids = TestPacks.Qinghe.Areas.Select(a => a.Code).ToList();
        await using var hub = await Service.Connect("dispatcher-1", _pack);
        var mirrors = new[] { new BoardMirror(hub, "C"), new BoardMirror(hub, "C-A1"), new BoardMirror(hub, "C-B-9") };
        foreach (var mirror in mirrors)
            await mirror.Watch();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 8),
            async (lane, _) =>
            {
                var random = new Random(seed * 1000 + lane);
                var open = new List<CaseView>();
                for (var i = 0; i < 40; i++)
                {
                    if (open.Count == 0 || random.Next(3) == 0)
                    {
                        open.Add(await _dispatcher.Report(grids[random.Next(grids.Count)], random.Next(4) == 0 ? "hazard" : "rubbish"));
                        continue;
                    }
                    var view = open[random.Next(open.Count)];
                    // Some of them may not take the step, because refused steps must change nothing either.
                    var person = random.Next(2) == 0 ? "dispatcher-1" : view.OfferedTo[random.Next(view.OfferedTo.Count)];
                    await (await As(person, _pack)).Step(view.Id, Steps.All[random.Next(Steps.All.Count)]);
                }
            }
        );

        await BoardCounts.BoardsEqual(Service.Data, _dispatcher);
        var counted = await BoardCounts.Of(Service.Data, _pack);
        await mirrors[0].Until(b => b.Counts == counted["C"]);
        await mirrors[1].Until(b => b.Counts == counted["C-A1"]);
        await mirrors[2].Until(b => b.Counts == counted["C-B-9"]);
        Assert.All(mirrors, m => Assert.All(m.Board.Children, c => Assert.Equal(counted[c.Code], c.Counts)));
        Assert.All(mirrors, m => Assert.Equal(1, m.Snapshots));
    }
}
