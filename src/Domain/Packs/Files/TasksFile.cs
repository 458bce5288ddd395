using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.FieldTasks;
using GridActors.Domain.Clocks;
using GridActors.Domain.FieldTasks;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>tasks.yaml</c>: tasks that are ready to be sent down.</summary>
static class TasksFile
{
    const string ExampleOfTime = "08:00";

    public static ImmutableArray<TaskTemplate> Read(PackFiles files, PackHead? head, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Tasks, "the tasks", errors) is not { } map)
            return [];
        var templates = ImmutableArray.CreateBuilder<TaskTemplate>();
        foreach (var item in map.Maps("tasks", "a task", required: true))
        {
            var template = ReadTask(item);
            if (templates.Any(t => t.Id == template.Id))
                item.Wrong($"task {template.Id} stands twice");
            if (head is not null)
                foreach (var problem in TaskRules.Check(template.Definition, [.. head.Levels.Select(l => l.Id)], [.. head.Posts.Keys]))
                    item.Wrong($"{problem.Part} of task {template.Id} {problem.English}");
            templates.Add(template);
        }
        map.Done();
        return templates.ToImmutable();
    }

    static TaskTemplate ReadTask(YamlMap item)
    {
        var id = item.Text("id", Formats.Id);
        var levels = item.Texts("levels", required: false);
        var posts = item.Texts("posts", required: false);
        var term = Term(item);
        var definition = new TaskDefinition(
            item.Text("title", Formats.Name),
            item.Optional("titleEn", Formats.Name) ?? "",
            item.Optional("text") ?? "",
            Of(TaskNames.Kinds, item, "kind", "work"),
            new(levels, posts, item.Flag("perHolder")),
            [.. item.Maps("checklist", "an item of a checklist", required: false).Select(ReadItem)],
            [],
            item.Optional("link") ?? "",
            Of(TaskNames.Proofs, item, "proof", "none"),
            item.Optional("count", Formats.Name) ?? "",
            Minutes(item),
            item.Optional("remindBefore", Clocks.Term.Complaint)
        );
        var template = new TaskTemplate(id, definition, term, ReadRule(item, term));
        item.Done();
        return template;
    }

    static TaskItem ReadItem(YamlMap item)
    {
        var read = new TaskItem(item.Text("id", Formats.Id), item.Text("name", Formats.Name), item.Optional("nameEn", Formats.Name) ?? "");
        item.Done();
        return read;
    }

    static TaskScheduleRule? ReadRule(YamlMap item, string? term)
    {
        if (item.Map("schedule", "schedule") is not { } map)
            return null;
        var rule = new TaskScheduleRule(
            map.Text("rule", t => ScheduleRuns.IsRecurrence(t) ? null : $"\"{t}\" is no recurrence like FREQ=WEEKLY;BYDAY=TU"),
            default,
            TimeOnly.TryParseExact(
                map.Text(
                    "at",
                    t =>
                        OfficeInterval.Minute(t) is >= 0 and < OfficeInterval.MinutesOfDay
                            ? null
                            : $"\"{t}\" is no time like {ExampleOfTime}"
                ),
                "HH:mm",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var at
            )
                ? at
                : default,
            Of(TaskNames.Days, map, "days", "working"),
            Of(TaskNames.Missed, map, "missed", "latest"),
            term
        );
        map.Done();
        return rule;
    }

    static string? Term(YamlMap item) => item.Optional("term", Clocks.Term.Complaint);

    static int? Minutes(YamlMap item)
    {
        var text = item.Optional("minutes", t => Number(t) is null ? $"\"{t}\" must be a number of minutes" : null);
        return text is null ? null : Number(text);

        static int? Number(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    static T Of<T>(IReadOnlyDictionary<string, T> names, YamlMap item, string key, string standard) =>
        names.GetValueOrDefault(
            item.Optional(key, text => names.ContainsKey(text) ? null : $"\"{text}\" must be one of {string.Join(", ", names.Keys)}")
                ?? standard
        )!;
}
