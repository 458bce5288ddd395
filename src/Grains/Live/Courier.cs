using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace GridActors.Grains.Live;

/// <summary>
/// Carries notes to actors, off the turn of the one who sends: one call at a time to each receiver, in order; what comes meanwhile goes with the
/// next call. Bounded: over the limit notes are dropped, and <paramref name="failed"/> hears of it.
/// </summary>
/// <param name="attempts">How often a call is tried before its notes are dropped.</param>
sealed class Courier<TTo, TNote>(Func<TTo, ImmutableArray<TNote>, Task> deliver, int most, int attempts, Action<Exception?, int> failed) where TTo : notnull
{
    readonly ConcurrentDictionary<TTo, Bag> _bags = new();
    int _waiting;

    public void Send(TTo to, TNote note)
    {
        if (Interlocked.Increment(ref _waiting) > most)
        {
            Interlocked.Decrement(ref _waiting);
            failed(null, 1);
            return;
        }
        while (true)
        {
            var bag = _bags.GetOrAdd(to, static (key, courier) => new(courier, key), this);
            lock (bag)
            {
                if (bag.IsClosed) continue; // Just emptied for good; the next one is new.
                bag.Notes.Add(note);
                if (bag.IsUnderWay) return;
                bag.IsUnderWay = true;
            }
            ThreadPool.UnsafeQueueUserWorkItem(bag, preferLocal: false);
            return;
        }
    }

    async Task Carry(TTo to, Bag bag)
    {
        while (true)
        {
            ImmutableArray<TNote> notes;
            lock (bag)
            {
                if (bag.Notes.Count == 0)
                {
                    bag.IsClosed = true;
                    _bags.TryRemove(new(to, bag));
                    return;
                }
                notes = [.. bag.Notes];
                bag.Notes.Clear();
            }
            await Deliver(to, notes);
            Interlocked.Add(ref _waiting, -notes.Length);
        }
    }

    async Task Deliver(TTo to, ImmutableArray<TNote> notes)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await deliver(to, notes);
                return;
            }
            catch (Exception e)
            {
                if (attempt < attempts)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100 << Math.Min(attempt, 5)));
                    continue;
                }
                failed(e, notes.Length);
                return;
            }
        }
    }

    sealed class Bag(Courier<TTo, TNote> courier, TTo to) : IThreadPoolWorkItem
    {
        public List<TNote> Notes { get; } = [];
        public bool IsUnderWay { get; set; }
        public bool IsClosed { get; set; }

        public void Execute() => _ = courier.Carry(to, this);
    }
}
