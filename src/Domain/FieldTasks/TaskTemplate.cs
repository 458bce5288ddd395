using GridActors.Contracts.FieldTasks;

namespace GridActors.Domain.FieldTasks;

/// <summary>A task that a pack has ready, its <c>tasks.yaml</c>. docs/packs.md describes the file.</summary>
/// <param name="Term">How long it may take, when it is sent once; null for always.</param>
/// <param name="Rule">When it is usually sent; its first day is that on which somebody begins it. Null for now and then.</param>
public sealed record TaskTemplate(string Id, TaskDefinition Definition, string? Term, TaskScheduleRule? Rule);
