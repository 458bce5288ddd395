using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Surveys;

/// <summary>What a person asks to do with one survey.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.SurveyCommand")]
public abstract record SurveyCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }

    /// <summary>The versions that the survey may have; null for any.</summary>
    [Id(2)]
    public ImmutableArray<int>? IfVersions { get; init; }
}

/// <summary>Begin a survey, or change what will be published next (起草). What was published stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.DraftSurvey")]
public sealed record DraftSurvey : SurveyCommand
{
    /// <summary>Of a new survey; one that is there keeps its area.</summary>
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required SurveyDefinition Definition { get; init; }
}

/// <summary>Ask what was drafted (发布).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.PublishSurvey")]
public sealed record PublishSurvey : SurveyCommand;

/// <summary>Publish a survey of the pack, when it isn't published as the pack has it.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ProclaimSurvey")]
public sealed record ProclaimSurvey : SurveyCommand, IServiceCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required SurveyDefinition Definition { get; init; }
}

/// <summary>Take no more answers (结束).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CloseSurvey")]
public sealed record CloseSurvey : SurveyCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>What a person asks to do with the answer sheet of one household or resident. The actor's key follows from both.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.SheetCommand")]
public abstract record SheetCommand
{
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }

    [Id(2)]
    public required Guid Survey { get; init; }

    [Id(3)]
    public required Guid Household { get; init; }

    /// <summary>The household or the resident who answers.</summary>
    [Id(4)]
    public required Guid Subject { get; init; }
}

/// <summary>Answer (填报).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.FillSheet")]
public sealed record FillSheet : SheetCommand
{
    [Id(0)]
    public required ImmutableSortedDictionary<string, string> Answers { get; init; }

    /// <summary>The caller knows that there is an answer, and corrects it.</summary>
    [Id(1)]
    public bool IsCorrection { get; init; }
}

/// <summary>Answer without an account, by the code of an invitation (扫码自填). It corrects nothing.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AnswerInvitation")]
public sealed record AnswerInvitation : SheetCommand, IServiceCommand
{
    [Id(0)]
    public required ImmutableSortedDictionary<string, string> Answers { get; init; }

    /// <summary>Who made the code. It is good as long as they may fill in the household's sheets themselves.</summary>
    [Id(1)]
    public required PersonId InvitedBy { get; init; }
}

/// <summary>They don't want to answer (拒答).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RefuseSheet")]
public sealed record RefuseSheet : SheetCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}
