using GridActors.Contracts.People;

namespace GridActors.Contracts.SubjectRequests;

/// <summary>One request of a resident about what is kept of them, and its only writer. The key is its id.</summary>
[Alias("gridactors.ISubjectRequestGrain")]
public interface ISubjectRequestGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one step, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<SubjectRequestAnswer> Submit(SubjectRequestCommand command, CancellationToken cancellationToken = default);

    /// <summary>The request in clear, for somebody who may see its household.</summary>
    [ResponseTimeout("00:00:12"), Alias("Get")]
    Task<SubjectRequestAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);
}
