using System.Collections.Immutable;
using System.Threading.Channels;

namespace GridActors.Grains.Live;

/// <summary>
/// Items for one receiver. They are collected for a moment and delivered as one batch, one batch at a time and in order. Nothing is
/// delivered twice: items that can't be delivered, or for which the queue is full, are dropped.
/// </summary>
/// <param name="onDropped">Is called with the failure, if there was one, and with the number of items that are lost.</param>
sealed class NotificationQueue<TItem>(Func<ImmutableArray<TItem>, Task> deliver, Action<Exception?, int> onDropped, TimeProvider clock)
{
    const int MaxQueued = 10_000;
    const int MaxBatch = 1_000;

    /// <summary>
    /// Short enough that nobody notices, and long enough that a busy queue makes some twenty calls a second instead of thousands.
    /// </summary>
    static readonly TimeSpan CollectFor = TimeSpan.FromMilliseconds(50);

    readonly Channel<TItem> _items = Channel.CreateBounded<TItem>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    public void Enqueue(TItem item)
    {
        if (!_items.Writer.TryWrite(item))
            onDropped(null, 1);
    }

    /// <summary>Delivers what is enqueued until it is cancelled.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        while (await _items.Reader.WaitToReadAsync(cancellationToken))
        {
            await Task.Delay(CollectFor, clock, cancellationToken);
            var items = ImmutableArray.CreateBuilder<TItem>();
            while (items.Count < MaxBatch && _items.Reader.TryRead(out var item))
                items.Add(item);
            var batch = items.DrainToImmutable();
            try
            {
                await deliver(batch);
            }
            catch (Exception e)
            {
                onDropped(e, batch.Length);
            }
        }
    }
}
