using GridActors.Web.Sessions;
using Microsoft.AspNetCore.SignalR;

namespace GridActors.Web.Live;

/// <summary>
/// One browser. What it is told waits here while the last message is on its way, merged: at most a frame for every watched area and a change for
/// every case, however slow the browser is.
/// </summary>
sealed class LiveConnection(HubCallerContext context, ILiveClient client, Caller caller) : IThreadPoolWorkItem
{
    readonly Lock _lock = new();
    Dictionary<string, AreaFrameJson> _areas = [];
    Dictionary<string, CaseChangedJson> _cases = [];
    Dictionary<string, InboxChangedJson> _inbox = [];
    BeatJson? _beat;
    bool _inboxMissed;
    bool _isSending;

    public string Id => context.ConnectionId;
    public Caller Caller => caller;

    /// <summary>What this browser watches; touched under its own lock.</summary>
    public HashSet<Topic> Topics { get; } = [];

    /// <summary>Set under the lock of <see cref="Topics"/>: nothing more can be watched.</summary>
    public bool IsOver { get; private set; }

    /// <returns>What was watched.</returns>
    public IReadOnlyList<Topic> End()
    {
        lock (Topics)
        {
            IsOver = true;
            return [.. Topics];
        }
    }

    public void Abort() => context.Abort();

    public void Post(AreaFrameJson frame)
    {
        lock (_lock)
        {
            _areas[frame.Area] = _areas.TryGetValue(frame.Area, out var waiting) ? waiting.Then(frame) : frame;
            Start();
        }
    }

    public void Post(CaseChangedJson change)
    {
        lock (_lock)
        {
            if (!_cases.TryGetValue(change.Id, out var waiting) || waiting.Version < change.Version) _cases[change.Id] = change;
            Start();
        }
    }

    public void Post(InboxChangedJson change)
    {
        lock (_lock)
        {
            if (!_inbox.TryGetValue(change.Case.Id, out var waiting) || waiting.Case.Version < change.Case.Version) _inbox[change.Case.Id] = change;
            Start();
        }
    }

    /// <summary>The inbox may have changed unsaid: read it again.</summary>
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
        if (_isSending) return;
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
                foreach (var frame in areas.Values) await client.AreaChanged(frame);
                foreach (var change in inbox.Values) await client.InboxChanged(change);
                if (inboxMissed) await client.InboxMissed();
                foreach (var change in cases.Values) await client.CaseChanged(change);
                if (beat is not null) await client.Beat(beat);
            }
        }
        catch (Exception)
        {
            // The connection is going away: the hub says so to the relay, and the browser comes back with a new one.
            context.Abort();
        }
    }
}
