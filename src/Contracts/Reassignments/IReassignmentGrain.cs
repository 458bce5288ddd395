namespace GridActors.Contracts.Reassignments;

/// <summary>Households that go to other areas in one step, and the only one that makes them go. The key is its id.</summary>
[Alias("gridactors.IReassignmentGrain")]
public interface IReassignmentGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one step, and answers when it is durable; the households move afterwards. The repeat of an operation that was accepted changes
    /// nothing and is accepted again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<ReassignmentAnswer> Submit(ReassignmentCommand command, CancellationToken cancellationToken = default);

    /// <summary>Moves the next households. However often it is called, and whoever dies meanwhile, each moves once.</summary>
    /// <returns>Whether nothing is left to do.</returns>
    [ResponseTimeout("00:00:30"), Alias("Continue")]
    Task<bool> Continue(CancellationToken cancellationToken = default);
}
