using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace GridActors.Simulator.Tests;

/// <summary>
/// As much of docs/api.md as a day and a replay touch, in memory, on a real socket: sessions, a small tree, the steps of a case with their
/// rejections, Idempotency-Keys per caller. <see cref="Interfere"/> answers in place of it, before or after the step was taken.
/// </summary>
sealed class FakeService : IAsyncDisposable
{
    public const string Root = "430281";
    public const string Password = "demo-password";
    public const string Centre = "ll-centre-1";
    readonly WebApplication _app;
    readonly ConcurrentDictionary<string, IResult> _outcomes = new();
    readonly Dictionary<string, FakeCase> _cases = [];
    readonly Lock _turn = new();
    int _requests;

    FakeService(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>The cases as they are now; a request may still be under way.</summary>
    public IReadOnlyList<FakeCase> Cases => Locked(() => _cases.Values.ToList());
    public ConcurrentQueue<string> SignIns { get; } = new();

    /// <summary>Every write the service got, repeats too, as <c>caller key</c>.</summary>
    public ConcurrentQueue<string> Writes { get; } = new();

    /// <summary>An account that is locked for minutes.</summary>
    public string? LockedAccount { get; set; }
    public int Requests => Volatile.Read(ref _requests);
    public int LostRaces { get; private set; }

    /// <summary>Gets the number and path of a request and whether the step was taken already; what it returns is answered instead.</summary>
    public Func<int, string, bool, IResult?> Interfere { get; set; } = static (_, _, _) => null;

    /// <summary>Runs inside a successful step, before its answer.</summary>
    public Action<FakeCase, string> Stepped { get; set; } = static (_, _) => { };

    public static async Task<FakeService> StartAsync(params string[] categories)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeService(app);
        fake.Map(app, categories.Length > 0 ? categories : ["pothole", "general-request"]);
        await app.StartAsync();
        fake.Url = new Uri(app.Urls.First());
        return fake;
    }

    public void Add(FakeCase made) => Locked(() => _cases[made.Id] = made);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    void Map(WebApplication app, string[] categories)
    {
        app.Use(async (context, next) =>
        {
            var number = Interlocked.Increment(ref _requests);
            context.Items["number"] = number;
            if (Interfere(number, context.Request.Path, false) is { } instead)
                await instead.ExecuteAsync(context);
            else
                await next(context);
        });
        app.MapPost("/api/session", async (HttpRequest request) => SignIn(await BodyAsync(request)));
        app.MapGet("/api/demo", () => Results.Json(new { demo = true, people = new[] { new { account = Centre, name = "谢", pack = "liling", post = "centre-dispatcher", area = Root } } }));
        app.MapGet("/api/catalogue", () => Results.Json(new
        {
            departments = new[] { new { id = "sanitation", name = "环卫处" }, new { id = "police", name = "公安局" } },
            categories = categories.Select(c => new { code = c, name = c == "general-request" ? "其他诉求" : "路面坑洞", @class = "道路", confidential = false }),
        }));
        app.MapGet("/api/areas/{code}", (string code) => Results.Json(FakeTree.Area(code)));
        app.MapGet("/api/areas/{code}/children", (string code, string? cursor) => Results.Json(FakeTree.Children(code, cursor)));
        app.MapGet("/api/areas/{code}/people", (string code) => Results.Json(new { items = FakeTree.People(code), next = (string?)null }));
        app.MapGet("/api/areas/{code}/map", () => Results.Json(new { type = "FeatureCollection", features = Array.Empty<object>() }));
        app.MapGet("/api/areas/{code}/board", Board);
        app.MapGet("/api/cases/{id}", (string id, HttpContext context) => Locked(() => _cases.TryGetValue(id, out var found) ? View(found, Caller(context)) : Problem(404, "not-found")));
        app.MapPost("/api/cases", async context => await WriteAsync(context, "", (caller, body) => Report(caller, body)));
        app.MapPost("/api/cases/{id}/{step}", async (string id, string step, HttpContext context) =>
            await WriteAsync(context, $"{id} {step}", (caller, body) => Step(_cases[id], step, caller, body)));
    }

    IResult SignIn(JsonElement body)
    {
        var account = body.GetProperty("account").GetString()!;
        if (account == LockedAccount)
            return SlowDown(300);
        if (body.TryGetProperty("password", out var password) ? password.GetString() != Password : account != Centre)
            return Problem(401, "wrong-credentials");
        SignIns.Enqueue(account);
        return Results.Json(new { token = account, expiresAt = DateTimeOffset.MaxValue, me = FakeTree.Me(account) });
    }

    IResult Board() => Locked(() =>
    {
        var closed = _cases.Values.Count(c => c.Status == "closed");
        return Results.Json(new { epoch = 1, sequence = 1, counts = new { reported = _cases.Count, open = _cases.Count - closed, closed } });
    });

    async Task WriteAsync(HttpContext context, string call, Func<string, JsonElement, IResult> act)
    {
        var body = await BodyAsync(context.Request);
        var caller = Caller(context);
        var key = $"{caller} {context.Request.Headers["Idempotency-Key"]}";
        Writes.Enqueue(key);
        var outcome = Locked(() => _outcomes.GetOrAdd(key, _ => act(caller, body)));
        await (Interfere((int)context.Items["number"]!, context.Request.Path, true) ?? outcome).ExecuteAsync(context);
    }

    IResult Report(string caller, JsonElement body)
    {
        var area = body.GetProperty("area").GetString()!;
        var made = new FakeCase
        {
            Id = $"c-{_cases.Count + 1}",
            Reporter = caller,
            Area = area,
            Category = body.GetProperty("category").GetString()!,
            Title = body.GetProperty("title").GetString()!,
            OfferedTo = [$"{area}-head", "ll-desk-1", "ll-desk-2"],
            Status = body.TryGetProperty("solved", out _) ? "resolved" : "offered",
        };
        _cases.Add(made.Id, made);
        Stepped(made, "report");
        return View(made, caller, 201);
    }

    IResult Step(FakeCase on, string step, string caller, JsonElement body)
    {
        var mine = on.Claimant == caller;
        switch (step)
        {
            case "claim" when !on.OfferedTo.Contains(caller):
                return Problem(403, "not-recipient");
            case "claim" when on.Claimant is not null:
                LostRaces++;
                return Results.Json(new { status = 409, code = "already-claimed", detail = "已被认领", claimant = on.Claimant }, contentType: "application/problem+json", statusCode: 409);
            case "claim" when on.Status == "offered":
                (on.Status, on.Claimant) = ("claimed", caller);
                break;
            case "resolve" or "explain" or "on-site" or "progress" or "release" or "handover" or "transfer" when !mine:
                return Problem(403, "not-claimant");
            case "on-site" when on.Status == "claimed":
                on.Status = "on-site";
                break;
            case "progress" or "comment":
                break;
            case "handover":
                on.Claimant = body.GetProperty("to").GetString();
                break;
            case "release" or "transfer":
                (on.Status, on.Claimant) = ("offered", null);
                break;
            case "resolve" or "explain" when on.Status is "claimed" or "on-site":
                on.Status = step == "resolve" ? "resolved" : "explained";
                break;
            case "close" when on.Status is "resolved" or "explained":
                on.Status = "closed";
                break;
            case "reopen" when on.Status == "closed":
                (on.Status, on.Claimant) = ("offered", null);
                break;
            default:
                return Problem(409, "wrong-status");
        }
        on.Steps.Add(step);
        Stepped(on, step);
        return View(on, caller);
    }

    static IResult View(FakeCase of, string caller, int status = 200)
    {
        string[] actions = of.Claimant == caller ? ["release", "handover", "transfer", "on-site", "resolve"] : [];
        return Results.Json(
            new { id = of.Id, status = of.Status, category = of.Category, claimant = of.Claimant, offeredTo = of.OfferedTo, actions, areaPath = Array.Empty<object>(), version = of.Steps.Count + 1 },
            statusCode: status);
    }

    public static IResult Problem(int status, string code) =>
        Results.Json(new { type = "about:blank", title = code, status, code, detail = code }, contentType: "application/problem+json", statusCode: status);

    /// <summary>503 with a <c>Retry-After</c>.</summary>
    public static IResult Busy(int seconds) => new LaterResult(503, "busy", seconds);

    public static IResult SlowDown(int seconds) => new LaterResult(429, "locked", seconds);

    T Locked<T>(Func<T> read)
    {
        lock (_turn)
            return read();
    }

    static string Caller(HttpContext context) => context.Request.Headers.Authorization.ToString()["Bearer ".Length..];

    static async Task<JsonElement> BodyAsync(HttpRequest request) => await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);

    sealed class LaterResult(int status, string code, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problem(status, code).ExecuteAsync(httpContext);
        }
    }
}

sealed class FakeCase
{
    public required string Id { get; init; }
    public required string Reporter { get; init; }
    public required string Area { get; init; }
    public required string Category { get; init; }
    public required string Title { get; init; }
    public required string[] OfferedTo { get; init; }
    public required string Status { get; set; }
    public string? Claimant { get; set; }
    public List<string> Steps { get; } = [];
}
