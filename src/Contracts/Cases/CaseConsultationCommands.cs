using System.Collections.Immutable;

namespace GridActors.Contracts.Cases;

/// <summary>Call a consultation about it (会诊): the parties that the pack names owe an opinion.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CallConsultation")]
public sealed record CallConsultation : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }

    /// <summary>The department to invite; null for the one that has the case, or that answers for its category.</summary>
    [Id(1)]
    public string? Department { get; init; }
}

/// <summary>A party has given its opinion. Only the consultation sends it, in the name of who gave it.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecordOpinion")]
public sealed record RecordOpinion : CaseCommand, IServiceCommand
{
    [Id(0)]
    public required Guid Consultation { get; init; }

    [Id(1)]
    public required string Party { get; init; }

    [Id(2)]
    public required string Text { get; init; }
}

/// <summary>A consultation has decided. Only the consultation sends it, in the name of who decided.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecordConsultationDecision")]
public sealed record RecordConsultationDecision : CaseCommand, IServiceCommand
{
    [Id(0)]
    public required Guid Consultation { get; init; }

    [Id(1)]
    public required string Text { get; init; }

    [Id(2)]
    public required ImmutableArray<AssignedTask> Tasks { get; init; }
}

/// <summary>A task is done, or it turned out that it can't be.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.FinishTask")]
public sealed record FinishTask : CaseCommand
{
    [Id(0)]
    public required int Task { get; init; }

    [Id(1)]
    public required bool IsDone { get; init; }

    [Id(2)]
    public string Note { get; init; } = "";
}
