using GridActors.Domain.Packs.Files;
using GridActors.Harness.Fuzz;
using Xunit.Abstractions;

namespace GridActors.Service.Tests.Fuzz;

/// <summary>A few seconds of what bench/fuzz does, always with the same inputs.</summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    const int Seed = 20261125;

    TestService _service = null!;
    IReadOnlyList<FuzzCaller> _callers = [];

    public async Task InitializeAsync()
    {
        _service = await TestService.Start();
        var callers = new List<FuzzCaller>();
        foreach (var person in new[] { "dispatcher-1", "worker-1", "leader-a", "visitor-a" })
            callers.Add(new($"qinghe/{person}", (await _service.As(person)).Token));
        _callers = callers;
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Api_never_fails_whatever_is_sent()
    {
        var fuzz = await ApiFuzz.Prepare(_service.Url, _callers);
        Check(await fuzz.Run(Seed, calls: 6_000, connections: 16).WithinDeadline());
    }

    [Fact]
    public async Task Hub_never_fails_whatever_is_sent() =>
        Check(await new HubFuzz(_service.Url, _callers).Run(Seed, messages: 400, connections: 8).WithinDeadline());

    [Fact]
    public void Pack_reader_never_throws_whatever_is_in_the_files() =>
        Check(
            new FileFuzz(Path.Combine(TestPacks.Folder, "qinghe")).Run(
                Seed,
                copies: 600,
                folder => PackReader.Read(folder).IsValid ? "accepted" : "refused"
            )
        );

    void Check(FuzzReport report)
    {
        foreach (var line in report.Lines())
            output.WriteLine(line);
        Assert.True(report.Faults == 0, string.Join('\n', report.Lines()));
        Assert.True(report.Calls > 0);
    }
}
