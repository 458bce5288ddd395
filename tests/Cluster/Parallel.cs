// The tests run in parallel, because most of them wait for slow events of a cluster.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
