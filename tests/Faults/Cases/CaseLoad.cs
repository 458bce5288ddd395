using System.Collections.Concurrent;
using Npgsql;

namespace GridActors.Faults.Tests.Cases;

/// <summary>
/// People at work, and the answers they got. Every lane has its own cases, of which it knows each step; all lanes also claim the same other
/// cases. A call without a definite answer is repeated with the same key, as a phone does, until there is one.
/// </summary>
sealed class CaseLoad(Func<string, Task<Client>> people)
{
    const int Lanes = 6;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    static readonly string[] Workers = ["worker-1", "worker-2", "worker-3", "worker-4", "worker-5"];
    static readonly string[] Life = ["claim", "on-site", "progress", "progress", "resolve", "close", "reopen", "claim"];
    static readonly Dictionary<string, string> Told = new()
    {
        ["claim"] = "claimed",
        ["on-site"] = "on-site",
        ["progress"] = "progressed",
        ["resolve"] = "resolved",
        ["close"] = "closed",
        ["reopen"] = "reopened",
    };

    readonly ConcurrentDictionary<string, List<string>> _own = new();
    readonly ConcurrentBag<(string Case, string Person, Answer Answer)> _claims = [];
    readonly ConcurrentQueue<string> _unexpected = new();
    readonly List<string> _contested = [];
    int _acknowledged;
    int _unheard;

    /// <summary>Whether every call is sent twice at the same time, with the same key.</summary>
    public bool SendsTwice { get; init; }

    /// <summary>
    /// Whether commands arrive late and out of order: an earlier one again after later ones, and two at the same time in any order.
    /// </summary>
    public bool SendsLate { get; init; }

    /// <summary>How many cases the database had before.</summary>
    public long CasesBefore { get; init; }

    /// <summary>How many writes got a definite answer.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>How many calls got none and were sent again.</summary>
    public int Unheard => Volatile.Read(ref _unheard);

    public async Task Run(CancellationToken stopping)
    {
        for (var i = 0; i < 20; i++)
            _contested.Add((await Write("clerk-a1", "/api/cases", NewReport())).Expect(201).As<CaseView>().Id);
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => Work(lane, stopping), CancellationToken.None)));
    }

    public Task Reaches(int acknowledged) =>
        Eventually.Is(() => Task.FromResult(Acknowledged), a => a >= acknowledged || !_unexpected.IsEmpty, Patience);

    /// <summary>Compares the answers with the journal, the read tables, lists and boards.</summary>
    public async Task Compare(NpgsqlDataSource data)
    {
        Assert.True(_unexpected.IsEmpty, string.Join("\n", _unexpected));
        var dispatcher = await people("dispatcher-1") with { ReadPatience = Patience };
        foreach (var (id, told) in _own)
        {
            var history = (await dispatcher.History(id)).Select(h => h.Step).ToList();
            Assert.Equal((id, string.Join(' ', told)), (id, string.Join(' ', history)));
            Assert.Equal((id, told.Count), (id, (await dispatcher.Case(id)).Version));
        }
        foreach (var claims in _claims.GroupBy(c => c.Case))
        {
            var winner = Assert.Single(claims, c => c.Answer.Status == 200);
            Assert.All(
                claims.Where(c => c.Answer.Status != 200),
                c => Assert.Equal(winner.Person, c.Answer.Expect(409, "already-claimed").Body.GetProperty("claimant").GetString())
            );
            Assert.Equal(["reported", "claimed"], (await dispatcher.History(claims.Key)).Select(h => h.Step));
        }
        Assert.Equal(0, await Count(data, "select count(*) from (select 1 from journal group by stream, operation having count(*) > 1) t"));
        Assert.Equal(
            0,
            await Count(data, "select count(*) from (select 1 from journal group by stream having count(*) <> max(sequence)) t")
        );
        Assert.Equal(0, await Count(data, "select count(*) from (select number from case_file group by number having count(*) > 1) t"));
        Assert.Equal(CasesBefore + _own.Count + _contested.Count, await Count(data, "select count(*) from case_file"));
        Assert.Equal(
            0,
            await Count(
                data,
                """
                with due as (
                    select id, unnest(offered_to) as person from case_file where status <> 6
                    union select id, claimant from case_file where status <> 6 and claimant is not null
                    union select id, reporter from case_file where status <> 6)
                select count(*) from due full join inbox_item i on i.case_id = due.id and i.person = due.person
                where due.id is null or i.case_id is null
                """
            )
        );
        await BoardCounts.BoardsEqual(data, dispatcher);
        await BoardCounts.Verified(await people("administrator") with { ReadPatience = Patience });
    }

    async Task Work(int lane, CancellationToken stopping)
    {
        try
        {
            var random = new Random(lane);
            for (var round = 0; !stopping.IsCancellationRequested; round++)
            {
                if (round < _contested.Count)
                    await Claim(_contested[round], Workers[lane % Workers.Length]);
                var worker = Workers[random.Next(Workers.Length)];
                var id = (await Write("dispatcher-1", "/api/cases", NewReport())).Expect(201).As<CaseView>().Id;
                await Live(id, worker, random, stopping);
            }
        }
        catch (Exception e)
        {
            _unexpected.Enqueue(e.Message);
        }
    }

    /// <summary>Takes some steps of a case, and keeps what was told of them.</summary>
    async Task Live(string id, string worker, Random random, CancellationToken stopping)
    {
        var told = _own[id] = ["reported"];
        var sent = new List<(string Person, string Action, string Key)>();
        var life = Life[..random.Next(Life.Length + 1)];
        for (var i = 0; i < life.Length && !stopping.IsCancellationRequested; )
        {
            var isPair = SendsLate && life[i] == "progress" && i + 1 < life.Length && life[i + 1] == "progress";
            var steps = life[i..(isPair ? i + 2 : i + 1)].Select(action => (PersonFor(action, worker), action, Client.NewKey())).ToList();
            var answers = await Task.WhenAll(steps.Select(s => Step(id, s)));
            // A repeat shows the case as it is by then, so the first of a pair may have the version of the second.
            Assert.All(answers, a => Assert.InRange(a.Expect(200).As<CaseView>().Version, told.Count + 1, told.Count + steps.Count));
            told.AddRange(steps.Select(s => Told[s.action]));
            sent.AddRange(steps);
            i += steps.Count;
            if (SendsLate && random.Next(3) == 0)
                (await Step(id, sent[random.Next(sent.Count)])).Expect(200);
        }
    }

    static string PersonFor(string action, string worker) => action is "close" or "reopen" ? "dispatcher-1" : worker;

    Task<Answer> Step(string id, (string Person, string Action, string Key) step) =>
        Write(step.Person, $"/api/cases/{id}/{step.Action}", Steps.Body(step.Action), step.Key);

    async Task Claim(string id, string person) => _claims.Add((id, person, await Write(person, $"/api/cases/{id}/claim", new { })));

    async Task<Answer> Write(string person, string path, object body, string? usedKey = null)
    {
        var key = usedKey ?? Client.NewKey();
        var second = SendsTwice ? Definite(person, path, body, key) : null;
        var answer = await Definite(person, path, body, key);
        if (second is not null)
        {
            var other = await second;
            // Both calls are one operation, so both get the outcome of the one that was done first.
            if (other.Outcome != answer.Outcome)
                _unexpected.Enqueue($"{answer} but {other}");
        }
        Interlocked.Increment(ref _acknowledged);
        return answer;
    }

    Task<Answer> Definite(string person, string path, object body, string key) =>
        Eventually.Is(
            async () =>
            {
                try
                {
                    var answer = await (await people(person)).Post(path, body, key);
                    if (answer.Status == 503)
                        Interlocked.Increment(ref _unheard);
                    return answer;
                }
                catch (HttpRequestException e)
                {
                    Interlocked.Increment(ref _unheard);
                    return Answer.Missing(e);
                }
            },
            a => a.Status is not (0 or 503),
            Patience
        );

    static object NewReport() =>
        new
        {
            category = "rubbish",
            area = "C-A1-1",
            title = "故障演练",
        };

    static async Task<long> Count(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
