// The tests run in parallel, because most of them wait for slow events of a cluster.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace GridActors.Cluster.Tests;

/// <summary>Tests that measure pauses have the machine to themselves: they run one after the other, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Measured
{
    public const string Name = "measured";
}
