using System.Runtime.CompilerServices;

namespace GridActors.Service.Tests.Hosting;

/// <summary>What a service leaves behind in its process. A test process starts hundreds of them.</summary>
public sealed class StoppedServiceTests
{
    [Fact]
    public async Task A_service_that_has_stopped_is_not_kept_in_memory()
    {
        var services = await StartAndStop();

        await Eventually.Is(() =>
        {
            GC.Collect();
            return Task.FromResult(!services.IsAlive);
        });
    }

    /// <summary>A method of its own, so that no local variable of the test holds the service.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<WeakReference> StartAndStop()
    {
        // What changes its settings knows the service, as in many tests: whoever keeps the settings keeps all of it.
        TestService? known = null;
        await using var service = known = await TestService.Start(_ => GC.KeepAlive(known));
        // A request, so that limits and pipelines are made.
        (await (await service.As("dispatcher-1")).Get("/api/inbox")).Expect(200);
        return new(service.Services);
    }
}
