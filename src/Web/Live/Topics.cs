using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Web.Live;

/// <summary>Something that browsers of this process watch: however many they are, one observer stands for them.</summary>
abstract class Topic
{
    protected Lock Lock { get; } = new();
    protected HashSet<LiveConnection> Connections { get; } = [];

    bool _isOver;

    /// <summary>Takes the topic off the relay's list when its last browser leaves.</summary>
    public Action? Forget { get; set; }

    /// <returns>False when the topic is over.</returns>
    public bool Add(LiveConnection connection)
    {
        lock (Lock)
        {
            if (_isOver) return false;
            Connections.Add(connection);
            return true;
        }
    }

    /// <returns>True when nobody watches any more: the topic is over, and who comes next begins a new one.</returns>
    public bool Remove(LiveConnection connection)
    {
        lock (Lock)
        {
            Connections.Remove(connection);
            if (Connections.Count > 0 || _isOver) return false;
            _isOver = true;
        }
        Forget?.Invoke();
        return true;
    }

    /// <summary>Begins to watch, or goes on watching.</summary>
    public abstract Task Renew();
    public abstract Task End();
}

/// <param name="grains">Makes the reference by which actors know the topic; there is one for as long as the topic lives.</param>
abstract class Topic<TObserver>(IGrainFactory grains) : Topic where TObserver : class, IGrainObserver
{
    TObserver? _reference;

    protected IGrainFactory Grains => grains;

    protected TObserver Reference()
    {
        lock (Lock) return _reference ??= grains.CreateObjectReference<TObserver>((TObserver)(object)this);
    }
}

sealed class AreaTopic(AreaId area, IGrainFactory grains, IPacks packs) : Topic<IBoardObserver>(grains), IBoardObserver
{
    Board? _board;
    int _gaps;

    public override async Task Renew()
    {
        var board = await Grains.GetGrain<IAreaGrain>(area.Key).Watch(Reference());
        lock (Lock)
        {
            if (_board is { } known && known.Cursor.Epoch == board.Cursor.Epoch && known.Cursor.Sequence >= board.Cursor.Sequence) return;
            var isFirst = _board is null;
            _board = board;
            if (isFirst || packs.Current.PackOf(area) is not { } pack) return;
            var frame = AreaFrameJson.Of(board, pack);
            foreach (var connection in Connections) connection.Post(frame);
        }
    }

    public async Task<Board> Snapshot()
    {
        if (Volatile.Read(ref _board) is null) await Renew();
        lock (Lock) return _board!;
    }

    public Task Changed(BoardFrame frame)
    {
        lock (Lock)
        {
            if (_board is not { } board) return Task.CompletedTask; // The snapshot under way has it.
            if (frame.Cursor.Epoch == board.Cursor.Epoch && frame.Cursor.Sequence <= board.Cursor.Sequence) return Task.CompletedTask;
            if (frame.Cursor.Epoch != board.Cursor.Epoch || frame.Previous != board.Cursor.Sequence)
            {
                CatchUp();
                return Task.CompletedTask;
            }
            _board = Apply(board, frame);
            if (packs.Current.PackOf(area) is not { } pack) return Task.CompletedTask;
            var json = AreaFrameJson.Of(frame, pack);
            foreach (var connection in Connections) connection.Post(json);
        }
        return Task.CompletedTask;
    }

    public override async Task End()
    {
        var reference = Reference();
        await Grains.GetGrain<IAreaGrain>(area.Key).Unwatch(reference);
        Grains.DeleteObjectReference<IBoardObserver>(reference);
    }

    /// <summary>A frame is missing, or the actor is a new one: take a new snapshot.</summary>
    void CatchUp()
    {
        // What came while a snapshot was under way may not be in it: take another.
        if (Interlocked.Increment(ref _gaps) > 1) return;
        _ = Task.Run(async () =>
        {
            for (var seen = 1; ; seen = Volatile.Read(ref _gaps))
            {
                try
                {
                    await Renew();
                }
                catch (Exception)
                {
                    // The next renewal tries again.
                }
                if (Interlocked.CompareExchange(ref _gaps, 0, seen) == seen) return;
            }
        });
    }

    static Board Apply(Board board, BoardFrame frame)
    {
        var children = board.Children;
        foreach (var changed in frame.Children)
        {
            var known = children.FirstOrDefault(c => c.Area == changed.Area);
            children = known is null ? children.Add(changed) : children.Replace(known, changed);
        }
        return board with
        {
            Cursor = frame.Cursor,
            Day = frame.Day,
            AsOf = frame.AsOf,
            Counts = frame.Counts,
            Children = children,
            // Steps of different areas can arrive out of order.
            Ticker = [.. frame.Ticker.Concat(board.Ticker).OrderByDescending(t => t.At).Take(Board.TickerLength)],
        };
    }
}

sealed class CaseTopic(Guid id, IGrainFactory grains, IPacks packs) : Topic<ICaseObserver>(grains), ICaseObserver
{
    int _version;

    public override async Task Renew()
    {
        var known = Volatile.Read(ref _version);
        if (await Grains.GetGrain<ICaseGrain>(id).Watch(Reference()) is not { } view) return;
        // A step was missed: the actor was another one meanwhile, or a message was lost.
        if (known != 0 && view.Version > known) await Changed(view);
        Volatile.Write(ref _version, Math.Max(view.Version, Volatile.Read(ref _version)));
    }

    public Task Changed(CaseView view)
    {
        Volatile.Write(ref _version, Math.Max(view.Version, Volatile.Read(ref _version)));
        if (packs.Current.PackOf(view.Area) is not { } pack || packs.Current.Area(view.Area) is not { } area) return Task.CompletedTask;
        var json = CaseChangedJson.Of(view, pack);
        lock (Lock)
        {
            foreach (var connection in Connections)
                if (CaseAccess.MaySee(view, connection.Caller.Id, connection.Caller.Reads(area))) connection.Post(json);
        }
        return Task.CompletedTask;
    }

    public override async Task End()
    {
        var reference = Reference();
        await Grains.GetGrain<ICaseGrain>(id).Unwatch(reference);
        Grains.DeleteObjectReference<ICaseObserver>(reference);
    }
}

sealed class InboxTopic(PersonId owner, IGrainFactory grains, IPacks packs) : Topic<IInboxObserver>(grains), IInboxObserver
{
    long _epoch;

    public override async Task Renew()
    {
        var epoch = await Grains.GetGrain<IInboxGrain>(owner.Key).Watch(Reference());
        lock (Lock)
        {
            var isAnother = _epoch != 0 && _epoch != epoch;
            _epoch = epoch;
            if (!isAnother) return;
            // The actor was another one meanwhile, and knew of nobody who looks on.
            foreach (var connection in Connections) connection.PostInboxMissed();
        }
    }

    public Task Changed(ImmutableArray<CaseView> cases)
    {
        if (packs.Current.Pack(owner.Pack) is not { } pack) return Task.CompletedTask;
        lock (Lock)
        {
            foreach (var view in cases)
            {
                var json = InboxChangedJson.Of(view, owner, pack);
                foreach (var connection in Connections) connection.Post(json);
            }
        }
        return Task.CompletedTask;
    }

    public override async Task End()
    {
        var reference = Reference();
        await Grains.GetGrain<IInboxGrain>(owner.Key).Unwatch(reference);
        Grains.DeleteObjectReference<IInboxObserver>(reference);
    }
}
