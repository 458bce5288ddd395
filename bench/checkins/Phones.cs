using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using GridActors.Harness;

namespace GridActors.CheckIns;

/// <summary>The phones of a county's workers: signed in before, each with a device of its own.</summary>
sealed class Phones(MeasuredService service, IReadOnlyList<string> tokens)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    int _sequence;

    public int Count => tokens.Count;

    public static async Task<Phones> SignIn(MeasuredService service, IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        var tokens = await Task.WhenAll(accounts.Select(a => service.Api.Token(a, service.Password, cancellationToken)));
        return new(service, tokens);
    }

    /// <summary>A request with new records, which the service hasn't seen.</summary>
    public byte[] Request(int phone, string kind, int items)
    {
        var now = DateTimeOffset.UtcNow;
        var body = new
        {
            device = string.Create(CultureInfo.InvariantCulture, $"device-{phone % tokens.Count}"),
            sentAt = now,
            items = Enumerable
                .Range(0, items)
                .Select(i => new
                {
                    id = Guid.NewGuid(),
                    sequence = Interlocked.Increment(ref _sequence),
                    at = now.AddSeconds(-i),
                    kind,
                    position = new
                    {
                        lon = 113.5 + Random.Shared.NextDouble() * 0.001,
                        lat = 28.1 + Random.Shared.NextDouble() * 0.001,
                        accuracy = 12,
                    },
                }),
        };
        return service.Api.Request("POST", "/api/check-ins", tokens[phone % tokens.Count], body: JsonSerializer.Serialize(body, Json));
    }

    /// <summary>Sends as fast as the service answers.</summary>
    /// <returns>Records a second, and how many requests failed.</returns>
    public async Task<(double PerSecond, Histogram Times, int Errors)> Rush(
        int items,
        int connections,
        TimeSpan length,
        CancellationToken cancellationToken
    )
    {
        var (times, done, errors, next) = (new Histogram(), 0, 0, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async _ =>
                {
                    while (watch.Elapsed < length)
                    {
                        var request = Request(Interlocked.Increment(ref next), "check-in", items);
                        var began = Stopwatch.GetTimestamp();
                        if (await Send(request, cancellationToken))
                            Interlocked.Increment(ref done);
                        else
                            Interlocked.Increment(ref errors);
                        times.Add(Stopwatch.GetElapsedTime(began));
                    }
                })
        );
        return (done * items / watch.Elapsed.TotalSeconds, times, errors);
    }

    public async Task<bool> Send(byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            return (await service.Api.Send(request, _ => 0, cancellationToken)).Status == 200;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false;
        }
    }
}
