using System.Collections.Concurrent;
using Xunit.Sdk;

namespace GridActors.Service.Tests.Cases;

/// <summary>Who may do what: one person of every post, and every call, as docs/cases.md and docs/packs.md describe.</summary>
public sealed class PermissionTests : SharedServiceTest
{
    // The case is rubbish in C-A1-1, reported by resident-a11, offered to worker-1 … worker-5, and claimed by worker-1 where it is claimed.
    // A cell has the status, and two letters for the code: np not-permitted, na not-your-area, nr not-recipient, nc not-claimant, nf
    // not-found, ac already-claimed, ws wrong-status, ca not-allowed-by-catalogue, rp request-pending, ne not-escalated, ns not-supervised,
    // nw not-forwarded. A case that is asked for more time or paused is a lamp: rubbish can be neither. One that climbs is a bridge.
    const string Table = """
        call               dispatcher-1 administrator leader-a leader-b station-a1 station-b clerk-a1 clerk-b1 police-a1 worker-1 worker-3 worker-a12 resident-a11 resident-b11 visitor-a visitor-b guest-a1 retired
        view@offered       200          200           200      404nf    200        404nf     200      404nf    404nf     200      200      404nf      200          404nf        200       404nf     404nf    404nf
        view@closed        200          200           200      404nf    200        404nf     200      404nf    404nf     200      200      404nf      200          404nf        200       404nf     404nf    404nf
        history@claimed    200          200           200      404nf    200        404nf     200      404nf    404nf     200      200      404nf      200          404nf        200       404nf     404nf    404nf
        comment@offered    200          200           200      404nf    200        404nf     200      404nf    404nf     200      200      404nf      200          404nf        200       404nf     404nf    404nf
        comment@closed     200          200           200      404nf    200        404nf     200      404nf    404nf     200      200      404nf      200          404nf        200       404nf     404nf    404nf
        claim@offered      403nr        403nr         403nr    404nf    403nr      404nf     403nr    404nf    404nf     200      200      404nf      403nr        404nf        403nr     404nf     404nf    404nf
        claim@claimed      403nr        403nr         403nr    404nf    403nr      404nf     403nr    404nf    404nf     409ac    409ac    404nf      403nr        404nf        403nr     404nf     404nf    404nf
        claim@resolved     403nr        403nr         403nr    404nf    403nr      404nf     403nr    404nf    404nf     409ac    409ac    404nf      403nr        404nf        403nr     404nf     404nf    404nf
        claim@closed       403nr        403nr         403nr    404nf    403nr      404nf     403nr    404nf    404nf     409ws    409ws    404nf      403nr        404nf        403nr     404nf     404nf    404nf
        release@offered    409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        release@claimed    200          403nc         200      404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        handover@offered   200          403nc         200      404nf    403nc      404nf     403nc    404nf    404nf     403nc    403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        handover@claimed   200          403nc         200      404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        handover@resolved  409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        on-site@offered    409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        on-site@claimed    403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        progress@claimed   403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        progress@closed    409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        resolve@offered    409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        resolve@claimed    403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        resolve@resolved   409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        explain@claimed    403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        transfer@offered   200          403np         403np    404nf    200        404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        transfer@claimed   200          403np         403np    404nf    200        404nf     403np    404nf    404nf     200      403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        transfer@resolved  409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        close@offered      409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        return@offered     409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        close@resolved     200          403np         200      404nf    403np      404nf     200      404nf    404nf     403np    403np    404nf      200          404nf        403np     404nf     404nf    404nf
        return@resolved    200          403np         200      404nf    403np      404nf     200      404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        close@closed       409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        return@closed      409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        reopen@offered     409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        reopen@resolved    200          403np         200      404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      200          404nf        403np     404nf     404nf    404nf
        reopen@closed      200          403np         200      404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      200          404nf        403np     404nf     404nf    404nf
        extension@claimed  403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     409ca    403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        extension@lamp     403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        extension@asked    403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     409rp    403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        pause@claimed      403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     409ca    403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        pause@lamp         403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        pause@asked        403nc        403nc         403nc    404nf    403nc      404nf     403nc    404nf    404nf     409rp    403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        grant@claimed      409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        grant@asked        200          403np         200      404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        refuse@claimed     409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        refuse@asked       200          403np         200      404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        resume@claimed     409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        resume@paused      200          403nc         200      404nf    403nc      404nf     403nc    404nf    404nf     200      403nc    404nf      403nc        404nf        403nc     404nf     404nf    404nf
        merge@offered      200          403np         200      404nf    403np      404nf     200      404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        merge@claimed      200          403np         200      404nf    403np      404nf     200      404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        merge@resolved     409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        merge@closed       409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        duplicates@offered 200          200           200      404nf    200        404nf     200      404nf    404nf     200      200      404nf      200          404nf        200       404nf     404nf    404nf
        supervise@offered  200          403np         403np    404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        supervise@claimed  200          403np         403np    404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        supervise@resolved 200          403np         403np    404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        supervise@closed   409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        forward@offered    409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        forward@claimed    200          403np         403np    404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        recall@claimed     409nw        409nw         409nw    404nf    409nw      404nf     409nw    404nf    404nf     409nw    409nw    404nf      409nw        404nf        409nw     404nf     404nf    404nf
        recall@forwarded   200          403np         403np    404nf    403np      404nf     403np    404nf    404nf     200      403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        escalate@bridge    200          403np         200      404nf    403np      404nf     403np    404nf    404nf     200      403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        escalate@resolved  409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        send-back@bridge   409ne        409ne         409ne    404nf    409ne      404nf     409ne    404nf    404nf     409ne    409ne    404nf      409ne        404nf        409ne     404nf     404nf    404nf
        send-back@climbed  403np        403np         403np    404nf    403np      404nf     200      404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        answer@claimed     409ns        409ns         409ns    404nf    409ns      404nf     409ns    404nf    404nf     409ns    409ns    404nf      409ns        404nf        409ns     404nf     404nf    404nf
        answer@supervised  403np        403np         403np    404nf    403np      404nf     403np    404nf    404nf     200      403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        consult@claimed    200          403np         403np    404nf    403np      404nf     403np    404nf    404nf     403np    403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        consult@closed     409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        table@claimed      200          403np         200      404nf    403np      404nf     200      404nf    404nf     200      403np    404nf      403np        404nf        403np     404nf     404nf    404nf
        table@closed       409ws        409ws         409ws    404nf    409ws      404nf     409ws    404nf    404nf     409ws    409ws    404nf      409ws        404nf        409ws     404nf     404nf    404nf
        time@claimed       200          200           200      404nf    200        404nf     200      404nf    404nf     200      200      404nf      200          404nf        200       404nf     404nf    404nf
        outbox             200          200           403np    403np    403np      403np     403np    403np    403np     403np    403np    403np      403np        403np        403np     403np     403np    403np
        report             201          403na         201      403na    201        403na     201      403na    201       201      201      403na      201          403na        403na     403na     403na    403na
        list               200          200           200      403na    200        403na     200      403na    403na     200      200      403na      403na        403na        200       403na     403na    403na
        supervisions       200          200           200      403na    200        403na     200      403na    403na     200      200      403na      403na        403na        200       403na     403na    403na
        consultations      200          200           200      403na    200        403na     200      403na    403na     200      200      403na      403na        403na        200       403na     403na    403na
        board              200          200           200      403na    200        403na     200      403na    403na     200      200      403na      403na        403na        200       403na     403na    403na
        board-of-root      200          200           403na    403na    403na      403na     403na    403na    403na     403na    403na    403na      403na        403na        403na     403na     403na    403na
        statistics         200          200           200      403na    200        403na     200      403na    403na     200      200      403na      403na        403na        200       403na     403na    403na
        area               200          200           200      200      200        200       200      200      200       200      200      200        200          200          200       200       200      200
        children           200          200           200      200      200        200       200      200      200       200      200      200        200          200          200       200       200      200
        map                200          200           200      200      200        200       200      200      200       200      200      200        200          200          200       200       200      200
        people             200          200           200      403na    200        403na     200      403na    403na     200      200      403na      200          403na        200       403na     403na    403na
        inbox              200          200           200      200      200        200       200      200      200       200      200      200        200          200          200       200       200      200
        leaves             200          403na         200      403na    403na      403na     403na    403na    403na     403na    403na    403na      403na        403na        403na     403na     403na    403na
        catalogue          200          200           200      200      200        200       200      200      200       200      200      200        200          200          200       200       200      200
        verify             403np        200           403np    403np    403np      403np     403np    403np    403np     403np    403np    403np      403np        403np        403np     403np     403np    403np
        access             403np        200           403np    403np    403np      403np     403np    403np    403np     403np    403np    403np      403np        403np        403np     403np     403np    403np
        pack               403np        200           403np    403np    403np      403np     403np    403np    403np     403np    403np    403np      403np        403np        403np     403np     403np    403np
        pack-versions      403np        200           403np    403np    403np      403np     403np    403np    403np     403np    403np    403np      403np        403np        403np     403np     403np    403np
        """;

    /// <summary>The earlier case into which each of those is merged that try it.</summary>
    readonly ConcurrentDictionary<string, string> _mains = new();

    static readonly Dictionary<string, string> Codes = new()
    {
        ["np"] = "not-permitted",
        ["na"] = "not-your-area",
        ["nr"] = "not-recipient",
        ["nc"] = "not-claimant",
        ["nf"] = "not-found",
        ["ac"] = "already-claimed",
        ["ws"] = "wrong-status",
        ["ca"] = "not-allowed-by-catalogue",
        ["rp"] = "request-pending",
        ["ne"] = "not-escalated",
        ["ns"] = "not-supervised",
        ["nw"] = "not-forwarded",
    };

    [Fact]
    public async Task Each_post_may_take_exactly_the_steps_of_the_permission_table()
    {
        var cells = Cells().ToList();
        var wrong = new List<string>();
        await Parallel.ForEachAsync(
            cells.GroupBy(c => c.Call),
            new ParallelOptions { MaxDegreeOfParallelism = 6 },
            async (row, _) =>
            {
                // Refused calls change nothing, so all of these people can try the same case.
                var shared = await Prepared(row.Key);
                foreach (var (call, person, expected) in row)
                {
                    var answer = await Try(call, person, expected[0] == '2' && call.Contains('@') ? await Prepared(call) : shared);
                    var code = expected.Length > 3 ? $"{expected[..3]} {Codes[expected[3..]]}" : expected;
                    if (answer.Outcome != code)
                        lock (wrong)
                            wrong.Add($"{call} by {person}: {answer.Outcome} instead of {code}");
                }
            }
        );
        if (wrong.Count > 0)
            throw new XunitException(string.Join(Environment.NewLine, wrong.Order()));
    }

    [Theory]
    [InlineData("offered")]
    [InlineData("claimed")]
    [InlineData("resolved")]
    [InlineData("closed")]
    [InlineData("lamp")]
    [InlineData("asked")]
    [InlineData("paused")]
    [InlineData("bridge")]
    [InlineData("climbed")]
    [InlineData("supervised")]
    [InlineData("forwarded")]
    public async Task A_cases_listed_actions_are_exactly_those_that_are_accepted(string status)
    {
        var id = await Prepared("view@" + status);
        foreach (var person in Cells().Where(c => c.Call == "view@offered" && c.Expected == "200").Select(c => c.Person))
        {
            var offered = (await (await As(person)).Case(id)).Actions;
            var accepted = Cells()
                .Where(c => c.Person == person && c.Expected == "200" && c.Call.EndsWith("@" + status, StringComparison.Ordinal))
                .Select(c => c.Call.Split('@')[0])
                .Where(a => a is not ("view" or "history" or "duplicates" or "time"));
            foreach (var action in accepted)
                Assert.Contains(action, offered);
            var refused = Cells()
                .Where(c => c.Person == person && c.Expected[0] == '4' && c.Call.EndsWith("@" + status, StringComparison.Ordinal))
                .Select(c => c.Call.Split('@')[0]);
            foreach (var action in refused)
                Assert.DoesNotContain(action, offered);
        }
    }

    [Fact]
    public void The_permission_table_covers_every_post_of_the_pack()
    {
        var people = Cells().Select(c => c.Person).ToHashSet();

        Assert.Equal(
            TestPacks.Qinghe.Posts.Select(p => p.Id).Order(),
            TestPacks.Qinghe.Holdings.Where(h => people.Contains(h.Person)).Select(h => h.Post).Distinct().Order()
        );
    }

    internal static IEnumerable<(string Call, string Person, string Expected)> Cells()
    {
        var rows = Table
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        return rows.Skip(1).SelectMany(row => row.Skip(1).Select((cell, i) => (row[0], rows[0][i + 1], cell)));
    }

    async Task<string> Prepared(string call)
    {
        if (!call.Contains('@', StringComparison.Ordinal))
            return "";
        var (reporter, worker) = (await As("resident-a11"), await As("worker-1"));
        var status = call.Split('@')[1];
        var main = call.StartsWith("merge", StringComparison.Ordinal) ? (await reporter.Report("C-A1-1")).Id : null;
        var id = (await reporter.Report("C-A1-1", CategoryOf(status))).Id;
        if (main is not null)
            _mains[id] = main;
        if (status == "offered")
            return id;
        await worker.Do(id, "claim");
        if (status is "claimed" or "lamp" or "bridge")
            return id;
        if (status == "climbed")
            await worker.Do(id, "escalate");
        if (status == "supervised")
            await (await As("dispatcher-1")).Do(id, "supervise");
        if (status == "forwarded")
            await (await As("dispatcher-1")).Do(id, "forward");
        if (status == "asked")
            await worker.Do(id, "extension");
        if (status == "paused")
            await Pause(worker, id);
        if (status is "asked" or "paused" or "climbed" or "supervised" or "forwarded")
            return id;
        await worker.Do(id, "resolve");
        if (status == "closed")
            await reporter.Do(id, "close");
        return id;
    }

    static string CategoryOf(string status) =>
        status switch
        {
            "lamp" or "asked" or "paused" => "lamp",
            "bridge" or "climbed" => "bridge",
            _ => "rubbish",
        };

    async Task Pause(Client worker, string id)
    {
        await worker.Do(id, "pause", await Proof(worker));
        await (await As("leader-a")).Do(id, "grant");
    }

    static async Task<object> Proof(Client person)
    {
        var photo = (await person.Upload(Pictures.Jpeg())).Expect(201).Body.GetProperty("id").GetString();
        return new { reason = "等配件", photos = new[] { photo } };
    }

    async Task<Answer> Try(string call, string person, string id)
    {
        var client = await As(person);
        return call.Split('@')[0] switch
        {
            "view" => await client.Get($"/api/cases/{id}"),
            "history" => await client.Get($"/api/cases/{id}/history"),
            "duplicates" => await client.Get($"/api/cases/{id}/duplicates"),
            "time" => await client.Get($"/api/cases/{id}/time"),
            "pause" => await client.Step(id, "pause", await Proof(client)),
            "merge" => await client.Step(id, "merge", new { into = _mains[id], reason = "同一件事" }),
            "report" => await client.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "谁能上报",
                }
            ),
            "list" => await client.Get("/api/cases?area=C-A1-1"),
            "supervisions" => await client.Get("/api/supervisions?area=C-A1-1"),
            "consultations" => await client.Get("/api/consultations?area=C-A1-1"),
            "leaves" => await client.Get("/api/leaves?area=C-A1-1"),
            "access" => await client.Get("/api/admin/access"),
            "pack" => await client.Get("/api/admin/pack"),
            "pack-versions" => await client.Get("/api/admin/pack/versions"),
            "board" => await client.Get("/api/areas/C-A1-1/board"),
            "board-of-root" => await client.Get("/api/areas/C/board"),
            "statistics" => await client.Get("/api/areas/C-A1-1/statistics"),
            "area" => await client.Get("/api/areas/C-A1-1"),
            "children" => await client.Get("/api/areas/C/children"),
            "map" => await client.Get("/api/areas/C/map"),
            "people" => await client.Get("/api/areas/C-A1-1/people"),
            "inbox" => await client.Get("/api/inbox"),
            "catalogue" => await client.Get("/api/catalogue"),
            "outbox" => await client.Get("/api/outbox"),
            "verify" => await client.Post("/api/admin/verify"),
            var step => await client.Step(id, step),
        };
    }
}
