using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>
/// People at work through processes of a cluster, who repeat nothing. It keeps what each call got and how long it took. They also return to
/// earlier cases, whose actors may be in a silo that is lost.
/// </summary>
sealed class ClusterLoad(Client dispatcher, Client worker, params IReadOnlyList<ServiceProcess> processes)
{
    /// <summary>So many that some go on while others wait for a process that just started, as the people of a county do.</summary>
    const int Lanes = 24;

    /// <summary>About a hundred calls a second.</summary>
    public static readonly TimeSpan UsualRound = TimeSpan.FromMilliseconds(1500);

    sealed record Call(string What, Answer Answer, TimeSpan Took);

    readonly ConcurrentQueue<Call> _calls = new();
    readonly ConcurrentQueue<string> _cases = new();

    /// <summary>The processes that are called. Takes effect with the next call.</summary>
    public IReadOnlyList<ServiceProcess> Processes { get; set; } = processes;

    /// <summary>
    /// How long a round of calls takes at least. Without it the load takes all the processor time that a starting process needs. Lanes
    /// begin their rounds one after the other, and not all at once.
    /// </summary>
    public TimeSpan RoundTime { get; set; }

    public int Count => _calls.Count;

    public IReadOnlyList<string> Failures =>
        [
            .. _calls
                .Where(c => c.Answer.Status is not (200 or 201))
                .Select(c => $"{c.What} after {Seconds(c.Took)}: {c.Answer.Status} {c.Answer.Text}"),
        ];

    public TimeSpan Longest => _calls.Max(c => c.Took);

    public Task Run(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => Work(lane, stopping), CancellationToken.None)));

    /// <summary>Waits until this many further calls were answered.</summary>
    public Task Goes(int further)
    {
        var until = Count + further;
        return Eventually.Is(() => Task.FromResult(Count >= until));
    }

    public void Print(ITestOutputHelper output, string what)
    {
        output.WriteLine($"{what}: {Count} calls, {Failures.Count} failed, the longest took {Seconds(Longest)}");
        // An assertion that they are none would cut their texts.
        foreach (var failure in Failures.Take(20))
            output.WriteLine($"  {failure}");
    }

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F2} s");

    async Task Work(int lane, CancellationToken stopping)
    {
        for (var round = lane; !stopping.IsCancellationRequested; round++)
        {
            var reported = await Send(
                "report",
                round,
                dispatcher,
                c =>
                    c.Post(
                        "/api/cases",
                        new
                        {
                            category = "rubbish",
                            area = "C-A1-1",
                            title = "占道",
                        }
                    )
            );
            if (reported.Status == 201)
            {
                var id = reported.As<CaseView>().Id;
                // Without a key, so that the operation id is the process's own.
                await Send("claim", round, worker, c => c.Post($"/api/cases/{id}/claim", new { }));
                _cases.Enqueue(id);
            }
            if (_cases.ElementAtOrDefault(round % Math.Max(1, Math.Min(_cases.Count, 100))) is { } earlier)
            {
                await Send("comment", round, dispatcher, c => c.Post($"/api/cases/{earlier}/comment", new { text = "说明" }));
                await Send("read", round, worker, c => c.Get($"/api/cases/{earlier}"));
            }
            await Send("board", round, dispatcher, c => c.Get("/api/areas/C-A1-1/board"));
            await Send("inbox", round, worker, c => c.Get("/api/inbox?limit=1"));
            if (RoundTime is { Ticks: > 0 } period)
                await Eventually.After(UntilRound(period, lane));
        }
    }

    /// <summary>How long until a lane's next round, for which each lane has its own time in each period.</summary>
    static TimeSpan UntilRound(TimeSpan period, int lane)
    {
        var sinceTurn = Stopwatch.GetElapsedTime(0) - period / Lanes * lane;
        return period * Math.Ceiling(sinceTurn / period) - sinceTurn;
    }

    async Task<Answer> Send(string what, int round, Client person, Func<Client, Task<Answer>> send)
    {
        var called = Processes;
        var started = Stopwatch.GetTimestamp();
        Answer answer;
        try
        {
            answer = await send(person with { Url = called[round % called.Count].Url });
        }
        catch (HttpRequestException e)
        {
            answer = Answer.Missing(e);
        }
        _calls.Enqueue(new(what, answer, Stopwatch.GetElapsedTime(started)));
        return answer;
    }
}
