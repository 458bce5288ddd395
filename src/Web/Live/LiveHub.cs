using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace GridActors.Web.Live;

/// <summary>The messages that a browser gets. docs/api.md describes them.</summary>
public interface ILiveClient
{
    Task AreaChanged(AreaFrameJson frame);
    Task CaseChanged(CaseChangedJson change);
    Task InboxChanged(InboxChangedJson change);

    /// <summary>Changes may have been missed: the browser must read <c>GET /api/inbox</c> again.</summary>
    Task InboxMissed();
    Task Beat(BeatJson beat);
}

/// <summary>The live connection. The hub has no logic; <see cref="LiveRelay"/> does the work.</summary>
[Authorize]
public sealed class LiveHub(LiveRelay relay) : Hub<ILiveClient>
{
    public const string Path = "/hubs/live";

    public override Task OnConnectedAsync() => relay.Connect(Context);

    public override Task OnDisconnectedAsync(Exception? exception) => relay.Disconnect(Context);

    [OpenToKiosks]
    public Task<BoardJson> WatchArea(string code) => relay.WatchArea(Context, code);

    [OpenToKiosks]
    public Task UnwatchArea(string code) => relay.UnwatchArea(Context, code);

    public Task<CaseJson> WatchCase(string id) => relay.WatchCase(Context, id);

    public Task UnwatchCase(string id) => relay.UnwatchCase(Context, id);
}
