namespace GridActors.Cluster.Tests;

/// <summary>Tests that start processes take turns.</summary>
[CollectionDefinition("processes", DisableParallelization = true)]
public sealed class Processes;
