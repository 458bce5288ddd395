using System.Collections.Concurrent;
using System.Threading.Channels;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Perimeter;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Live;

/// <summary>
/// Connects the browsers of this process with the actors they watch, and keeps both sides alive: beats, sessions, renewals.
/// </summary>
public sealed partial class LiveRelay(
    IGrainFactory grains,
    IPacks packs,
    Storage.Accounts.Sessions sessions,
    Kiosks kiosks,
    AccessJournal access,
    SiloChanges silos,
    IHubContext<LiveHub, ILiveClient> hub,
    IOptions<LimitOptions> limits,
    ServiceTime clock,
    ILogger<LiveRelay> logger
) : BackgroundService
{
    const int MaxDegreeOfParallelism = 16;
    static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, LiveConnection> _connections = new();
    readonly Topics _topics = new();

    /// <summary>Whose sessions have ended; null: somebody's.</summary>
    readonly Channel<PersonId?> _ended = Channel.CreateUnbounded<PersonId?>(new() { SingleReader = true });

    /// <summary>
    /// The caller is fixed here, for as long as the connection lasts: with long polling each later request brings a user of its own.
    /// </summary>
    internal async Task Connect(HubCallerContext context)
    {
        HubProblems.NoteLanguage(context);
        var caller = Caller.Of(context.User) ?? throw HubProblems.Refusal(context, Problem.NotSignedIn);
        var connection = new LiveConnection(context, hub.Clients.Client(context.ConnectionId), caller, logger);
        _connections[context.ConnectionId] = connection;
        try
        {
            // A connection whose inbox can't be watched now stays: the next renewal tries again.
            await Renew(
                _topics.Join(
                    connection,
                    caller.Id,
                    () => new InboxTopic(caller.Id, grains, packs, logger),
                    limits.Value.HubConnectionsPerPerson
                )
            );
        }
        catch
        {
            await Disconnect(context); // The hub doesn't do it for a connection that it refuses.
            throw;
        }
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
        var connection = await Of(context);
        var area = connection.Caller.Area(code) ?? throw HubProblems.Refusal(context, CaseRejections.NotFound);
        if (!connection.Caller.Reads(area))
            throw HubProblems.Refusal(context, CaseRejections.NotYourArea);
        var topic = _topics.Join(connection, area.Id, () => new AreaTopic(area.Id, grains, packs, logger));
        AreaFrameJson? masked = null;
        return BoardJson.Of((await topic.Snapshot()).For(connection.Caller, ref masked), area, connection.Caller.Pack);
    }

    internal async Task UnwatchArea(HubCallerContext context, string code)
    {
        var connection = await Of(context);
        await Leave(connection, connection.Caller.AreaId(code));
    }

    internal async Task<CaseJson> WatchCase(HubCallerContext context, string id)
    {
        var connection = await Of(context);
        if (!Guid.TryParseExact(id, "N", out var guid))
            throw HubProblems.Refusal(context, CaseRejections.NotFound);
        var actor = grains.GetGrain<ICaseGrain>(guid);
        Task<CaseAnswer> Read() => ActorCalls.Call(token => actor.Get(connection.Caller.Id, token), CancellationToken.None);
        if ((await Read()).Case is null)
            throw HubProblems.Refusal(context, CaseRejections.NotFound);
        await _topics.Join(connection, guid, () => new CaseTopic(guid, grains, packs, logger)).Renew();
        // Read again: a step taken before the topic watched was not pushed.
        var answer = await Read();
        if (answer.Case is not { } view)
            throw HubProblems.Refusal(context, CaseRejections.NotFound);
        access.Read(connection.Caller, view);
        return CaseJson.Of(view, answer.Actions, connection.Caller.Pack);
    }

    internal async Task UnwatchCase(HubCallerContext context, string id)
    {
        var connection = await Of(context);
        if (Guid.TryParseExact(id, "N", out var guid))
            await Leave(connection, guid);
    }

    /// <summary>Independent loops: a database or an actor that doesn't answer stops no beat.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        sessions.Ended += NoteEndedSession;
        try
        {
            await Task.WhenAll(
                BackgroundLoop.Every(BeatEvery, Beat, LogNotBeaten, clock, stoppingToken),
                BackgroundLoop.Every(BeatEvery, EndWithSessions, LogNotChecked, clock, stoppingToken),
                BackgroundLoop.Every(Contracts.Live.BoardRenewal, RenewBoards, LogNotRenewed, clock, stoppingToken),
                BackgroundLoop.Every(Contracts.Live.WatchRenewal, RenewOthers, LogNotRenewed, clock, stoppingToken),
                // A silo has left: its actors are activated elsewhere, where nobody knows who watches them. The first renewals of those
                // take as long as it takes to declare the silo dead.
                BackgroundLoop.After(silos.Next, RenewAll, LogNotRenewed, stoppingToken),
                BackgroundLoop.After(AnySessionEnded, EndWithEndedSessions, LogNotChecked, stoppingToken)
            );
        }
        finally
        {
            sessions.Ended -= NoteEndedSession;
        }
    }

    Task RenewAll(CancellationToken cancellationToken) => RenewTopics(_topics.All(), cancellationToken);

    Task RenewBoards(CancellationToken cancellationToken) => RenewTopics(_topics.All().Where(t => t is AreaTopic), cancellationToken);

    Task RenewOthers(CancellationToken cancellationToken) => RenewTopics(_topics.All().Where(t => t is not AreaTopic), cancellationToken);

    void NoteEndedSession(PersonId? person) => _ended.Writer.TryWrite(person);

    async Task AnySessionEnded(CancellationToken cancellationToken) => await _ended.Reader.WaitToReadAsync(cancellationToken);

    Task Beat(CancellationToken cancellationToken)
    {
        var beat = new BeatJson(clock.GetUtcNow());
        foreach (var connection in _connections.Values)
            connection.Post(beat);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Ends the connections whose session is over. Those of a pack that changed end too, because what they may see may have changed: the
    /// browser comes back, and its rights are looked up again.
    /// </summary>
    Task EndWithSessions(CancellationToken cancellationToken) => EndWithSessions([.. _connections.Values], cancellationToken);

    /// <summary>At once for the people whose sessions have ended, so that the others cost nothing.</summary>
    Task EndWithEndedSessions(CancellationToken cancellationToken)
    {
        var people = new HashSet<PersonId?>();
        while (_ended.Reader.TryRead(out var person))
            people.Add(person);
        var isKnown = !people.Contains(null);
        return EndWithSessions([.. _connections.Values.Where(c => !isKnown || people.Contains(c.Caller.Id))], cancellationToken);
    }

    async Task EndWithSessions(List<LiveConnection> connections, CancellationToken cancellationToken)
    {
        if (connections.Count == 0)
            return;
        var tokens = connections.Select(c => c.Caller.Token).Distinct().ToLookup(Kiosks.IsToken);
        HashSet<string> current =
        [
            .. await sessions.Current([.. tokens[false]], cancellationToken),
            .. await kiosks.Current([.. tokens[true]], cancellationToken),
        ];
        foreach (var connection in connections)
        {
            var pack = connection.Caller.Pack;
            if (!current.Contains(connection.Caller.Token) || packs.Current.Pack(pack.Pack.Id) is not { } now || !now.HasRulesOf(pack))
                connection.Abort();
            else
                connection.Follow(now);
        }
    }

    Task RenewTopics(IEnumerable<Topic> topics, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            topics,
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

    async ValueTask<bool> IsCurrent(Caller caller, CancellationToken cancellationToken) =>
        caller.IsKiosk
            ? await kiosks.Find(caller.Token, cancellationToken) is not null
            : await sessions.Find(caller.Token, cancellationToken) is not null;

    /// <summary>The connection that calls. Its session may have ended a moment ago, and then nothing more is answered.</summary>
    async ValueTask<LiveConnection> Of(HubCallerContext context)
    {
        if (
            _connections.TryGetValue(context.ConnectionId, out var connection)
            && await IsCurrent(connection.Caller, context.ConnectionAborted)
        )
            return connection;
        context.Abort();
        throw HubProblems.Refusal(context, Problem.NotSignedIn);
    }
}
