using System.Collections.Immutable;

namespace GridActors.Domain.Packs.Files;

/// <summary>The key <c>robots</c> of <c>pack.yaml</c>.</summary>
static class RobotKeys
{
    static readonly Dictionary<string, RobotEvent> Events = Enum.GetValues<RobotEvent>().ToDictionary(e => e.ToString().ToLowerInvariant());

    public static ImmutableArray<(GroupRobot Robot, int Line)> Read(YamlMap map)
    {
        var robots = ImmutableArray.CreateBuilder<(GroupRobot Robot, int Line)>();
        foreach (var item in map.Maps("robots", "a robot", required: false))
        {
            var id = item.Text("id", Formats.Id);
            var robot = new GroupRobot(
                id,
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                item.Texts("areas", required: false),
                ReadEvents(item, id),
                item.Optional("language", LanguageComplaint) == "en"
            );
            item.Done();
            if (robots.Any(r => r.Robot.Id == id))
                item.Wrong($"robot {id} stands twice");
            robots.Add((robot, item.Line));
        }
        return robots.ToImmutable();
    }

    /// <summary>Checks what another file says: whether the areas exist.</summary>
    public static void Check(PackHead? head, AreasFile? areas, PackErrors errors)
    {
        if (head is null || areas is null)
            return;
        foreach (var (robot, line) in head.Robots)
        foreach (var code in robot.Areas.Where(code => !areas.Knows(code)))
            errors.Add(PackFiles.Pack, line, $"robot {robot.Id} tells of area {code}, which is not in {PackFiles.Areas}");
    }

    static ImmutableArray<RobotEvent> ReadEvents(YamlMap item, string id)
    {
        var events = ImmutableArray.CreateBuilder<RobotEvent>();
        foreach (var word in item.Texts("events", required: true))
            if (Events.TryGetValue(word, out var known))
                events.Add(known);
            else
                item.Wrong($"\"{word}\" of robot {id} is nothing that a robot tells; there are {string.Join(", ", Events.Keys)}");
        return events.ToImmutable();
    }

    static string? LanguageComplaint(string text) => text is "zh" or "en" ? null : $"\"{text}\" must be zh or en";
}
