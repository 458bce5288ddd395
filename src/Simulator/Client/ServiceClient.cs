using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GridActors.Simulator.Client;

readonly record struct Call(string Kind, HttpMethod Method, string Path, string? Token = null, string? Key = null, byte[]? Body = null);

/// <summary>
/// One connection pool to one service. At most <c>concurrency</c> requests are under way at once; a call that waits for a busy service
/// gives its place to another meanwhile.
/// </summary>
sealed class ServiceClient : IDisposable
{
    static readonly MediaTypeHeaderValue JsonType = new("application/json");

    readonly HttpClient _http;
    readonly SemaphoreSlim _places;
    readonly RetryRules _retries;
    readonly TimeProvider _clock;

    public ServiceClient(Uri url, int concurrency, RetryRules? retries = null, TimeProvider? clock = null)
    {
        _retries = retries ?? new RetryRules();
        _clock = clock ?? TimeProvider.System;
        _places = new SemaphoreSlim(concurrency);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = concurrency,
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                // Cookies are off: the bearer token of each call says who calls, and one client plays hundreds of people.
                UseCookies = false,
                UseProxy = false,
                AllowAutoRedirect = false,
                ActivityHeadersPropagator = null,
            }
        )
        {
            BaseAddress = url,
            Timeout = _retries.Attempt,
        };
    }

    public CallTimings Timings { get; } = new();

    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    public static byte[] Json<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    /// <summary>Repeats the call, with its key, until it is answered or the budget is spent (<see cref="ServiceAwayException"/>).</summary>
    public async Task<Answer<T>> Send<T>(Call call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var timing = Timings.Of(call.Kind);
        var began = _clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var (answer, outage) = await TryOnce(call, type, cancellationToken);
            if (outage is null)
            {
                timing.Add(_clock.GetElapsedTime(began), answer.Problem is not null);
                return answer;
            }
            var pause = _retries.Pause(attempt, outage.RetryAfter, Random.Shared.NextDouble());
            if (_clock.GetElapsedTime(began) + pause > _retries.Budget)
            {
                timing.Add(_clock.GetElapsedTime(began), refused: true);
                throw new ServiceAwayException(
                    $"{call.Kind}: no answer within {_retries.Budget.TotalSeconds:0} s ({outage.What})",
                    outage.Cause
                );
            }
            timing.Repeated();
            await Task.Delay(pause, _clock, cancellationToken);
        }
    }

    async Task<(Answer<T> Answer, Outage? Outage)> TryOnce<T>(Call call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            using var request = Request(call);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
                return (
                    default,
                    new Outage($"{(int)response.StatusCode}", RetryRules.RetryAfter(response.Headers.RetryAfter, _clock.GetUtcNow()))
                );
            if (response.StatusCode is HttpStatusCode.TooManyRequests && RetryDelay(response) is { } delay)
                return (default, new Outage("429", delay));
            if (response.StatusCode is HttpStatusCode.NoContent)
                return (default, null);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                return (new Answer<T>(null, await ReadProblem(response, body, cancellationToken)), null);
            var value =
                await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new RefusedException($"{call.Kind}: {call.Path} answered null");
            return (new Answer<T>(value, null), null);
        }
        catch (JsonException)
        {
            throw new RefusedException($"{call.Kind}: what answers at {_http.BaseAddress} is no GridActors service");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (default, new Outage(e.Message, Cause: e));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, new Outage("timed out", Cause: e));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>How long a 429 asks to wait. Null when it is so long (a locked account) that the answer counts as a refusal.</summary>
    TimeSpan? RetryDelay(HttpResponseMessage response)
    {
        var after = RetryRules.RetryAfter(response.Headers.RetryAfter, _clock.GetUtcNow()) ?? _retries.MaxPause;
        return after <= _retries.MaxSlowdown ? after : null;
    }

    static HttpRequestMessage Request(Call call)
    {
        var request = new HttpRequestMessage(call.Method, call.Path);
        if (call.Token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + call.Token);
        if (call.Key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", call.Key);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body);
            request.Content.Headers.ContentType = JsonType;
        }
        return request;
    }

    static async Task<Problem> ReadProblem(HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true)
        {
            try
            {
                if (await JsonSerializer.DeserializeAsync(body, WireJson.Default.Problem, cancellationToken) is { } problem)
                    return problem with { HttpStatus = status };
            }
            catch (JsonException)
            {
                // The body isn't a problem of the service, or was cut short. The status is enough.
            }
        }
        return new Problem(null, response.ReasonPhrase, null) { HttpStatus = status };
    }

    sealed record Outage(string What, TimeSpan? RetryAfter = null, Exception? Cause = null);
}
