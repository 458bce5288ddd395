using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Storage.Packs;

namespace GridActors.Web.Live;

/// <summary>Something that browsers of this process watch: however many they are, one observer stands for them.</summary>
abstract class Topic
{
    protected Lock Lock { get; } = new();
    protected HashSet<LiveConnection> Connections { get; } = [];

    /// <summary>Set when the last browser left: the topic is over, and who comes next begins a new one.</summary>
    public bool IsOver { get; private set; }

    /// <returns>False when the topic is over.</returns>
    public bool Add(LiveConnection connection)
    {
        lock (Lock)
        {
            if (IsOver) return false;
            Connections.Add(connection);
            return true;
        }
    }

    /// <returns>True when nobody watches any more.</returns>
    public bool Remove(LiveConnection connection)
    {
        lock (Lock)
        {
            Connections.Remove(connection);
            if (Connections.Count > 0 || IsOver) return false;
            IsOver = true;
            return true;
        }
    }

    /// <summary>Begins to watch, or goes on watching.</summary>
    public abstract Task Renew();
    public abstract Task End();
}

sealed class AreaTopic(AreaId area, IGrainFactory grains, IPacks packs) : Topic, IBoardObserver
{
    IBoardObserver? _reference;
    Board? _board;
    int _isCatchingUp;

    public override async Task Renew()
    {
        var reference = _reference ??= grains.CreateObjectReference<IBoardObserver>(this);
        var board = await grains.GetGrain<IAreaGrain>(area.Key).Watch(reference);
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
        if (_reference is not { } reference) return;
        await grains.GetGrain<IAreaGrain>(area.Key).Unwatch(reference);
        grains.DeleteObjectReference<IBoardObserver>(reference);
    }

    /// <summary>A frame is missing, or the actor is a new one: take a new snapshot.</summary>
    void CatchUp()
    {
        if (Interlocked.Exchange(ref _isCatchingUp, 1) == 1) return;
        _ = Task.Run(async () =>
        {
            try
            {
                await Renew();
            }
            catch (Exception)
            {
                // The next renewal tries again.
            }
            finally
            {
                Volatile.Write(ref _isCatchingUp, 0);
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
            Ticker = [.. frame.Ticker.Concat(board.Ticker).Take(Board.TickerLength)],
        };
    }
}

sealed class CaseTopic(Guid id, IGrainFactory grains, IPacks packs) : Topic, ICaseObserver
{
    ICaseObserver? _reference;

    public override Task Renew() => grains.GetGrain<ICaseGrain>(id.ToString("N")).Watch(_reference ??= grains.CreateObjectReference<ICaseObserver>(this));

    public Task Changed(CaseView view)
    {
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
        if (_reference is not { } reference) return;
        await grains.GetGrain<ICaseGrain>(id.ToString("N")).Unwatch(reference);
        grains.DeleteObjectReference<ICaseObserver>(reference);
    }
}

sealed class InboxTopic(PersonId owner, IGrainFactory grains, IPacks packs) : Topic, IInboxObserver
{
    IInboxObserver? _reference;

    public override Task Renew() => grains.GetGrain<IInboxGrain>(owner.Key).Watch(_reference ??= grains.CreateObjectReference<IInboxObserver>(this));

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
        if (_reference is not { } reference) return;
        await grains.GetGrain<IInboxGrain>(owner.Key).Unwatch(reference);
        grains.DeleteObjectReference<IInboxObserver>(reference);
    }
}
