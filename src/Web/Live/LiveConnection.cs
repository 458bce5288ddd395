using GridActors.Domain.Packs;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>
/// One browser. Messages wait here, merged, while the last one is on its way. So a slow browser has at most one waiting frame for every
/// watched area, and one waiting change for every case.
/// </summary>
sealed partial class LiveConnection(HubCallerContext context, ILiveClient client, Caller caller, ILogger logger) : IThreadPoolWorkItem
{
    readonly Lock _lock = new();
    Dictionary<string, AreaFrameJson> _areas = [];
    Dictionary<string, CaseChangedJson> _cases = [];
    Dictionary<string, InboxChangedJson> _inbox = [];
    BeatJson? _beat;
    bool _inboxMissed;
    bool _isSending;

    public string Id => context.ConnectionId;
    public Caller Caller { get; private set; } = caller;

    /// <summary>Somebody's leave began or ended: the caller's rights are the same.</summary>
    public void Follow(LoadedPack pack)
    {
        if (!ReferenceEquals(Caller.Pack, pack))
            Caller = Caller.In(pack);
    }

    /// <summary>What this browser watches. Only <see cref="Live.Topics"/> reads and changes it, under its lock.</summary>
    public HashSet<Topic> Topics { get; } = [];

    /// <summary>
    /// The browser is gone, so nothing more can be watched. Only <see cref="Live.Topics"/> reads and sets it, under its lock.
    /// </summary>
    public bool IsClosed { get; set; }

    public void Abort() => context.Abort();

    public HubException Refusal(string code) => HubProblems.Refusal(context, code);

    public void Post(AreaFrameJson frame)
    {
        lock (_lock)
        {
            // A frame that doesn't follow the waiting one takes its place: the browser sees the gap, and asks for a new snapshot.
            _areas[frame.Area] = _areas.TryGetValue(frame.Area, out var waiting) ? BoardFrames.Merge(waiting, frame) ?? frame : frame;
            Start();
        }
    }

    public void Post(CaseChangedJson change)
    {
        lock (_lock)
        {
            if (!_cases.TryGetValue(change.Id, out var waiting) || waiting.Version < change.Version)
                _cases[change.Id] = change;
            Start();
        }
    }

    public void Post(InboxChangedJson change)
    {
        lock (_lock)
        {
            if (!_inbox.TryGetValue(change.CaseId, out var waiting) || waiting.Version < change.Version)
                _inbox[change.CaseId] = change;
            Start();
        }
    }

    /// <summary>The browser must read its inbox again: it may have missed a change.</summary>
    public void PostInboxMissed()
    {
        lock (_lock)
        {
            _inboxMissed = true;
            Start();
        }
    }

    public void Post(BeatJson beat)
    {
        lock (_lock)
        {
            _beat = beat;
            Start();
        }
    }

    void Start()
    {
        if (_isSending)
            return;
        _isSending = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute() => _ = Send();

    async Task Send()
    {
        try
        {
            while (true)
            {
                Dictionary<string, AreaFrameJson> areas;
                Dictionary<string, CaseChangedJson> cases;
                Dictionary<string, InboxChangedJson> inbox;
                BeatJson? beat;
                bool inboxMissed;
                lock (_lock)
                {
                    if (_areas.Count + _cases.Count + _inbox.Count == 0 && !_inboxMissed && _beat is null)
                    {
                        _isSending = false;
                        return;
                    }
                    (areas, cases, inbox, inboxMissed, beat) = (_areas, _cases, _inbox, _inboxMissed, _beat);
                    (_areas, _cases, _inbox, _inboxMissed, _beat) = ([], [], [], false, null);
                }
                foreach (var frame in areas.Values)
                    await client.AreaChanged(frame);
                foreach (var change in inbox.Values)
                    await client.InboxChanged(change);
                if (inboxMissed)
                    await client.InboxMissed();
                foreach (var change in cases.Values)
                    await client.CaseChanged(change);
                if (beat is not null)
                    await client.Beat(beat);
            }
        }
        catch (Exception e)
        {
            // The connection is going away. The hub tells the relay, and the browser comes back with a new one.
            LogNotSent(e);
            context.Abort();
        }
    }
}
