using System.Reflection;
using GridActors.Grains.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridActors.Service.Tests.Areas;

/// <summary>What an area wasn't told, it finds out.</summary>
public sealed class ReconcilerTests
{
    [Fact]
    public async Task Boards_that_no_note_reaches_are_right_within_seconds()
    {
        await using var service = await TestService.StartAsync(b =>
            b.Services.AddSingleton(_ => new ChangeFeed(DispatchProxy.Create<IGrainFactory, Nowhere>(), NullLogger<ChangeFeed>.Instance)));
        var dispatcher = await service.As("dispatcher-1");
        foreach (var code in new[] { "C", "C-A", "C-A1", "C-A1-1", "C-B-9" }) Assert.Equal(0, (await dispatcher.Board(code)).Counts.Reported);
        await using var hub = await service.Connect("dispatcher-1");
        var mirror = new BoardMirror(hub, "C");
        await mirror.Watch();

        var ids = new List<string>();
        for (var i = 0; i < 6; i++) ids.Add((await dispatcher.Report(i < 4 ? "C-A1-1" : "C-B-9")).Id);
        await (await service.As("worker-1")).Do(ids[0], "claim");
        await (await service.As("worker-1")).Do(ids[0], "resolve");
        await dispatcher.Do(ids[0], "close");

        await mirror.Until(b => b.Counts is { Reported: 6, Closed: 1, Unclaimed: 5 });
        await BoardCounts.BoardsEqual(service.Data, dispatcher);
        Assert.Empty((await (await service.As("administrator")).Post("/api/admin/verify")).Expect(200).As<Verification>().Differences);
    }

    /// <summary>Every call gets lost.</summary>
    public class Nowhere : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new TimeoutException("Lost on the way.");
    }
}
