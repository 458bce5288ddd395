// Tests run one after the other, so that each fault has the machine for itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
