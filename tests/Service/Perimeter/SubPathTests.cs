using GridActors.Silo.Hosting;

namespace GridActors.Service.Tests.Perimeter;

/// <summary>The service below a path of its host, behind a proxy that passes the path on.</summary>
public sealed class SubPathTests : IAsyncLifetime
{
    TestService _service = null!;

    public async Task InitializeAsync() => _service = await Start("/grid");

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Calls_answers_and_cookies_are_below_the_path()
    {
        var signedIn = (
            await _service.Anybody().Post("/grid/api/session", new { account = "qinghe/worker-1", password = TestService.Password })
        ).Expect(200);
        var worker = _service.Anybody() with { Token = signedIn.Body.GetProperty("token").GetString() };

        Assert.Contains("path=/grid;", signedIn.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/grid/api;", signedIn.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        var reported = (
            await worker.Post(
                "/grid/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "子路径",
                }
            )
        ).Expect(201);
        var id = reported.As<CaseView>().Id;
        Assert.Equal($"/grid/api/cases/{id}", reported.Headers["Location"]);
        (await worker.Get(reported.Headers["Location"])).Expect(200);
        (await worker.Get("/grid/health/ready")).Expect(200);
        (await worker.Get("/grid/api/nothing")).Expect(404, "not-found");
        var document = (await worker.Get("/grid/openapi/v1.json")).Expect(200).Body;
        Assert.Equal("/grid", document.GetProperty("servers")[0].GetProperty("url").GetString());
        (await worker.Get("/grid/api/reference/")).Expect(200);
        var signedOut = (await worker.Delete("/grid/api/session")).Expect(204);
        Assert.Equal("no-store", signedOut.Headers["Cache-Control"]);
        Assert.Contains("gridactors=;", signedOut.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Contains("path=/grid", signedOut.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        // The prober of a load balancer asks the process and not the proxy.
        (await worker.Get("/health/ready")).Expect(200);
    }

    [Fact]
    public async Task The_hub_is_below_the_path()
    {
        await using var hub = await HubClient.Connect(new(_service.Url, "/grid/"), (await _service.As("worker-1")).Token!);

        Assert.Equal("C-A1-1", (await hub.WatchArea("C-A1-1")).Area.Code);
    }

    [Theory]
    [InlineData("grid")]
    [InlineData("/grid/")]
    [InlineData("/a b")]
    public async Task A_path_that_is_none_stops_the_start_with_a_sentence(string path)
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => Start(path));

        Assert.Contains("Service:PathBase begins with a slash", failure.Message, StringComparison.Ordinal);
    }

    static Task<TestService> Start(string path) =>
        TestService.Start(change: settings => settings with { Overrides = [$"Service:PathBase={path}"] });
}
