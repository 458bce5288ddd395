using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;

namespace GridActors.Web.Cases;

/// <summary>A task, for a person or for the holders of a post that are nearest to the place of the case.</summary>
/// <param name="Person">The id of the person who owns it; leave it out where a post does.</param>
/// <param name="Term">By when, as the catalogue writes terms: <c>24h</c>, <c>3wd</c>.</param>
public sealed record TaskOrderRequest([property: Required] string? Text, string? Person, string? Post, [property: Required] string? Term);

/// <summary>Reads the tasks of a decision.</summary>
static class TaskOrders
{
    const int MaxTasks = 20;
    const int MaxId = 60;

    public static ImmutableArray<TaskOrder> Of(Fields fields, IReadOnlyList<TaskOrderRequest>? tasks, Caller caller)
    {
        if (tasks?.Count > MaxTasks)
            fields.Wrong("tasks", $"最多 {MaxTasks} 项", $"has more than {MaxTasks} tasks");
        return [.. (tasks ?? []).Take(MaxTasks).Select((t, i) => Of(fields, $"tasks[{i}]", t, caller))];
    }

    static TaskOrder Of(Fields fields, string name, TaskOrderRequest? task, Caller caller)
    {
        var text = fields.Text($"{name}.text", task?.Text, CaseStepEndpoints.MaxReason);
        var person = fields.Text($"{name}.person", task?.Person, MaxId, required: false);
        var post = fields.Text($"{name}.post", task?.Post, MaxId, required: false);
        if ((person.Length == 0) == (post.Length == 0))
            fields.Wrong($"{name}.person", "请指定一个人或一个岗位", "is needed, or else a post, and not both");
        if (post.Length > 0 && caller.Pack.Pack.Posts.All(p => p.Id != post))
            fields.Wrong($"{name}.post", "没有这个岗位", "is no post");
        var term = fields.Text($"{name}.term", task?.Term, MaxId);
        if (term.Length > 0 && Term.Complaint(term) is { } complaint)
            fields.Wrong($"{name}.term", "不是时限", complaint);
        return new(text, person.Length > 0 ? new(caller.Id.Pack, person) : null, post.Length > 0 ? post : null, term);
    }
}
