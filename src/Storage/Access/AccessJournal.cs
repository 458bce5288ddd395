using System.Collections.Concurrent;
using System.Threading.Channels;
using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Access;

/// <summary>
/// Records who did what. A change records itself in its own transaction (<see cref="Insert"/>). A read must not wait for that: it queues
/// its entry (<see cref="Record"/>), and the queue is written in batches.
/// </summary>
public sealed partial class AccessJournal(NpgsqlDataSource source, TimeProvider clock, ILogger<AccessJournal> logger) : BackgroundService
{
    const int MaxQueued = 8192;
    const int MaxBatch = 256;
    const int MaxRecent = 50_000;
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LastWriteWithin = TimeSpan.FromSeconds(5);

    readonly Channel<AccessEntry> _queue = Channel.CreateBounded<AccessEntry>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    readonly ConcurrentDictionary<AccessEntry, long> _recent = new();
    readonly List<AccessEntry> _batch = [];
    int _dropped;

    /// <summary>
    /// Queues an entry. When the database has been unavailable for so long that the queue is full, the entry is dropped, and the journal
    /// says later how many were.
    /// </summary>
    public void Record(AccessEntry entry)
    {
        if (!_queue.Writer.TryWrite(entry with { At = clock.GetUtcNow() }))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>
    /// Queues an entry unless the same one, but for its time, was queued within the hour. Lists are read again with every change, and
    /// would fill the journal.
    /// </summary>
    public void RecordOnceAnHour(AccessEntry entry)
    {
        if (_recent.TryGetValue(entry, out var last) && clock.GetElapsedTime(last) < TimeSpan.FromHours(1))
            return;
        if (_recent.Count >= MaxRecent)
            _recent.Clear();
        _recent[entry] = clock.GetTimestamp();
        Record(entry);
    }

    /// <summary>
    /// The command that adds an entry in the transaction of a change. It comes last, because transactions add entries one after the other.
    /// </summary>
    public NpgsqlBatchCommand Insert(AccessEntry entry) => InsertAll([entry]);

    /// <inheritdoc cref="Insert(AccessEntry)"/>
    public NpgsqlBatchCommand InsertAll(IEnumerable<AccessEntry> entries)
    {
        var now = clock.GetUtcNow();
        return Command([.. entries.Select(e => e with { At = now })]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            while (!await Write(stoppingToken))
                await Task.Delay(RetryAfter, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(LastWriteWithin);
            while ((_batch.Count > 0 || _queue.Reader.Count > 0) && await Write(patience.Token)) { }
            if (_batch.Count + _queue.Reader.Count is > 0 and var left)
                LogDropped(left);
        }
    }

    /// <returns>False when the entries couldn't be written; they are kept for the next attempt.</returns>
    async Task<bool> Write(CancellationToken cancellationToken)
    {
        while (_batch.Count < MaxBatch && _queue.Reader.TryRead(out var entry))
            _batch.Add(entry);
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0)
        {
            LogDropped(dropped);
            _batch.Add(new(AccessKind.Dropped, null, "", Subject: $"{dropped}") { At = clock.GetUtcNow() });
        }
        try
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(Command(_batch));
            await batch.ExecuteNonQueryAsync(cancellationToken);
            _batch.Clear();
            return true;
        }
        catch (Exception e)
        {
            // Some of them may have been written: they then stand there twice, which is better than not at all.
            if (e is not OperationCanceledException)
                LogNotWritten(e);
            return false;
        }
    }

    static NpgsqlBatchCommand Command(IReadOnlyList<AccessEntry> entries) =>
        new(
            """
            insert into access_entry (at, kind, pack, person, subject, address, outcome)
            select at, kind, pack, person, subject, address, outcome
            from unnest($1, $2, $3, $4, $5, $6, $7) with ordinality as t (at, kind, pack, person, subject, address, outcome, place)
            order by place
            """
        )
        {
            Parameters =
            {
                Parameters.Times(entries, e => e.At),
                Parameters.Texts(entries, e => e.Kind),
                Parameters.Texts(entries, e => e.Pack),
                Parameters.Texts(entries, e => e.Person?.Key),
                Parameters.Texts(entries, e => e.Subject),
                Parameters.Texts(entries, e => e.Address),
                Parameters.Texts(entries, e => e.Outcome),
            },
        };
}
