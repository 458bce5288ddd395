using Xunit.Abstractions;

// The tests run in parallel, because most of them wait for slow events of a cluster.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer("GridActors.Cluster.Tests.LongestFirst", "GridActors.Cluster.Tests")]

namespace GridActors.Cluster.Tests;

/// <summary>Tests that measure pauses have the machine to themselves: they run one after the other, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Measured
{
    public const string Name = "measured";
}

/// <summary>Those that take a minute and more begin first, so that none of them is waited for alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] Longest = [nameof(DueClockTests), nameof(ReofferTests), nameof(SupervisedTests)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection =>
            Array.FindIndex(Longest, name => collection.DisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var place
                ? place
                : Longest.Length
        );
}
