using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using GridActors.Harness;
using Npgsql;

namespace GridActors.CheckIns;

/// <summary>The phones of a county's workers: signed in before, each with a device of its own.</summary>
sealed class Phones(MeasuredService service, string folder, IReadOnlyList<string> tokens)
{
    const string Script = """
        function init(args)
          phones, at = {}, 0
          for line in io.lines("FOLDER/phones-" .. number .. ".txt") do
            phones[#phones + 1] = { line:match("^(%S+) (%S+)$") }
          end
          math.randomseed(RUN * 100 + number)
        end

        function request()
          at = at + 1
          local device, token = unpack(phones[at % #phones + 1])
          local now, items, random = os.time(), {}, math.random
          for i = 1, ITEMS do
            items[i] = string.format(
              '{"id":"%04x%04x-%04x-4%03x-8%03x-%04x%04x%04x","sequence":%d,"at":"%s","kind":"check-in",' ..
              '"position":{"lon":%.6f,"lat":%.6f,"accuracy":12}}',
              random(0, 65535), random(0, 65535), random(0, 65535), random(0, 4095), random(0, 4095), random(0, 65535),
              random(0, 65535), random(0, 65535), at * ITEMS + i, os.date("!%Y-%m-%dT%H:%M:%SZ", now - i),
              113.5 + random() * 0.001, 28.1 + random() * 0.001)
          end
          local body = string.format('{"device":"%s","sentAt":"%s","items":[%s]}', device, os.date("!%Y-%m-%dT%H:%M:%SZ", now),
            table.concat(items, ","))
          return "POST /api/check-ins HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer " .. token
            .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
        end
        """;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    int _sequence;
    int _runs;

    public int Count => tokens.Count;

    public static async Task<Phones> SignIn(
        MeasuredService service,
        string folder,
        IReadOnlyList<string> accounts,
        CancellationToken cancellationToken
    )
    {
        var tokens = await Task.WhenAll(accounts.Select(a => service.Api.Token(a, service.Password, cancellationToken)));
        return new(service, folder, tokens);
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

    /// <summary>Sends new records as fast as the service answers, and checks that each was stored once.</summary>
    /// <param name="items">How many are in a request.</param>
    public async Task<WrkResult> Rush(int items, int connections, int seconds, CancellationToken cancellationToken)
    {
        for (var thread = 0; thread < Wrk.Threads; thread++)
            await File.WriteAllLinesAsync(
                Path.Combine(folder, $"phones-{thread}.txt"),
                tokens.Select((t, phone) => $"device-{phone} {t}").Where((_, phone) => phone % Wrk.Threads == thread),
                cancellationToken
            );
        var script = Script
            .Replace("FOLDER", folder, StringComparison.Ordinal)
            .Replace("PORT", service.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("RUN", (++_runs).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("ITEMS", items.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var before = await Stored(cancellationToken);
        var sent = await Wrk.Run(service, folder, script, connections, seconds, cancellationToken);
        var stored = await Stored(cancellationToken) - before;
        // The last request of each connection may be stored, and its answer wasn't waited for.
        if (stored < sent.Done * items || stored > (sent.Done + connections) * items)
            throw new BenchException($"{sent.Done:N0} requests of {items} were answered, and {stored:N0} records are stored.");
        return sent;
    }

    async Task<long> Stored(CancellationToken cancellationToken)
    {
        await using var connection = await service.Connect(cancellationToken);
        await using var command = new NpgsqlCommand("select count(*) from field_record", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
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
