using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Consultations;

/// <summary>What a person asks to do with one consultation.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ConsultationCommand")]
public abstract record ConsultationCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>Give the opinion of a party (发表意见).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.GiveOpinion")]
public sealed record GiveOpinion : ConsultationCommand
{
    /// <summary>The party to speak for; null where the person speaks for one alone.</summary>
    [Id(0)]
    public string? Party { get; init; }

    [Id(1)]
    public required string Text { get; init; }
}

/// <summary>Record the decision, with tasks (形成决定).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.DecideConsultation")]
public sealed record DecideConsultation : ConsultationCommand
{
    [Id(0)]
    public required string Text { get; init; }

    [Id(1)]
    public ImmutableArray<TaskOrder> Tasks { get; init; } = [];
}
