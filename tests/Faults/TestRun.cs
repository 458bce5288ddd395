using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("GridActors.Faults.Tests.TestRun", "GridActors.Faults.Tests")]
// Each fault has the machine for itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace GridActors.Faults.Tests;

/// <summary>Stops what the run's tests share when the last of them is over.</summary>
public sealed class TestRun : XunitTestFramework
{
    public TestRun(IMessageSink messages) : base(messages) => DisposalTracker.Add(new AtTheEnd());

    sealed class AtTheEnd : IDisposable
    {
        public void Dispose() => Task.Run(async () =>
        {
            await TestService.StopSharedAsync();
            await TestPostgres.StopAsync();
        }).GetAwaiter().GetResult();
    }
}

