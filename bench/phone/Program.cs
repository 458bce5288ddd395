using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GridActors.Browser.Tests;
using GridActors.Harness;
using GridActors.PhoneLine;
using Microsoft.Playwright;

// A worker had no signal for a day. How long does it take over a slow line until everything is told, and is anything sent twice?
const string Account = "qinghe/worker-1";
var checkIns = Bench.Number("--check-ins", 20, "check-ins without a signal");
var visits = Bench.Number("--visits", 20, "visits with a photo each");
var reports = Bench.Number("--reports", 20, "reports with a photo each");
var speed = Bench.Number("--bytes", 50_000, "bytes a second of the line, in each direction");
var delay = Bench.Number("--delay", 200, "milliseconds on the way, in each direction");
var command = new RootCommand("A day's queue of a phone over slow 3G: when its items are there, and when its photos are.")
{
    checkIns,
    visits,
    reports,
    speed,
    delay,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        try
        {
            return await Measure(parsed, workplace, cancellationToken);
        }
        catch (PlaywrightException e)
        {
            // An interrupted run ends the browser, too.
            cancellationToken.ThrowIfCancellationRequested();
            throw new BenchException($"The browser: {e.Message}", e);
        }
    }
);

async Task<JsonObject> Measure(ParseResult parsed, Workplace workplace, CancellationToken cancellationToken)
{
    var (tapped, visited, reported) = (parsed.GetValue(checkIns), parsed.GetValue(visits), parsed.GetValue(reports));
    var (items, watch) = (tapped + visited + reported, Stopwatch.StartNew());
    var service = await workplace.Start(Path.Combine(MeasuredService.Home, "tests", "packs", "qinghe"), cancellationToken);
    var token = await service.Api.Token(Account, service.Password, cancellationToken);
    await Register(service, token, cancellationToken);
    await using var line = new SlowLine(service.Port);
    using var playwright = await Playwright.CreateAsync();
    await using var context = await Phone.Open(playwright, $"http://127.0.0.1:{line.Port}", Path.Combine(workplace.Folder, "phone"));
    await context.AddCookiesAsync([
        new()
        {
            Name = "gridactors",
            Value = token,
            Url = $"http://127.0.0.1:{line.Port}",
        },
    ]);
    var phone = new WorkerPhone(context.Pages[0]);
    await phone.SignIn();
    // The page says at once that the worker is on duty; the service hears of it a moment later.
    const int SignIn = 1;
    await Until(async () => await There(service, token, cancellationToken) == SignIn, "the sign-in");

    await context.SetOfflineAsync(true);
    for (var n = 1; n <= tapped; n++)
        await phone.CheckIn(n);
    for (var n = 1; n <= visited; n++)
        await phone.Visit(n);
    for (var n = 1; n <= reported; n++)
        await phone.Report(1000 + n);
    Bench.Print($"  {items} items with {visited + reported} photos of {phone.PhotoBytes / (visited + reported) / 1000} kB wait");

    line.Limit(parsed.GetValue(speed), TimeSpan.FromMilliseconds(parsed.GetValue(delay)));
    var sentBefore = line.Sent;
    watch.Restart();
    await context.SetOfflineAsync(false);
    await Until(async () => await There(service, token, cancellationToken) - SignIn == items, "the items");
    var told = watch.Elapsed;
    var toldBytes = line.Sent - sentBefore;
    Bench.Print($"  items there after {told.TotalSeconds:F1} s, with {toldBytes / 1000:N0} kB sent");
    await Until(async () => await Photos(service, cancellationToken) == visited + reported, "the photos");
    var shown = watch.Elapsed;
    await Until(async () => await Waiting(context.Pages[0]) == 0, "the phone");
    var sent = line.Sent - sentBefore;
    if (await There(service, token, cancellationToken) - SignIn != items)
        throw new BenchException("Something is there twice.");
    Bench.Print($"  photos there after {shown.TotalSeconds:F0} s; {sent / 1000:N0} kB sent for {phone.PhotoBytes / 1000:N0} kB of photos");
    return new JsonObject
    {
        ["bench"] = "phone",
        ["items"] = items,
        ["itemsSeconds"] = Bench.Round(told.TotalSeconds, 1),
        ["photosSeconds"] = Bench.Round(shown.TotalSeconds, 0),
        ["sentOverPhotos"] = Bench.Round((double)sent / phone.PhotoBytes),
    };

    async Task Until(Func<Task<bool>> isThere, string what)
    {
        while (!await isThere())
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(15))
                throw new BenchException($"After a quarter of an hour {what} isn't there.");
            await Task.Delay(100, cancellationToken);
        }
    }
}

static async Task Register(MeasuredService service, string token, CancellationToken cancellationToken)
{
    const string Resident = """{"kind":"registered","relation":"02","fields":{"name":"周大"}}""";
    const string Household = $$"""{"area":"C-A1-1","fields":{"address":"解放街12号3栋"},"residents":[{{Resident}}]}""";
    var request = service.Api.Request("POST", "/api/households", token, Guid.NewGuid().ToString("N"), Household);
    var (status, _) = await service.Api.Send(request, _ => true, cancellationToken);
    if (status != 201)
        throw new BenchException($"A household was answered {status}.");
}

// The day's records and the worker's cases that the service knows.
static async Task<int> There(MeasuredService service, string token, CancellationToken cancellationToken)
{
    var day = await service.Api.Get("/api/worker-days/me", token, cancellationToken);
    var cases = await service.Api.Get("/api/cases?reporter=me&limit=100", token, cancellationToken);
    return day["records"]!.AsArray().Count + cases["items"]!.AsArray().Count;
}

static async Task<long> Photos(MeasuredService service, CancellationToken cancellationToken)
{
    await using var connection = await service.Connect(cancellationToken);
    await using var count = new Npgsql.NpgsqlCommand("select count(*) from photo", connection);
    return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
}

// Items and photos that the phone still keeps.
static async Task<int> Waiting(IPage page)
{
    await page.GotoAsync("/m/me");
    await page.GetByTestId("me").WaitForAsync();
    return await page.GetByTestId("pending-item").CountAsync() + await page.GetByTestId("pending-photos").CountAsync();
}
