using System.Diagnostics;
using System.Threading.Channels;
using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>
/// Group commit of what workers' phones tell: takes whatever was queued while the last commit was under way and writes it as one
/// transaction in one round trip, on a connection of its own. A row that is there already changes nothing, so that a batch can be written
/// again after a broken connection.
/// </summary>
public sealed partial class FieldRecordWriter(NpgsqlDataSource source, WriteHealth health, ILogger<FieldRecordWriter> logger)
    : BackgroundService
{
    const int QueueLength = 4096;
    const int MaxRows = 2000;

    /// <summary>For so long it waits for a database that restarts.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    NpgsqlConnection? _connection;

    /// <summary>Answers when the rows are durable: the records in their order, then the tracks.</summary>
    /// <exception cref="FieldBusyException">The queue is full; nothing was accepted.</exception>
    /// <exception cref="FieldUnavailableException">The database is unavailable, or full.</exception>
    public Task<IReadOnlyList<WrittenRow>> Write(FieldWrite write)
    {
        var pending = new Pending(write);
        if (!_queue.Writer.TryWrite(pending))
            throw new FieldBusyException();
        return pending.Task;
    }

    /// <summary>Writes what was accepted before it stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } work)
            await Task.WhenAny(work, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                for (var rows = 0; rows < MaxRows && _queue.Reader.TryRead(out var pending); rows += pending.Write.Rows())
                    batch.Add(pending);
                await CommitOrFail(batch, stoppingToken);
                batch.Clear();
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
            foreach (var pending in batch)
                pending.Fail(new FieldUnavailableException());
            while (_queue.Reader.TryRead(out var pending))
                pending.Fail(new FieldUnavailableException());
            if (_connection is not null)
                await _connection.DisposeAsync();
        }
    }

    /// <summary>A failure that nothing else handles fails this batch, and not what comes after it.</summary>
    async Task CommitOrFail(List<Pending> batch, CancellationToken cancellationToken)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(Patience.TotalSeconds * Stopwatch.Frequency);
        for (var attempt = 0; ; attempt++)
            try
            {
                await Commit([.. batch.Where(p => !p.Task.IsCompleted)], isRepeated: attempt > 0, cancellationToken);
                return;
            }
            catch (Exception e) when (MayBeRepeated(e) && Stopwatch.GetTimestamp() < deadline)
            {
                // What landed is there, and is known when it is written again.
                LogConnectionLost(e, batch.Count);
                await Drop();
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 50 << Math.Min(attempt, 5))), cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(e, batch.Count);
                foreach (var pending in batch)
                    pending.Fail(new FieldUnavailableException(e));
                await Drop();
                return;
            }
    }

    /// <param name="isRepeated">An earlier attempt may have been committed.</param>
    async Task Commit(IReadOnlyList<Pending> batch, bool isRepeated, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
            return;
        try
        {
            var written = await Store([.. batch.Select(p => p.Write)], isRepeated, cancellationToken);
            foreach (var pending in batch)
                pending.Complete(written);
        }
        catch (PostgresException e) when (!MayBeRepeated(e) && WriteHealth.IsFull(e))
        {
            health.Suspect();
            throw;
        }
        catch (PostgresException e) when (!MayBeRepeated(e) && batch.Count > 1)
        {
            LogSplit(e.SqlState, batch.Count);
            foreach (var pending in batch)
                await Commit([pending], isRepeated, cancellationToken);
        }
        catch (PostgresException e) when (!MayBeRepeated(e))
        {
            await CommitRowByRow(batch[0], isRepeated, e, cancellationToken);
        }
    }

    /// <summary>One row that can't be stored must not fail the others of its request.</summary>
    async Task CommitRowByRow(Pending pending, bool isRepeated, PostgresException refusal, CancellationToken cancellationToken)
    {
        if (pending.Write.Rows() == 1)
        {
            LogRefused(refusal.SqlState);
            pending.CompleteRefused();
            return;
        }
        var written = new FieldStored(isRepeated);
        foreach (var one in pending.Write.OneByOne())
            try
            {
                written.Add(await Store([one], isRepeated, cancellationToken));
            }
            catch (PostgresException e) when (!MayBeRepeated(e))
            {
                LogRefused(e.SqlState);
                written.AddRefused(one);
            }
        pending.Complete(written);
    }

    async Task<FieldStored> Store(IReadOnlyList<FieldWrite> writes, bool isRepeated, CancellationToken cancellationToken)
    {
        var connection = _connection ??= await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        FieldStatements.Add(batch, writes);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var stored = new FieldStored(isRepeated);
        do while (await reader.ReadAsync(cancellationToken))
            stored.Add(reader.GetString(0), reader.GetGuid(1), reader.GetBoolean(2));
        while (await reader.NextResultAsync(cancellationToken));
        return stored;
    }

    async Task Drop()
    {
        if (_connection is not { } broken)
            return;
        _connection = null;
        try
        {
            await broken.DisposeAsync();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            // It is gone in any case.
        }
    }

    /// <summary>Whether the batch can be written again. 40: another transaction won.</summary>
    static bool MayBeRepeated(Exception e) =>
        e is PostgresException p
            ? ConnectionLoss.Is(p) || p.SqlState.StartsWith("40", StringComparison.Ordinal)
            : e is NpgsqlException or IOException or TimeoutException or InvalidOperationException;

    sealed class Pending(FieldWrite write)
    {
        readonly TaskCompletionSource<IReadOnlyList<WrittenRow>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FieldWrite Write => write;
        public Task<IReadOnlyList<WrittenRow>> Task => _done.Task;

        public void Complete(FieldStored stored) => _done.TrySetResult(stored.Of(write));

        public void CompleteRefused() => _done.TrySetResult([new(FieldOutcome.Refused, false)]);

        public void Fail(Exception e) => _done.TrySetException(e);
    }
}
