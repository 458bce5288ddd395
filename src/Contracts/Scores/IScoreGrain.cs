using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Scores;

/// <summary>
/// The month of one worker: closed once, corrected when more becomes known, appealed against. The key is <c>pack/person/2026-11</c>.
/// </summary>
[Alias("gridactors.IScoreGrain")]
public interface IScoreGrain : IGrainWithStringKey
{
    [Alias("Submit")]
    Task<ScoreAnswer> Submit(ScoreCommand command, CancellationToken cancellationToken = default);

    [Alias("Get")]
    Task<ScoreAnswer> Get(CancellationToken cancellationToken = default);

    /// <summary>Closes the month, or corrects it when it came out differently. The same score again changes nothing.</summary>
    /// <returns>False when it can't be done now.</returns>
    [Alias("Settle")]
    Task<bool> Settle(SettledScore score, CancellationToken cancellationToken = default);
}

/// <summary>What a person does about a worker's closed month.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ScoreCommand")]
public abstract record ScoreCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>Doubt a line of one's own score (申诉).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AppealScore")]
public sealed record AppealScore : ScoreCommand
{
    [Id(0)]
    public required Guid Appeal { get; init; }

    [Id(1)]
    public required string Item { get; init; }

    [Id(2)]
    public required string Text { get; init; }
}

/// <summary>Have an appeal decided by somebody above, because it was refused or not decided in time (复核).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RaiseAppeal")]
public sealed record RaiseAppeal : ScoreCommand
{
    [Id(0)]
    public required Guid Appeal { get; init; }

    [Id(1)]
    public required string Text { get; init; }
}

/// <summary>Decide an appeal with a reason.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.DecideAppeal")]
public sealed record DecideAppeal : ScoreCommand
{
    [Id(0)]
    public required Guid Appeal { get; init; }

    /// <summary>Granted, partly granted or refused.</summary>
    [Id(1)]
    public required AppealStatus Outcome { get; init; }

    /// <summary>The line's points from now on; of no meaning when it is refused.</summary>
    [Id(2)]
    public required decimal Points { get; init; }

    [Id(3)]
    public required string Reason { get; init; }
}
