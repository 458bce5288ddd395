using GridActors.Contracts.People;
using Orleans.Concurrency;

namespace GridActors.Contracts.Surveys;

/// <summary>One survey, and the only writer of its definition. The key is its id.</summary>
[Alias("gridactors.ISurveyGrain")]
public interface ISurveyGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one command, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted
    /// again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<SurveyAnswer> Submit(SurveyCommand command, CancellationToken cancellationToken = default);

    /// <summary>The survey as it is, whoever asks: sheets are checked against it.</summary>
    [ReadOnly, ResponseTimeout("00:00:12"), Alias("Get")]
    Task<SurveyView?> Get(CancellationToken cancellationToken = default);
}

/// <summary>The answers of one household or resident to one survey, and their only writer. <see cref="SheetIds"/> has the key.</summary>
[Alias("gridactors.ISheetGrain")]
public interface ISheetGrain : IGrainWithGuidKey
{
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<SheetAnswer> Submit(SheetCommand command, CancellationToken cancellationToken = default);

    /// <summary>The answers in clear, for somebody who may see the household.</summary>
    [ResponseTimeout("00:00:12"), Alias("Get")]
    Task<SheetAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);
}
