using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.FieldTasks;

/// <summary>What a person asks to do with one task.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.FieldTaskCommand")]
public abstract record FieldTaskCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>Send a task to an area and what lies below it (下达).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.SendTask")]
public sealed record SendTask : FieldTaskCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required TaskDefinition Definition { get; init; }

    /// <summary>When it is due; null when <see cref="Term"/> says it, or it never is.</summary>
    [Id(2)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How long it may take, by the pack's working time.</summary>
    [Id(3)]
    public string? Term { get; init; }

    /// <summary>The schedule that sends it; null when a person does.</summary>
    [Id(4)]
    public Guid? Schedule { get; init; }
}

/// <summary>Ask for something else from those who haven't done it yet (变更). Whom it was sent to stays.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ChangeTask")]
public sealed record ChangeTask : FieldTaskCommand
{
    [Id(0)]
    public required TaskDefinition Definition { get; init; }

    [Id(1)]
    public DateTimeOffset? DueAt { get; init; }

    [Id(2)]
    public string? Term { get; init; }
}

/// <summary>Ask nobody any more who hasn't done it yet (撤回).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecallTask")]
public sealed record RecallTask : FieldTaskCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>A step of one of a task's to-dos.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.TargetCommand")]
public abstract record TargetCommand : FieldTaskCommand
{
    /// <summary>The area's code.</summary>
    [Id(0)]
    public required string Area { get; init; }
}

/// <summary>Somebody has seen what is asked (已读).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReadTarget")]
public sealed record ReadTarget : TargetCommand;

/// <summary>It is done, with what it asks for (完成).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.DoTarget")]
public sealed record DoTarget : TargetCommand
{
    [Id(0)]
    public required string Note { get; init; }

    [Id(1)]
    public required ImmutableArray<string> Photos { get; init; }

    [Id(2)]
    public int? Count { get; init; }

    /// <summary>The items of the checklist that are ticked.</summary>
    [Id(3)]
    public required ImmutableArray<string> Ticked { get; init; }

    /// <summary>When it was done, by the phone, where it had no signal then; null for now.</summary>
    [Id(4)]
    public DateTimeOffset? TakenAt { get; init; }
}

/// <summary>It can't be done here (拒绝).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RefuseTarget")]
public sealed record RefuseTarget : TargetCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>It must be done again, or all the same (退回).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReturnTarget")]
public sealed record ReturnTarget : TargetCommand
{
    [Id(0)]
    public required string Reason { get; init; }

    /// <summary>Whose to-do it is, where every holder has one.</summary>
    [Id(1)]
    public string? Person { get; init; }
}
