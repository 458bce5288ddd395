using System.Collections.Concurrent;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>Stands between the actors and the browsers of this process: one observer a topic, a merged outbox a browser.</summary>
public sealed partial class LiveRelay(
    IGrainFactory grains, IPacks packs, Storage.Accounts.Sessions sessions, IHubContext<LiveHub, ILiveClient> hub, TimeProvider clock, ILogger<LiveRelay> logger)
    : BackgroundService
{
    static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    /// <summary>More than any page shows; less than a mistake can make.</summary>
    const int MostTopics = 64;

    readonly ConcurrentDictionary<string, LiveConnection> _connections = new();
    readonly ConcurrentDictionary<AreaId, AreaTopic> _areas = new();
    readonly ConcurrentDictionary<Guid, CaseTopic> _cases = new();
    readonly ConcurrentDictionary<PersonId, InboxTopic> _inboxes = new();

    internal async Task Connect(HubCallerContext context)
    {
        var caller = context.GetHttpContext()!.Features.Get<Caller>()!;
        var connection = new LiveConnection(context, hub.Clients.Client(context.ConnectionId), caller);
        _connections[context.ConnectionId] = connection;
        // A connection that can't watch its inbox now is a connection all the same: the next renewal tries again.
        await Renew(Join(_inboxes, caller.Id, id => new(id, grains, packs), connection));
    }

    internal async Task Disconnect(HubCallerContext context)
    {
        if (!_connections.TryRemove(context.ConnectionId, out var connection)) return;
        foreach (var topic in connection.End()) await Leave(topic, connection);
    }

    internal async Task<BoardJson> WatchArea(HubCallerContext context, string code)
    {
        var connection = Of(context);
        var area = connection.Caller.Area(code) ?? throw HubProblems.Refusal(context, CaseRejections.NotFound);
        if (!connection.Caller.Reads(area)) throw HubProblems.Refusal(context, CaseRejections.NotYourArea);
        var board = await Join(_areas, area.Id, id => new(id, grains, packs), connection).Snapshot();
        return BoardJson.Of(board, area, packs.Current.PackOf(area.Id)!);
    }

    internal Task UnwatchArea(HubCallerContext context, string code)
    {
        var connection = Of(context);
        return _areas.TryGetValue(connection.Caller.AreaId(code), out var topic) ? Leave(topic, connection) : Task.CompletedTask;
    }

    internal async Task<CaseJson> WatchCase(HubCallerContext context, string id)
    {
        var connection = Of(context);
        if (!Guid.TryParseExact(id, "N", out var guid)) throw HubProblems.Refusal(context, CaseRejections.NotFound);
        var actor = grains.GetGrain<ICaseGrain>(guid);
        if ((await actor.Get(connection.Caller.Id)).Case is null) throw HubProblems.Refusal(context, CaseRejections.NotFound);
        await Join(_cases, guid, key => new(key, grains, packs), connection).Renew();
        var answer = await actor.Get(connection.Caller.Id); // Again, now that nothing is missed.
        return answer.Case is { } view ? CaseJson.Of(view, answer.Actions, connection.Caller.Pack) : throw HubProblems.Refusal(context, CaseRejections.NotFound);
    }

    internal Task UnwatchCase(HubCallerContext context, string id) =>
        Guid.TryParseExact(id, "N", out var guid) && _cases.TryGetValue(guid, out var topic) ? Leave(topic, Of(context)) : Task.CompletedTask;

    /// <summary>Three rhythms of their own: a database or an actor that doesn't answer stops no beat.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Every(BeatEvery, Beat, stoppingToken),
        Every(BeatEvery, CheckSessions, stoppingToken),
        Every(Contracts.Live.WatchRenewal, RenewTopics, stoppingToken));

    async Task Every(TimeSpan period, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await work(stoppingToken);
    }

    Task Beat(CancellationToken cancellationToken)
    {
        var beat = new BeatJson(clock.GetUtcNow());
        foreach (var connection in _connections.Values) connection.Post(beat);
        return Task.CompletedTask;
    }

    async Task CheckSessions(CancellationToken cancellationToken)
    {
        foreach (var connection in _connections.Values) await EndWithSession(connection, cancellationToken);
    }

    Task RenewTopics(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Topics(), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (topic, _) => await Renew(topic));

    IEnumerable<Topic> Topics() => _areas.Values.Concat<Topic>(_cases.Values).Concat(_inboxes.Values);

    async Task Renew(Topic topic)
    {
        try
        {
            await topic.Renew();
        }
        catch (Exception e)
        {
            LogNotRenewed(e);
        }
    }

    async Task EndWithSession(LiveConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            // A changed pack may have changed what this person may see: the browser comes back and is judged anew.
            var isCurrent = ReferenceEquals(packs.Current.Pack(connection.Caller.Pack.Pack.Id), connection.Caller.Pack);
            if (!isCurrent || await sessions.Find(connection.Caller.Token, cancellationToken) is null) connection.Abort();
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or IOException)
        {
            LogNotChecked(e); // The database is away; the session is judged when it is back.
        }
    }

    static TTopic Join<TKey, TTopic>(ConcurrentDictionary<TKey, TTopic> topics, TKey key, Func<TKey, TTopic> create, LiveConnection connection) where TKey : notnull where TTopic : Topic
    {
        lock (connection.Topics)
        {
            // A call can outlive its connection.
            if (connection.IsOver) throw new HubException($"{Problem.NotSignedIn}: the connection is over.");
            if (topics.TryGetValue(key, out var known) && connection.Topics.Contains(known)) return known;
            if (connection.Topics.Count >= MostTopics) throw new HubException($"{CaseRejections.Busy}: one connection watches at most {MostTopics} things.");
            while (true)
            {
                var topic = topics.GetOrAdd(key, create);
                topic.Forget ??= () => topics.TryRemove(new(key, topic));
                if (!topic.Add(connection)) continue; // It is just over, and about to be forgotten.
                connection.Topics.Add(topic);
                return topic;
            }
        }
    }

    async Task Leave(Topic topic, LiveConnection connection)
    {
        lock (connection.Topics) connection.Topics.Remove(topic);
        if (!topic.Remove(connection)) return;
        try
        {
            await topic.End();
        }
        catch (Exception e)
        {
            LogNotRenewed(e); // It lapses by itself.
        }
    }

    LiveConnection Of(HubCallerContext context) =>
        _connections.TryGetValue(context.ConnectionId, out var connection) ? connection : throw HubProblems.Refusal(context, Problem.NotSignedIn);

    [LoggerMessage(4101, LogLevel.Warning, "A topic could not be renewed or ended.")]
    partial void LogNotRenewed(Exception exception);

    [LoggerMessage(4102, LogLevel.Warning, "A session could not be checked.")]
    partial void LogNotChecked(Exception exception);
}
