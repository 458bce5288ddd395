using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Meetings;

/// <summary>One meeting over the ledger of an area: who attends, what is decided, and its minutes. The key is its id.</summary>
[Alias("gridactors.IMeetingGrain")]
public interface IMeetingGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one step, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<MeetingAnswer> Submit(MeetingCommand command, CancellationToken cancellationToken = default);

    /// <summary>The meeting as the viewer may see it.</summary>
    [ResponseTimeout("00:00:05"), Alias("Get")]
    Task<MeetingAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);

    /// <summary>Tells cases what they don't know yet. However often it is called, a case takes each step once.</summary>
    /// <returns>Whether the cases know everything now.</returns>
    [ResponseTimeout("00:00:12"), Alias("TellCases")]
    Task<ClockAnswer> TellCases(CancellationToken cancellationToken = default);
}
