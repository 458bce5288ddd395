using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>The other case of a link, as a command or an event names it.</summary>
/// <param name="Number">Its register number.</param>
[GenerateSerializer, Immutable, Alias("gridactors.LinkedCase")]
public sealed record LinkedCase([property: Id(0)] Guid Id, [property: Id(1)] string Number);

/// <summary>A case that has to do with this one (关联).</summary>
/// <param name="Id">The other case.</param>
/// <param name="Number">Its register number.</param>
/// <param name="By">Who linked them.</param>
/// <param name="IsMadeHere">They were linked on this case. Otherwise on the other one, which told this one.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseLink")]
public sealed record CaseLink(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Number,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] PersonId By,
    [property: Id(4)] string Reason,
    [property: Id(5)] bool IsMadeHere
);

/// <summary>Link it with another case that has to do with it (关联).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.LinkCase")]
public sealed record LinkCase : CaseCommand
{
    [Id(0)]
    public required Guid To { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>Another case was linked with this one. Only the service sends it, as the person who linked them, until it is done.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AddLink")]
public sealed record AddLink : CaseCommand, IServiceCommand
{
    [Id(0)]
    public required LinkedCase To { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}
