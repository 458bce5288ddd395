using System.Collections.Concurrent;
using GridActors.Domain.Packs;
using GridActors.Storage.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Simulator.Tests;

/// <summary>The real service, with a filter in front of it that fails calls on demand and counts them.</summary>
public sealed class ObstructedService : IAsyncLifetime, IStartupFilter
{
    TestService _service = null!;
    int _requests;
    int _underWay;
    int _written;
    int _signIns;

    public Uri Url => _service.Url;
    public Pack Pack { get; private set; } = null!;
    public string Account => $"{Pack.Id}/dispatcher-1";
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many sign-ins succeeded.</summary>
    public int SignIns => Volatile.Read(ref _signIns);

    /// <summary>Every write that the service got, including repeats: its caller and its key.</summary>
    public ConcurrentQueue<string> Writes { get; } = new();

    /// <summary>Answers of the service other than success.</summary>
    public ConcurrentQueue<(string Path, int Status)> Refusals { get; } = new();

    /// <summary>Gets a request and its number. If it returns an answer, that is sent, and the service doesn't get the request.</summary>
    public Func<HttpRequest, int, Task<IResult?>> Before { get; set; } = static (_, _) => Task.FromResult<IResult?>(null);

    /// <summary>Gets a served request and its number. If it returns an answer, that is sent instead of the service's.</summary>
    public Func<HttpRequest, int, IResult?> After { get; set; } = static (_, _) => null;

    /// <summary>Is called with the number of successful writes, before the last of them is answered.</summary>
    public Action<int> Written { get; set; } = static _ => { };

    public async Task InitializeAsync() =>
        _service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<IStartupFilter>(this);
            // Every test has the same people in a pack of its own. So a first sign-in by person id alone is ambiguous, and counts as a
            // failure.
            b.Services.AddSingleton(new AccountOptions { DemoPassword = TestService.Password, FailuresAllowedPerAddress = 100_000 });
        });

    public async Task DisposeAsync() => await _service.DisposeAsync();

    /// <summary>Begins a test with a new pack, with some or all of the categories, and without failures.</summary>
    public async Task Begin(params string[] categories)
    {
        ClearTheWay();
        // The calls that the test before cut off would be counted for this one.
        await Eventually.Is(() => Task.FromResult(Volatile.Read(ref _underWay) == 0));
        Writes.Clear();
        Refusals.Clear();
        (_requests, _written, _signIns) = (0, 0, 0);
        Pack = await _service.Load(
            TestPacks.Fresh() with
            {
                Demo = ["dispatcher-1"],
                Categories = [.. TestPacks.Qinghe.Categories.Where(c => categories.Length == 0 || categories.Contains(c.Code))],
            }
        );
    }

    /// <summary>Ends all failures.</summary>
    public void ClearTheWay()
    {
        Before = static (_, _) => Task.FromResult<IResult?>(null);
        After = static (_, _) => null;
        Written = static _ => { };
    }

    public Task<Harness.Client> As(string person) => _service.As(person, Pack.Id);

    /// <summary>All cases of the pack.</summary>
    public async Task<IReadOnlyList<CaseSummary>> Cases()
    {
        var (reader, cases) = (await As("dispatcher-1"), new List<CaseSummary>());
        for (string? cursor = ""; cursor is not null; )
        {
            var page = (await reader.Get($"/api/cases?limit=200{cursor}")).Expect(200).As<Page<CaseSummary>>();
            cases.AddRange(page.Items);
            cursor = page.Next is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }
        return cases;
    }

    /// <summary>The steps of a case in order, without the report.</summary>
    public async Task<IReadOnlyList<string>> Steps(CaseSummary of) =>
        [.. (await (await As("dispatcher-1")).History(of.Id)).Skip(1).Select(h => h.Step)];

    /// <summary>503 with a <c>Retry-After</c>.</summary>
    public static IResult Busy(int seconds) => new RetryLater(503, "busy", seconds);

    /// <summary>429 with a <c>Retry-After</c>.</summary>
    public static IResult SlowDown(int seconds) => new RetryLater(429, "locked", seconds);

    public static IResult Problem(int status, string code) =>
        Results.Json(
            new
            {
                status,
                code,
                title = code,
            },
            contentType: "application/problem+json",
            statusCode: status
        );

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (HttpContext context, RequestDelegate pass) =>
                {
                    Interlocked.Increment(ref _underWay);
                    try
                    {
                        await Pass(context, pass);
                    }
                    finally
                    {
                        Interlocked.Decrement(ref _underWay);
                    }
                }
            );
            next(app);
        };

    async Task Pass(HttpContext context, RequestDelegate next)
    {
        var (request, number) = (context.Request, Interlocked.Increment(ref _requests));
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 0)
            Writes.Enqueue($"{request.Headers.Authorization} {key}");
        if (await Before(request, number) is { } instead)
        {
            await instead.ExecuteAsync(context);
            return;
        }

        // The answer is kept until it is decided whether it is lost.
        using var answer = new MemoryStream();
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var held = new StreamResponseBodyFeature(answer);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        await next(context);
        await held.CompleteAsync();
        context.Features.Set(body);
        Count(context, key);
        if (After(request, number) is { } lost)
        {
            context.Response.Clear();
            await lost.ExecuteAsync(context);
            return;
        }
        answer.Position = 0;
        await answer.CopyToAsync(context.Response.Body);
    }

    void Count(HttpContext context, string key)
    {
        if (context.Response.StatusCode >= 300)
            Refusals.Enqueue((context.Request.Path, context.Response.StatusCode));
        else if (key.Length > 0)
            Written(Interlocked.Increment(ref _written));
        else if (context.Request.Path == "/api/session")
            Interlocked.Increment(ref _signIns);
    }

    sealed class RetryLater(int status, string code, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problem(status, code).ExecuteAsync(httpContext);
        }
    }
}
