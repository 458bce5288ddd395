using System.Diagnostics;
using GridActors.Domain.Clocks;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace GridActors.Service.Tests.FieldTasks;

/// <summary>What the clock does to tasks and schedules, and how fast a whole town has its to-dos.</summary>
public sealed class TaskClockTests(ITestOutputHelper output)
{
    /// <summary>As many as the machine may be slow; the limits are one and five seconds.</summary>
    static readonly TimeSpan Accepted = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Everywhere = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Reminder_comes_once_and_to_none_who_has_done_it_and_then_what_is_open_is_late()
    {
        var clock = new SetClock();
        await using var service = await Start(clock);
        var (leader, worker) = (await service.As("dispatcher-1"), await service.As("worker-1"));
        var body = new
        {
            area = "C-A",
            title = "通知",
            kind = "notice",
            audience = new { levels = new[] { "grid" }, posts = new[] { "worker" } },
            term = "10h",
            remindBefore = "2h",
        };
        var sent = (await leader.Post("/api/tasks", body, Client.NewKey())).Expect(201).As<SentTask>();
        (await worker.Post($"/api/tasks/{sent.Id}/targets/C-A1-1/done", new { }, Client.NewKey())).Expect(200);

        clock.Advance(TimeSpan.FromHours(8.5));
        var reminded = await Eventually.Is(() => Task(leader, sent.Id), t => t.RemindedAt is not null);
        var targets = (await leader.Get($"/api/tasks/{sent.Id}/targets")).Expect(200).As<Page<Target>>().Items;
        Assert.Equal([true, false, false], targets.Select(t => t.RemindedAt is null));
        clock.Advance(TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromHours(1));
        var late = await Eventually.Is(() => Task(leader, sent.Id), t => t.Tally.Late == 2);

        Assert.Equal((reminded.RemindedAt, 1, 0), (late.RemindedAt, late.Tally.Done, late.Tally.DoneLate));
        var kinds = await service.Ask<string>(
            "select string_agg(kind, ' ' order by sequence) from journal where stream = 'field-task/' || $1",
            sent.Id
        );
        Assert.Equal("field-task.sent/1 field-task.done/1 field-task.reminded/1 field-task.fell-due/1", kinds);
        await Eventually.Is(async () => (await Board(leader, "C")) == (2, 2));
    }

    [Fact]
    public async Task Schedule_runs_on_working_days_and_make_up_days_and_not_on_holidays()
    {
        var clock = new SetClock();
        clock.SetTo(new(2026, 9, 29, 9, 0, 0, TimeSpan.FromHours(8)));
        var calendar = new OfficialCalendar(
            "china",
            [
                new(
                    2026,
                    [
                        .. Enumerable.Range(1, 8).Select(d => new OfficialDay(new(2026, 10, d), true, "国庆节", "National Day")),
                        new(new(2026, 10, 10), false, "国庆节", "National Day"),
                    ]
                ),
            ]
        );
        var pack = TestPacks.Qinghe with
        {
            WorkSchedule = TestPacks.Qinghe.WorkSchedule with { Calendar = calendar, Closures = [], Workdays = [] },
        };
        await using var service = await Start(clock, pack);
        var leader = await service.As("dispatcher-1");
        var body = new
        {
            task = new
            {
                area = "C",
                title = "每日巡查",
                audience = new { levels = new[] { "grid" }, posts = new[] { "worker" } },
            },
            rule = new
            {
                recurrence = "FREQ=DAILY",
                at = "08:00",
                days = "working",
                missed = "latest",
                term = "8h",
            },
        };
        (await (await service.As("worker-1")).Post("/api/task-schedules", body, Client.NewKey())).Expect(403, "not-your-area");
        var key = Client.NewKey();
        var begun = (await leader.Post("/api/task-schedules", body, key)).Expect(201).As<Schedule>();
        Assert.Equal(begun.Id, (await leader.Post("/api/task-schedules", body, key)).Expect(201).As<Schedule>().Id);
        Assert.Equal(At(9, 30), begun.NextAt);

        clock.SetTo(At(9, 30).AddMinutes(1));
        var first = await Eventually.Is(() => Schedule(leader), s => s.Runs == 1);
        Assert.Equal(At(10, 9), first.NextAt);
        Assert.Equal(6, (await Task(leader, first.LastTask!)).Tally.Targets);
        // The ninth was missed, and the tenth, a Saturday that is worked, stands for both.
        clock.SetTo(At(10, 10).AddMinutes(1));
        var second = await Eventually.Is(() => Schedule(leader), s => s.Runs == 2);
        Assert.Equal(At(10, 12), second.NextAt);

        (await leader.Post($"/api/task-schedules/{begun.Id}/pause", new { reason = "汛期" }, Client.NewKey())).Expect(200);
        clock.SetTo(At(10, 13).AddMinutes(1));
        (await leader.Post($"/api/task-schedules/{begun.Id}/resume", null, Client.NewKey())).Expect(200);
        Assert.Equal((2, At(10, 14)), ((await Schedule(leader)).Runs, (await Schedule(leader)).NextAt));
        (await leader.Post($"/api/task-schedules/{begun.Id}/end", new { reason = "完" }, Client.NewKey())).Expect(200);
        (await leader.Post($"/api/task-schedules/{begun.Id}/resume", null, Client.NewKey())).Expect(409, "schedule-ended");

        static DateTimeOffset At(int month, int day) => new(2026, month, day, 8, 0, 0, TimeSpan.FromHours(8));
    }

    [Fact]
    public Task Task_to_all_1577_areas_is_accepted_and_every_to_do_is_there() => TimeBound.Holds(output.WriteLine, SendToAll);

    async Task SendToAll()
    {
        var pack = TestPacks.Published("chengtanjiang");
        await using var service = await TestService.Start(packs: [pack]);
        var director = await service.As("ct-centre-director", pack.Id);
        var body = new
        {
            area = pack.Areas[0].Code,
            title = "安全生产紧急通知",
            kind = "notice",
            audience = new { levels = pack.Levels.Select(l => l.Id), posts = new[] { "grid-head" } },
            term = "4h",
        };
        await using var hub = await service.Connect("ct-centre-director", pack.Id);
        await hub.WatchArea(pack.Areas[0].Code);

        var started = Stopwatch.GetTimestamp();
        var sent = (await director.Post("/api/tasks", body, Client.NewKey())).Expect(201).As<SentTask>();
        var accepted = Stopwatch.GetElapsedTime(started);
        var stored = await service.Ask<long>("select count(*) from field_task_target where task = $1", Guid.Parse(sent.Id));
        await Eventually.Is(() => Board(director, pack.Areas[0].Code), b => b == (1577, 0), Everywhere);
        var shown = Stopwatch.GetElapsedTime(started);
        output.WriteLine(
            $"accepted with every to-do stored: {accepted.TotalMilliseconds:F0} ms; on the board: {shown.TotalMilliseconds:F0} ms"
        );

        Assert.Equal((1577, 1577), (sent.Tally.Targets, stored));
        var steward = await service.As("ct-s-0001", pack.Id);
        Assert.Equal(sent.Id, (await steward.Get("/api/tasks/mine")).Expect(200).As<Page<MyTask>>().Items[0].Id);
        TimeBound.Within(Accepted, accepted, "Accepting a task to all areas");
    }

    static Task<TestService> Start(SetClock clock, Domain.Packs.Pack? pack = null) =>
        TestService.Start(
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(clock);
                b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
            },
            packs: pack is null ? null : [pack]
        );

    static async Task<SentTask> Task(Client leader, string id) => (await leader.Get($"/api/tasks/{id}")).Expect(200).As<SentTask>();

    static async Task<Schedule> Schedule(Client leader) =>
        Assert.Single((await leader.Get("/api/task-schedules")).Expect(200).As<Page<Schedule>>().Items);

    static async Task<(int Open, int Late)> Board(Client leader, string area)
    {
        var tasks = (await leader.Get($"/api/areas/{area}/board")).Expect(200).Body.GetProperty("counts").GetProperty("tasks");
        return (tasks.GetProperty("open").GetInt32(), tasks.GetProperty("late").GetInt32());
    }
}
