// Each fault has the machine for itself.
[assembly: TestFramework("GridActors.Tests.TestRun", "GridActors.Faults.Tests")]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
