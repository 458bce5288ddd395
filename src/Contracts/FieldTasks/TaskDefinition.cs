using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GridActors.Contracts.FieldTasks;

/// <summary>What is asked for. The numbers are stored.</summary>
public enum TaskKind : byte
{
    /// <summary>Something is done and reported (任务).</summary>
    Work = 0,

    /// <summary>Something is read and confirmed (通知).</summary>
    Notice = 1,
}

/// <summary>What whoever has done a task shows for it. The numbers are stored.</summary>
public enum TaskProof : byte
{
    None = 0,
    Text = 1,
    Photo = 2,

    /// <summary>A number, which is added up over the areas.</summary>
    Count = 3,
}

/// <summary>A line of a task's checklist. All of them are ticked when it is done.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.TaskItem")]
public sealed record TaskItem([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string NameEn = "");

/// <summary>Who gets a to-do, in the area that a task is sent to and below.</summary>
/// <param name="Levels">The areas of these levels; empty for those of any level in which somebody holds one of the posts.</param>
/// <param name="Posts">Whose holders may do it; empty for every post there that may report.</param>
/// <param name="PerHolder">Every holder has a to-do of their own; otherwise an area has one, which the first of them does.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TaskAudience")]
public sealed record TaskAudience(
    [property: Id(0)] ImmutableArray<string> Levels,
    [property: Id(1)] ImmutableArray<string> Posts,
    [property: Id(2)] bool PerHolder = false
);

/// <summary>A task as it is sent.</summary>
/// <param name="Photos">Ids of photos that show what is meant.</param>
/// <param name="Link">The address of something to read; empty for none.</param>
/// <param name="CountName">What is counted, where the proof is a number; empty otherwise.</param>
/// <param name="Minutes">How long it takes at one place, as the sender thinks; null when they say nothing.</param>
/// <param name="RemindBefore">How long before it is due whoever hasn't done it is reminded, as a term; null for never.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TaskDefinition")]
public sealed record TaskDefinition(
    [property: Id(0)] string Title,
    [property: Id(1)] string TitleEn,
    [property: Id(2)] string Text,
    [property: Id(3)] TaskKind Kind,
    [property: Id(4)] TaskAudience Audience,
    [property: Id(5)] ImmutableArray<TaskItem> Checklist,
    [property: Id(6)] ImmutableArray<string> Photos,
    [property: Id(7)] string Link,
    [property: Id(8)] TaskProof Proof,
    [property: Id(9)] string CountName,
    [property: Id(10)] int? Minutes,
    [property: Id(11)] string? RemindBefore
);

/// <summary>One to-do of a task: an area, or one holder in it.</summary>
/// <param name="Area">The area's code.</param>
/// <param name="Person">The holder's id; null where the to-do is the area's.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TargetKey")]
public readonly record struct TargetKey(
    [property: Id(0)] string Area,
    [property: Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Person = null
);
