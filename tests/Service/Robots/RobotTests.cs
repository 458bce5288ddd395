using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Robots;

/// <summary>Robots of group chats, in a service whose time the test sets, with a stand-in for WeCom.</summary>
public sealed class RobotTests : IAsyncLifetime
{
    const string Pack = "qinghe";
    const string Robots = """
        robots:
          - {id: duty, name: 值班群, nameEn: Duty group, events: [warned, breached, escalated, supervised, consulted]}
          - {id: town-b, name: 乙镇群, areas: [C-B], events: [breached]}

        """;

    readonly SetClock _clock = new();
    readonly GroupRobotReceiver _wecom = GroupRobotReceiver.Start();
    TestService _service = null!;
    Client _worker = null!;
    Client _dispatcher = null!;

    public async Task InitializeAsync()
    {
        var pack = TestPacks.FromFiles(Pack, (name, text) => name == "pack.yaml" ? text + Robots : text);
        _service = await TestService.Start(
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(_clock);
                b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
                b.Configuration["Webhooks:RobotInterval"] = "00:00:00.100";
                b.Configuration["Webhooks:Timeout"] = "00:00:30";
                b.Configuration["Webhooks:Retries:0"] = b.Configuration["Webhooks:Retries:1"] = "00:00:00.050";
                foreach (var (setting, value) in _wecom.Settings(Pack, "duty", "town-b"))
                    b.Configuration[setting] = value;
            },
            packs: [pack]
        );
        (_worker, _dispatcher) = (await _service.As("worker-1"), await _service.As("dispatcher-1"));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _wecom.DisposeAsync();
    }

    [Fact]
    public async Task Warning_breach_climb_and_notice_are_told_without_anything_personal_and_a_confidential_case_is_not()
    {
        var lamp = await _worker.Report("C-A1-1", "lamp");
        var bridge = await _worker.Report("C-A1-1", "bridge");
        await _worker.Report("C-A1-1", "lead");

        _clock.Advance(TimeSpan.FromMinutes(20));
        await Told($"临期（响应）：{lamp.Number}");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await Told($"超期（响应）：{lamp.Number}");
        await Told($"超期（响应）：{bridge.Number}");
        await Told($"升级（村）：{bridge.Number}");
        await _dispatcher.Do(lamp.Id, "supervise");
        await Told("督办（QH");

        foreach (var text in _wecom.Texts)
        {
            Assert.DoesNotContain("乙镇", text, StringComparison.Ordinal);
            Assert.DoesNotContain(lamp.Title, text, StringComparison.Ordinal);
            Assert.All(TestPacks.Qinghe.People, p => Assert.DoesNotContain(p.Name, text, StringComparison.Ordinal));
        }
        Assert.DoesNotContain(_wecom.Texts, t => t.Contains("涉警", StringComparison.Ordinal));
        // The robot of another town had nothing to tell.
        Assert.Equal(0, await _service.Ask<long>("select count(*) from outbox where target = 'robot/town-b'"));
        var sent = await Eventually.Is(() => Listed("?to=robots&state=sent"), l => l.Any(m => m.Kind == "robot.supervised"));
        Assert.All(sent, m => Assert.Equal(("robot/duty", "值班群"), (m.System, m.SystemName)));
        Assert.Empty(await Listed("?to=systems"));
    }

    [Fact]
    public async Task What_comes_while_messages_are_not_taken_is_told_together_later()
    {
        var refused = 0;
        _wecom.Respond = _ => Interlocked.Increment(ref refused) == 1 ? 93000 : 0;
        for (var i = 0; i < 20; i++)
            await _worker.Report("C-A1-1", "bridge");
        _clock.Advance(TimeSpan.FromMinutes(30));

        await Eventually.Is(() => Listed("?to=robots&state=sent&limit=200"), l => l.Count == 40);
        Assert.True(refused > 1);
        Assert.InRange(_wecom.Texts.Count, 2, 39);
        // Each is named, or counted in "另有 n 条".
        Assert.Contains(_wecom.Texts, t => t.Contains("条提醒", StringComparison.Ordinal));
        Assert.Equal(40, Told(_wecom.Texts.Skip(1)));
    }

    [Fact]
    public async Task Robot_that_has_sent_too_much_rests_for_a_minute()
    {
        _wecom.Respond = _ => 45009;
        await _worker.Report("C-A1-1", "bridge");
        _clock.Advance(TimeSpan.FromMinutes(30));

        var waiting = await Eventually.Is(() => Listed("?to=robots&state=waiting"), l => l.Any(m => m.Error == "robot-45009"));
        var rest = await _service.Ask<double>("select extract(epoch from next_at - now())::float8 from robot_turn where robot = 'duty'");
        Assert.InRange(rest, 20, 60);
        Assert.True(waiting.Count > 0);
    }

    [Fact]
    public async Task What_passed_while_the_service_was_down_is_one_summary_for_a_group_and_for_a_person()
    {
        for (var i = 0; i < 12; i++)
            await _worker.Report("C-A1-1", "lamp");
        // For the service it is as if it had not run for three hours.
        _clock.Advance(TimeSpan.FromHours(3));
        await Eventually.Is(async () => await _service.Ask<long>("select count(*) from outbox where kind = 'robot.late'") == 12);
        Assert.Empty(_wecom.Texts);
        // Nobody waits for more of them in a test.
        await _service.Ask<int>("update outbox set next_at = now() where kind = 'robot.late' returning 1");

        await Eventually.Is(() => Task.FromResult(_wecom.Texts.Any(t => t.Contains("服务中断期间：超期 12 条", StringComparison.Ordinal))));
        Assert.Single(_wecom.Texts);

        // The same holds in the app: one sentence for everybody, until they have read it.
        var told = await Eventually.Is(() => Outage(_worker), o => o is { Cases: 12 });
        Assert.Equal(12, told!.Yours);
        Assert.Equal(0, (await Outage(_dispatcher))!.Yours);
        (await _worker.Post("/api/inbox/seen")).Expect(204);
        Assert.Null(await Outage(_worker));
        Assert.NotNull(await Outage(_dispatcher));
    }

    sealed record OutageView(DateTimeOffset From, DateTimeOffset Until, int Cases, int Yours);

    sealed record OutageInbox(OutageView? Outage);

    static async Task<OutageView?> Outage(Client person) => (await person.Get("/api/inbox?limit=1")).Expect(200).As<OutageInbox>().Outage;

    /// <summary>How many notices texts have: those of a line of their own, and those that are counted in one.</summary>
    static int Told(IEnumerable<string> texts) =>
        texts
            .SelectMany(t => t.Split('\n'))
            .Sum(l =>
                l.StartsWith("另有 ", StringComparison.Ordinal) ? int.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)
                : l.Contains("：QH", StringComparison.Ordinal) ? 1
                : 0
            );

    Task Told(string words) => Eventually.Is(() => Task.FromResult(_wecom.Texts.Any(t => t.Contains(words, StringComparison.Ordinal))));

    async Task<IReadOnlyList<OutboxMessage>> Listed(string query) =>
        (await _dispatcher.Get("/api/outbox" + query)).Expect(200).As<Page<OutboxMessage>>().Items;
}
