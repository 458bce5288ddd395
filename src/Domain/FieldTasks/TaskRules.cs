using GridActors.Contracts.FieldTasks;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Domain.FieldTasks;

/// <summary>What is wrong with a part of a definition, in both languages.</summary>
public readonly record struct TaskProblem(string Part, string Chinese, string English);

/// <summary>Whether the definition of a task makes sense, wherever it comes from: the API or a pack.</summary>
public static class TaskRules
{
    public const int MaxTitle = 100;
    public const int MaxText = 2000;
    public const int MaxItems = 30;
    public const int MaxName = 100;
    public const int MaxLink = 500;
    public const int MaxMinutes = 24 * 60;

    /// <param name="levels">The ids of the pack's levels.</param>
    /// <param name="posts">The ids of the pack's posts.</param>
    public static IEnumerable<TaskProblem> Check(TaskDefinition task, IReadOnlyCollection<string> levels, IReadOnlyCollection<string> posts)
    {
        if (task.Title.Length is 0 or > MaxTitle)
            yield return new("title", $"1 至 {MaxTitle} 个字", $"has 1 to {MaxTitle} characters");
        if (task.Text.Length > MaxText)
            yield return new("text", $"最多 {MaxText} 个字", $"has more than {MaxText} characters");
        foreach (var level in task.Audience.Levels.Where(l => !levels.Contains(l)))
            yield return new("audience.levels", $"没有层级 {level}", $"names {level}, which is no level");
        foreach (var post in task.Audience.Posts.Where(p => !posts.Contains(p)))
            yield return new("audience.posts", $"没有岗位 {post}", $"names {post}, which is no post");
        if (task.Audience.Posts.IsEmpty && (task.Audience.Levels.IsEmpty || task.Audience.PerHolder))
            yield return new("audience.posts", "请选择岗位或层级", "names no post, and no level whose areas have the to-dos");
        if (task.Checklist.Length > MaxItems)
            yield return new("checklist", $"最多 {MaxItems} 项", $"has more than {MaxItems} items");
        if (task.Checklist.Any(i => i.Name.Length is 0 or > MaxName || i.NameEn.Length > MaxName || i.Id.Length is 0 or > 40))
            yield return new("checklist", "清单项缺少编号或名称，或名称过长", "has an item whose id or name is missing or too long");
        if (task.Checklist.DistinctBy(i => i.Id).Count() < task.Checklist.Length)
            yield return new("checklist", "清单项编号重复", "has two items with one id");
        if (task.Link.Length > 0 && !IsAddress(task.Link))
            yield return new("link", "应为 http 或 https 网址", "is no http or https address");
        if (task.Proof == TaskProof.Count && task.CountName.Length is 0 or > MaxName)
            yield return new("countName", "请说明要填报的数量", "says what is counted");
        if (task.Minutes is < 1 or > MaxMinutes)
            yield return new("minutes", $"1 至 {MaxMinutes} 分钟", $"is between 1 and {MaxMinutes}");
        if (task.RemindBefore is { } term && Term.Parse(term) is null)
            yield return new("remindBefore", "应为 30m、4wh、1wd 这样的时限", "is no term like 30m, 4wh or 1wd");
    }

    public static IEnumerable<TaskProblem> Check(TaskDefinition task, LoadedPack pack) =>
        Check(task, [.. pack.Pack.Levels.Select(l => l.Id)], [.. pack.Pack.Posts.Select(p => p.Id)]);

    /// <summary>When a task that is sent now is due, and when it reminds. A reminder whose moment has passed is none.</summary>
    public static (DateTimeOffset? DueAt, DateTimeOffset? RemindAt) Times(
        WorkingTime time,
        TaskDefinition task,
        DateTimeOffset? dueAt,
        string? term,
        DateTimeOffset now
    )
    {
        var due = dueAt ?? (Term.Parse(term) is { } t ? time.Due(now, t).At : null);
        if (due is null || Term.Parse(task.RemindBefore) is not { } before)
            return (due, null);
        var remind = time.Before(due.Value, before);
        return (due, remind > now ? remind : null);
    }

    static bool IsAddress(string link) =>
        link.Length <= MaxLink && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
