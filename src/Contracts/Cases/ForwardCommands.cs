namespace GridActors.Contracts.Cases;

/// <summary>Hand it over to another system and wait for its answer (转外部系统).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ForwardCase")]
public sealed record ForwardCase : CaseCommand
{
    [Id(0)]
    public required string System { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>Take it back from a system that hasn't answered (撤回转办).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecallCase")]
public sealed record RecallCase : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>
/// Another system has answered. Only the service sends it, as <see cref="People.PersonId.System"/>, after it has checked the signature.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.AnswerForward")]
public sealed record AnswerForward : CaseCommand, IServiceCommand
{
    [Id(0)]
    public required string System { get; init; }

    /// <summary>The message that is answered.</summary>
    [Id(1)]
    public required Guid Message { get; init; }

    [Id(2)]
    public required ForwardAnswer Answer { get; init; }

    [Id(3)]
    public required string Text { get; init; }
}
