using System.Collections.Concurrent;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>
/// Connects the browsers of this process with the actors they watch, and keeps both sides alive: beats, sessions, renewals.
/// </summary>
public sealed partial class LiveRelay(
    IGrainFactory grains,
    IPacks packs,
    Storage.Accounts.Sessions sessions,
    IHubContext<LiveHub, ILiveClient> hub,
    TimeProvider clock,
    ILogger<LiveRelay> logger
) : BackgroundService
{
    const int MaxDegreeOfParallelism = 16;
    static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, LiveConnection> _connections = new();
    readonly Topics _topics = new();

    internal async Task Connect(HubCallerContext context)
    {
        var caller = context.GetHttpContext()!.Features.Get<Caller>()!;
        var connection = new LiveConnection(context, hub.Clients.Client(context.ConnectionId), caller, logger);
        _connections[context.ConnectionId] = connection;
        // A connection whose inbox can't be watched now stays: the next renewal tries again.
        await Renew(_topics.Join(connection, caller.Id, () => new InboxTopic(caller.Id, grains, packs, logger)));
    }

    internal async Task Disconnect(HubCallerContext context)
    {
        if (!_connections.TryRemove(context.ConnectionId, out var connection))
            return;
        foreach (var topic in _topics.LeaveAll(connection))
            await End(topic);
    }

    internal async Task<BoardJson> WatchArea(HubCallerContext context, string code)
    {
        var connection = Of(context);
        var area = connection.Caller.Area(code) ?? throw HubProblems.Refusal(context, CaseRejections.NotFound);
        if (!connection.Caller.Reads(area))
            throw HubProblems.Refusal(context, CaseRejections.NotYourArea);
        var topic = _topics.Join(connection, area.Id, () => new AreaTopic(area.Id, grains, packs, logger));
        return BoardJson.Of(await topic.Snapshot(), area);
    }

    internal Task UnwatchArea(HubCallerContext context, string code)
    {
        var connection = Of(context);
        return Leave(connection, connection.Caller.AreaId(code));
    }

    internal async Task<CaseJson> WatchCase(HubCallerContext context, string id)
    {
        var connection = Of(context);
        if (!Guid.TryParseExact(id, "N", out var guid))
            throw HubProblems.Refusal(context, CaseRejections.NotFound);
        var actor = grains.GetGrain<ICaseGrain>(guid);
        if ((await actor.Get(connection.Caller.Id)).Case is null)
            throw HubProblems.Refusal(context, CaseRejections.NotFound);
        await _topics.Join(connection, guid, () => new CaseTopic(guid, grains, packs, logger)).Renew();
        // Read again: a step taken before the topic watched was not pushed.
        var answer = await actor.Get(connection.Caller.Id);
        return answer.Case is { } view
            ? CaseJson.Of(view, answer.Actions, connection.Caller.Pack)
            : throw HubProblems.Refusal(context, CaseRejections.NotFound);
    }

    internal Task UnwatchCase(HubCallerContext context, string id) =>
        Guid.TryParseExact(id, "N", out var guid) ? Leave(Of(context), guid) : Task.CompletedTask;

    /// <summary>Three independent timers: a database or an actor that doesn't answer stops no beat.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            Every(BeatEvery, Beat, stoppingToken),
            Every(BeatEvery, CheckSessions, stoppingToken),
            Every(Contracts.Live.WatchRenewal, RenewTopics, stoppingToken)
        );

    async Task Every(TimeSpan period, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await work(stoppingToken);
    }

    Task Beat(CancellationToken cancellationToken)
    {
        var beat = new BeatJson(clock.GetUtcNow());
        foreach (var connection in _connections.Values)
            connection.Post(beat);
        return Task.CompletedTask;
    }

    async Task CheckSessions(CancellationToken cancellationToken)
    {
        foreach (var connection in _connections.Values)
            await EndWithSession(connection, cancellationToken);
    }

    Task RenewTopics(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            _topics.All(),
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (topic, _) => await Renew(topic)
        );

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
            // A changed pack may have changed what this person may see. The browser comes back, and its rights are looked up again.
            var isCurrent = ReferenceEquals(packs.Current.Pack(connection.Caller.Pack.Pack.Id), connection.Caller.Pack);
            if (!isCurrent || await sessions.Find(connection.Caller.Token, cancellationToken) is null)
                connection.Abort();
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or IOException)
        {
            LogNotChecked(e); // The session is checked again at the next beat.
        }
    }

    async Task Leave(LiveConnection connection, object key)
    {
        if (_topics.Leave(connection, key) is { } topic)
            await End(topic);
    }

    async Task End(Topic topic)
    {
        try
        {
            await topic.End();
        }
        catch (Exception e)
        {
            LogNotRenewed(e); // The actor forgets this process when it doesn't renew.
        }
    }

    LiveConnection Of(HubCallerContext context) =>
        _connections.TryGetValue(context.ConnectionId, out var connection)
            ? connection
            : throw HubProblems.Refusal(context, Problem.NotSignedIn);
}
