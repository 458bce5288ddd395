// Each fault has the machine for itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
