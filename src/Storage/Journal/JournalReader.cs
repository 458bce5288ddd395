using System.Threading.Channels;
using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GridActors.Storage.Journal;

/// <summary>
/// Reads the streams of actors that are being activated. A thousand activations at the same time make a few queries, not a thousand.
/// </summary>
public sealed class JournalReader(NpgsqlDataSource source) : BackgroundService
{
    const int Readers = 2;
    const int BatchLength = 256;

    readonly Channel<Request> _queue = Channel.CreateUnbounded<Request>(); // Its length is limited by the calls that wait for an answer.

    /// <returns>The stream's events in order; empty when there is none.</returns>
    public Task<IReadOnlyList<StoredEvent>> Read(string stream)
    {
        var request = new Request(stream, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _queue.Writer.TryWrite(request) ? request.Answer.Task : throw new JournalUnavailableException(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Work(stoppingToken)));

    async Task Work(CancellationToken stoppingToken)
    {
        var batch = new List<Request>(BatchLength);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < BatchLength && _queue.Reader.TryRead(out var request))
                    batch.Add(request);
                if (batch.Count == 0)
                    continue; // The other reader took the requests.
                await Answer(batch, stoppingToken);
                batch.Clear();
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var request))
                request.Answer.TrySetException(new JournalUnavailableException(false));
        }
    }

    async Task Answer(List<Request> batch, CancellationToken cancellationToken)
    {
        try
        {
            var streams = batch.ToLookup(r => r.Stream);
            var found = await Query([.. streams.Select(s => s.Key)], cancellationToken);
            foreach (var request in batch)
                request.Answer.TrySetResult(found.TryGetValue(request.Stream, out var events) ? events : []);
        }
        catch (Exception e)
        {
            var isAway = e is NpgsqlException or IOException or TimeoutException or OperationCanceledException;
            var failure = isAway ? new JournalUnavailableException(false, e) : e;
            foreach (var request in batch)
                request.Answer.TrySetException(failure);
        }
    }

    async Task<Dictionary<string, List<StoredEvent>>> Query(string[] streams, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select stream, sequence, kind, at, by, operation, data from journal where stream = any($1) order by stream, sequence"
        );
        command.Parameters.Add(Parameters.Texts(streams, s => s));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<string, List<StoredEvent>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var stream = reader.GetString(0);
            if (!found.TryGetValue(stream, out var events))
                found[stream] = events = [];
            events.Add(
                new(
                    reader.GetInt32(1),
                    reader.GetString(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetString(4),
                    reader.GetGuid(5),
                    reader.GetString(6)
                )
            );
        }
        return found;
    }

    readonly record struct Request(string Stream, TaskCompletionSource<IReadOnlyList<StoredEvent>> Answer);
}
