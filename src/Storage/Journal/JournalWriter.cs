using System.Diagnostics;
using System.Threading.Channels;
using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridActors.Storage.Journal;

/// <summary>
/// Group commit: takes whatever was queued while the last commit was under way and writes it as one transaction in one round trip, read
/// tables included. One connection: a second one, or lingering for more entries, made it slower (docs/benchmarks.md).
/// </summary>
public sealed partial class JournalWriter(
    NpgsqlDataSource source,
    IEnumerable<IReadTable> tables,
    IOptions<JournalOptions> options,
    WriteHealth health,
    JournalInstruments instruments,
    ILogger<JournalWriter> logger
) : BackgroundService
{
    const string Insert = """
        insert into journal (stream, sequence, kind, at, by, area, operation, data, status)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    readonly IReadTable[] _tables = [.. tables];
    readonly JournalOptions _options = options.Value;
    readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true }
    );
    NpgsqlConnection? _connection;

    /// <summary>Answers when the entry and its read-table rows are durable.</summary>
    /// <exception cref="JournalBusyException">The queue is full; nothing was accepted.</exception>
    /// <exception cref="JournalUnavailableException">The database is unavailable, or the connection broke during the commit.</exception>
    public Task<AppendResult> Append(JournalEntry entry)
    {
        var pending = new Pending(entry);
        if (!_queue.Writer.TryWrite(pending))
        {
            instruments.Refused();
            throw new JournalBusyException();
        }
        return pending.Task;
    }

    /// <summary>Writes the accepted entries before it stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } work)
            await Task.WhenAny(work, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>(_options.BatchLength);
        var held = new List<Pending>(); // A batch holds one entry of a stream; further ones wait for the next batch.
        var streams = new HashSet<string>();
        try
        {
            while (held.Count > 0 || await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                Take(batch, held, streams);
                await CommitOrFail(batch, stoppingToken);
                batch.Clear();
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
            foreach (var pending in batch)
                pending.Fail(new JournalUnavailableException(true));
            foreach (var pending in held)
                pending.Fail(new JournalUnavailableException(false));
            while (_queue.Reader.TryRead(out var pending))
                pending.Fail(new JournalUnavailableException(false));
            if (_connection is not null)
                await _connection.DisposeAsync();
        }
    }

    void Take(List<Pending> batch, List<Pending> held, HashSet<string> streams)
    {
        streams.Clear();
        var earlier = held.ToArray();
        held.Clear();
        foreach (var pending in earlier)
            (streams.Add(pending.Entry.Stream) ? batch : held).Add(pending);
        while (batch.Count < _options.BatchLength && _queue.Reader.TryRead(out var pending))
            (streams.Add(pending.Entry.Stream) ? batch : held).Add(pending);
    }

    /// <summary>A failure that nothing else handles fails this batch, and not the entries after it.</summary>
    async Task CommitOrFail(List<Pending> batch, CancellationToken cancellationToken)
    {
        try
        {
            await Commit(batch, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            foreach (var pending in batch)
                pending.Fail(new JournalUnavailableException(true, e));
            LogFailed(e, batch.Count);
            // The connection isn't closed in order, because closing it may be what failed.
            _connection = null;
        }
    }

    async Task Commit(List<Pending> batch, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await Write(batch, cancellationToken);
            foreach (var pending in batch)
                pending.Complete(AppendResult.Appended);
            instruments.Committed(batch.Count, Stopwatch.GetElapsedTime(started));
        }
        catch (PostgresException e) when (!ConnectionLoss.Is(e) && batch.Count == 1)
        {
            await Settle(batch[0], e, cancellationToken);
        }
        catch (PostgresException e) when (!ConnectionLoss.Is(e))
        {
            // If one entry conflicts or can't be stored, only that entry must fail, so each is written alone.
            LogSplit(e.SqlState, batch.Count);
            foreach (var pending in batch)
                await Commit([pending], cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            LogConnectionLost(e, batch.Count);
            await Drop();
            await Recover(batch, e, cancellationToken);
        }
        catch (Exception e)
        {
            // Whatever failed, the batch may be durable, so the actors must read their state again.
            foreach (var pending in batch)
                pending.Fail(new JournalUnavailableException(true, e));
            if (e is OperationCanceledException)
                throw;
            LogFailed(e, batch.Count);
            await Drop();
        }
    }

    async Task Write(List<Pending> pending, CancellationToken cancellationToken)
    {
        var connection = _connection ??= await source.OpenConnectionAsync(cancellationToken);
        var entries = pending.ConvertAll(p => p.Entry);
        var rows = new List<(JournalEntry Entry, int Sequence, JournalEvent Event)>(entries.Count + 8);
        foreach (var entry in entries)
            for (var i = 0; i < entry.Events.Count; i++)
                rows.Add((entry, entry.After + 1 + i, entry.Events[i]));

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            new(Insert)
            {
                Parameters =
                {
                    Parameters.Texts(rows, r => r.Entry.Stream),
                    Parameters.Integers(rows, r => r.Sequence),
                    Parameters.Texts(rows, r => r.Event.Kind),
                    Parameters.Times(rows, r => r.Entry.At),
                    Parameters.Texts(rows, r => r.Entry.By),
                    Parameters.Texts(rows, r => r.Entry.Area),
                    Parameters.Uuids(rows, r => r.Entry.Operation),
                    Parameters.Jsons(rows, r => r.Event.Data),
                    Parameters.Smallints(rows, r => r.Event.Status),
                },
            }
        );
        foreach (var table in _tables)
            table.Write(batch, entries);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Settles an entry that the database refused. When its sequence is taken, this same operation may have taken it, before a connection
    /// broke.
    /// </summary>
    async Task Settle(Pending pending, PostgresException refusal, CancellationToken cancellationToken)
    {
        if (refusal.SqlState != PostgresErrorCodes.UniqueViolation)
        {
            LogFailed(refusal, 1);
            if (WriteHealth.IsFull(refusal))
                health.Suspect();
            pending.Fail(WriteHealth.IsFull(refusal) ? new JournalUnavailableException(false, refusal) : refusal);
            return;
        }
        try
        {
            var landed = await Landed(pending.Entry, cancellationToken);
            pending.Complete(landed ? AppendResult.Appended : AppendResult.Conflict);
            if (!landed)
                instruments.Conflicted();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            await Drop();
            pending.Fail(new JournalUnavailableException(true, e));
        }
    }

    /// <summary>
    /// Settles a batch after its connection broke, when part of it may be durable. As soon as the database answers, it looks up which
    /// entries are durable and writes the others.
    /// </summary>
    async Task Recover(List<Pending> batch, Exception cause, CancellationToken cancellationToken)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(_options.Patience.TotalSeconds * Stopwatch.Frequency);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var missing = new List<Pending>();
                foreach (var pending in batch)
                {
                    if (pending.Task.IsCompleted)
                        continue;
                    if (await Landed(pending.Entry, cancellationToken))
                        pending.Complete(AppendResult.Appended);
                    else
                        missing.Add(pending);
                }
                LogRecovered(batch.Count - missing.Count, missing.Count);
                foreach (var pending in missing)
                    await CommitAgain(pending, cancellationToken);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                await Drop();
                if (Stopwatch.GetTimestamp() > deadline)
                {
                    foreach (var pending in batch)
                        pending.Fail(new JournalUnavailableException(true, cause));
                    return;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 50 << Math.Min(attempt, 5))), cancellationToken);
            }
        }
    }

    async Task CommitAgain(Pending pending, CancellationToken cancellationToken)
    {
        try
        {
            await Write([pending], cancellationToken);
            pending.Complete(AppendResult.Appended);
        }
        catch (PostgresException e) when (!ConnectionLoss.Is(e))
        {
            await Settle(pending, e, cancellationToken);
        }
    }

    /// <summary>
    /// Whether this entry is durable. A repeat of the same operation doesn't count: it is another entry, with another time.
    /// </summary>
    async Task<bool> Landed(JournalEntry entry, CancellationToken cancellationToken)
    {
        var connection = _connection ??= await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "select exists (select from journal where stream = $1 and sequence = $2 and operation = $3 and at = $4)",
            connection
        );
        command.Bind(Parameters.Of(entry.Stream), Parameters.Of(entry.After + 1), Parameters.Of(entry.Operation), Parameters.Of(entry.At));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    async Task Drop()
    {
        if (_connection is null)
            return;
        var broken = _connection;
        _connection = null;
        await broken.DisposeAsync();
    }

    sealed class Pending(JournalEntry entry)
    {
        readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public JournalEntry Entry => entry;
        public Task<AppendResult> Task => _done.Task;

        public void Complete(AppendResult result) => _done.TrySetResult(result);

        public void Fail(Exception e) => _done.TrySetException(e);
    }
}
