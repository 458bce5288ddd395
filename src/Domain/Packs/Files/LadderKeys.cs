using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>The key <c>ladder</c> of the catalogue and of a category.</summary>
static class LadderKeys
{
    /// <summary>
    /// A case climbs by what was promised and by the clock of the level where it stands. A claim that lapses stays on its level, and a
    /// settled case doesn't climb.
    /// </summary>
    static readonly ClockName[] Clocks =
    [
        ClockName.Respond,
        ClockName.OnSite,
        ClockName.Solve,
        ClockName.Reply,
        ClockName.Step,
        ClockName.Forward,
    ];

    /// <returns>Null when the key is missing.</returns>
    public static ImmutableArray<LadderStep>? Read(YamlMap map, string what, PackHead? head)
    {
        if (!map.Has("ladder"))
            return null;
        var steps = ImmutableArray.CreateBuilder<LadderStep>();
        var last = int.MaxValue;
        foreach (var item in map.Maps("ladder", $"a step of {what}", required: false))
        {
            var step = ReadStep(item, what, head);
            if (head?.Depth(step.Level) is { } depth)
            {
                if (depth >= last)
                    item.Wrong($"level {step.Level} of {what} is not above the one before it");
                last = depth;
            }
            steps.Add(step);
        }
        return steps.ToImmutable();
    }

    static LadderStep ReadStep(YamlMap item, string what, PackHead? head)
    {
        var level = item.Text("level", id => head is null || head.Depth(id) is not null ? null : $"level {id} is not in {PackFiles.Pack}");
        var posts = item.Texts("posts", required: true);
        foreach (var post in posts)
            if (head is not null && !head.Posts.ContainsKey(post))
                item.Wrong($"post {post} of {what} is not in {PackFiles.Pack}");
            else if (head?.Depth(level) is not null && !head.Posts[post].Levels.Contains(level))
                item.Wrong($"post {post} of {what} is never held at level {level}");
        var clocks = ReadClocks(item, what);
        var climbsOn = ReadClockNames(item, "climbsOn", what, "climb on", Clocks);
        var step = new LadderStep(level, posts, clocks, climbsOn, item.Flag("keepsClaim"));
        item.Done();
        return step;
    }

    /// <summary>A list of names of clocks.</summary>
    /// <param name="use">What the clocks are for, for messages.</param>
    public static ImmutableArray<ClockName> ReadClockNames(YamlMap item, string key, string what, string use, ClockName[] known)
    {
        var clocks = ImmutableArray.CreateBuilder<ClockName>();
        var names = known.ToDictionary(c => JsonNamingPolicy.CamelCase.ConvertName(c.ToString()));
        foreach (var name in item.Texts(key, required: false))
            if (names.TryGetValue(name, out var clock))
                clocks.Add(clock);
            else
                item.Wrong($"\"{name}\" of {what} is no clock to {use}; there are {string.Join(", ", names.Keys)}");
        return clocks.ToImmutable();
    }

    static StepClocks ReadClocks(YamlMap item, string what)
    {
        if (item.Map("clocks", $"the clocks of a step of {what}") is not { } map)
            return StepClocks.None;
        var clocks = new StepClocks(ReadClock("respond"), ReadClock("step"), ReadClock("idle"));
        map.Done();
        return clocks;

        ClockTerm? ReadClock(string name) => ClockTerm.Parse(map.Optional(name, ClockTerm.Complaint));
    }
}
