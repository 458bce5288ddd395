using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>
/// The board of one area. It keeps the board up to date, so that a browser that begins to watch gets it without a call to the actor.
/// </summary>
sealed partial class AreaTopic(AreaId area, IGrainFactory grains, IPacks packs, ILogger logger)
    : Topic<IBoardObserver>(grains, logger),
        IBoardObserver
{
    AreaFrameJson? _board;
    int _gaps;

    public override object Key => area;

    /// <returns>The board as a full frame.</returns>
    public async Task<AreaFrameJson> Snapshot()
    {
        if (Volatile.Read(ref _board) is null)
            await Renew();
        return Volatile.Read(ref _board) ?? throw new InvalidOperationException($"{area} is no area of any pack.");
    }

    public Task Changed(BoardFrame frame)
    {
        if (packs.Current.PackOf(area) is not { } pack)
            return Task.CompletedTask;
        lock (Lock)
        {
            if (_board is not { } board)
                return Task.CompletedTask; // The snapshot that is on its way has it.
            var next = AreaFrameJson.Of(frame, pack);
            var merged = BoardFrames.Merge(board, next);
            if (merged is null)
                CatchUp();
            if (merged is null || ReferenceEquals(merged, board))
                return Task.CompletedTask;
            _board = merged;
            Post(next);
        }
        return Task.CompletedTask;
    }

    protected override async Task Watch(IBoardObserver reference)
    {
        var board = await Grains.GetGrain<IAreaGrain>(area.Key).Watch(reference);
        if (packs.Current.PackOf(area) is not { } pack)
            return;
        lock (Lock)
        {
            var frame = AreaFrameJson.Of(board, pack);
            var isFirst = _board is null;
            if (!isFirst && ReferenceEquals(BoardFrames.Merge(_board!, frame), _board))
                return;
            _board = frame;
            // Those who wait for the first snapshot get it as the answer to their call.
            if (isFirst)
                return;
            Post(frame);
        }
    }

    void Post(AreaFrameJson frame)
    {
        AreaFrameJson? masked = null;
        foreach (var connection in Connections)
            connection.Post(frame.For(connection.Caller, ref masked));
    }

    protected override Task Unwatch(IBoardObserver reference) => Grains.GetGrain<IAreaGrain>(area.Key).Unwatch(reference);

    /// <summary>A frame is missing, or the actor is another activation: takes a new snapshot.</summary>
    void CatchUp()
    {
        // One at a time. When a gap is found while a snapshot is on its way, another one is taken after it, which surely holds what was
        // missed.
        if (Interlocked.Increment(ref _gaps) > 1)
            return;
        _ = Task.Run(async () =>
        {
            for (var seen = 1; ; seen = Volatile.Read(ref _gaps))
            {
                try
                {
                    await Renew();
                }
                catch (Exception e)
                {
                    LogNotCaughtUp(Logger, e);
                }
                if (Interlocked.CompareExchange(ref _gaps, 0, seen) == seen)
                    return;
            }
        });
    }
}
