using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.FieldTasks;

namespace GridActors.Domain.FieldTasks;

/// <summary>
/// Something that happened to a task, to one of its to-dos, or to a schedule. Its time, person and operation are in the journal's row. A
/// kind names one shape: a changed shape gets a new kind, and the old kind stays readable.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(TaskSent), "field-task.sent/1")]
[JsonDerivedType(typeof(TaskChanged), "field-task.changed/1")]
[JsonDerivedType(typeof(TaskRecalled), "field-task.recalled/1")]
[JsonDerivedType(typeof(TaskReminded), "field-task.reminded/1")]
[JsonDerivedType(typeof(TaskFellDue), "field-task.fell-due/1")]
[JsonDerivedType(typeof(TargetRead), "field-task.read/1")]
[JsonDerivedType(typeof(TargetDone), "field-task.done/1")]
[JsonDerivedType(typeof(TargetRefused), "field-task.refused/1")]
[JsonDerivedType(typeof(TargetReturned), "field-task.returned/1")]
[JsonDerivedType(typeof(ScheduleBegun), "task-schedule.begun/1")]
[JsonDerivedType(typeof(ScheduleRan), "task-schedule.ran/1")]
[JsonDerivedType(typeof(SchedulePaused), "task-schedule.paused/1")]
[JsonDerivedType(typeof(ScheduleResumed), "task-schedule.resumed/1")]
[JsonDerivedType(typeof(ScheduleEnded), "task-schedule.ended/1")]
public abstract record FieldTaskEvent;

/// <param name="Targets">
/// Every to-do. They are written here and not found again in the tree, because a later tree can't say who was asked.
/// </param>
public sealed record TaskSent(
    AreaId Area,
    TaskDefinition Definition,
    DateTimeOffset? DueAt,
    DateTimeOffset? RemindAt,
    ImmutableArray<TargetKey> Targets,
    Guid? Schedule
) : FieldTaskEvent;

public sealed record TaskChanged(TaskDefinition Definition, DateTimeOffset? DueAt, DateTimeOffset? RemindAt) : FieldTaskEvent;

public sealed record TaskRecalled(string Reason) : FieldTaskEvent;

/// <summary>Whoever hasn't done it was reminded.</summary>
public sealed record TaskReminded : FieldTaskEvent;

/// <summary>Its time is over.</summary>
public sealed record TaskFellDue : FieldTaskEvent;

public abstract record TargetEvent(TargetKey Target) : FieldTaskEvent;

public sealed record TargetRead(TargetKey Target) : TargetEvent(Target);

/// <param name="TakenAt">When it was done, by a phone that had no signal then.</param>
/// <param name="IsBeside">
/// It was recalled meanwhile, and the phone hadn't heard of it: the to-do stays recalled, and what was done stands beside it.
/// </param>
public sealed record TargetDone(
    TargetKey Target,
    string Note,
    ImmutableArray<string> Photos,
    int? Count,
    ImmutableArray<string> Ticked,
    DateTimeOffset? TakenAt,
    bool IsLate,
    bool IsBeside = false
) : TargetEvent(Target);

public sealed record TargetRefused(TargetKey Target, string Reason) : TargetEvent(Target);

public sealed record TargetReturned(TargetKey Target, string Reason, bool IsLate) : TargetEvent(Target);

/// <param name="NextAt">When it runs first; null for never, which isn't accepted.</param>
public sealed record ScheduleBegun(AreaId Area, TaskDefinition Definition, TaskScheduleRule Rule, DateTimeOffset? NextAt) : FieldTaskEvent;

/// <summary>One run has come.</summary>
/// <param name="Run">The moment by the rule, also when it was looked at later.</param>
/// <param name="Task">The task that was sent; null when it was missed and the rule skips missed runs, or nobody would have got it.</param>
/// <param name="NextAt">Null when there is none any more.</param>
public sealed record ScheduleRan(DateTimeOffset Run, Guid? Task, DateTimeOffset? NextAt) : FieldTaskEvent;

public sealed record SchedulePaused(string Reason) : FieldTaskEvent;

public sealed record ScheduleResumed(DateTimeOffset? NextAt) : FieldTaskEvent;

public sealed record ScheduleEnded(string Reason) : FieldTaskEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record FieldTaskUnknown(string Kind) : FieldTaskEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class FieldTaskEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(FieldTaskEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    public static (string Kind, string Data) Write(FieldTaskEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    public static FieldTaskEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new FieldTaskUnknown(kind);
        return (FieldTaskEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }

    /// <summary>A task as its row keeps it.</summary>
    public static string Write(FieldTaskView view) => JsonSerializer.Serialize(view, Options);

    public static FieldTaskView ReadTask(string data) =>
        JsonSerializer.Deserialize<FieldTaskView>(data, Options) ?? throw new JsonException("A task is null.");

    public static string Write(TaskScheduleView view) => JsonSerializer.Serialize(view, Options);

    public static TaskScheduleView ReadSchedule(string data) =>
        JsonSerializer.Deserialize<TaskScheduleView>(data, Options) ?? throw new JsonException("A schedule is null.");

    /// <summary>Definitions are the same when they are written alike.</summary>
    public static bool AreSame(TaskDefinition a, TaskDefinition b) =>
        JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options);
}
