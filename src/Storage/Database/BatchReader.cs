using System.Threading.Channels;
using GridActors.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>
/// Reads what actors need while they are being activated. A thousand activations at the same time make a few queries, not a thousand.
/// </summary>
/// <param name="readers">How many queries run at the same time. Fewer make longer batches.</param>
public abstract class BatchReader<TRequest, TAnswer>(int readers = 2) : BackgroundService
{
    const int MaxBatchLength = 256;

    readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(); // Its length is limited by the calls that wait for an answer.

    /// <exception cref="JournalUnavailableException">The database is unavailable, or the process stops.</exception>
    public Task<TAnswer> Read(TRequest request)
    {
        var pending = new Pending(request, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _queue.Writer.TryWrite(pending) ? pending.Answer.Task : throw new JournalUnavailableException(false);
    }

    /// <returns>An answer for each request, in their order.</returns>
    protected abstract Task<IReadOnlyList<TAnswer>> Query(IReadOnlyList<TRequest> requests, CancellationToken cancellationToken);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, readers).Select(_ => Work(stoppingToken)));

    async Task Work(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>(MaxBatchLength);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < MaxBatchLength && _queue.Reader.TryRead(out var pending))
                    batch.Add(pending);
                if (batch.Count == 0)
                    continue; // Another reader took the requests.
                await Answer(batch, stoppingToken);
                batch.Clear();
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var pending))
                pending.Answer.TrySetException(new JournalUnavailableException(false));
        }
    }

    async Task Answer(List<Pending> batch, CancellationToken cancellationToken)
    {
        try
        {
            TRequest[] requests = [.. batch.Select(p => p.Request)];
            var answers = await Reads.Repeat(token => Query(requests, token), cancellationToken);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.TrySetResult(answers[i]);
        }
        catch (Exception e)
        {
            var isAway = e is NpgsqlException or IOException or TimeoutException or OperationCanceledException;
            var failure = isAway ? new JournalUnavailableException(false, e) : e;
            foreach (var pending in batch)
                pending.Answer.TrySetException(failure);
        }
    }

    readonly record struct Pending(TRequest Request, TaskCompletionSource<TAnswer> Answer);
}
