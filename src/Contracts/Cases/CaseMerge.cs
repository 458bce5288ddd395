namespace GridActors.Contracts.Cases;

/// <summary>The case into which a duplicate was merged, as the duplicate knows it.</summary>
/// <param name="Number">Its register number.</param>
/// <param name="Version">Its version when it had the status.</param>
[GenerateSerializer, Immutable, Alias("gridactors.MainCase")]
public sealed record MainCase(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Number,
    [property: Id(2)] CaseStatus Status,
    [property: Id(3)] int Version
);

/// <summary>A case that was merged into this one.</summary>
/// <param name="Number">Its register number.</param>
[GenerateSerializer, Immutable, Alias("gridactors.DuplicateCase")]
public sealed record DuplicateCase([property: Id(0)] Guid Id, [property: Id(1)] string Number);

/// <summary>Merge it into an earlier case of the same matter, with which it will be closed (合并办理).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MergeCase")]
public sealed record MergeCase : CaseCommand
{
    [Id(0)]
    public required Guid Into { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>
/// A duplicate was merged into this case. Only the service sends it, as the person who merged it, until it is done.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.JoinDuplicate")]
public sealed record JoinDuplicate : CaseCommand, IServiceCommand
{
    [Id(0)]
    public required Guid Duplicate { get; init; }

    [Id(1)]
    public required string Number { get; init; }
}

/// <summary>
/// The case into which this one was merged has another status. Only the service sends it, as <see cref="People.PersonId.Service"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.FollowMain")]
public sealed record FollowMain : CaseCommand, IServiceCommand
{
    [Id(0)]
    public required Guid Main { get; init; }

    [Id(1)]
    public required CaseStatus Status { get; init; }

    [Id(2)]
    public required CaseOutcome Outcome { get; init; }

    /// <summary>The version of the main case that has this status.</summary>
    [Id(3)]
    public required int Version { get; init; }
}
