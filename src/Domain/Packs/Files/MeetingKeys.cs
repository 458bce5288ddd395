using System.Collections.Immutable;
using System.Globalization;

namespace GridActors.Domain.Packs.Files;

/// <summary>The key <c>meetings</c> of the catalogue.</summary>
static class MeetingKeys
{
    static readonly Dictionary<string, DayOfWeek> Weekdays = Enum.GetValues<DayOfWeek>().ToDictionary(d => d.ToString().ToLowerInvariant());

    const int MaxDayOfMonth = 31;

    public static ImmutableArray<MeetingRule> Read(YamlMap map, PackHead? head)
    {
        var rules = ImmutableArray.CreateBuilder<MeetingRule>();
        foreach (var item in map.Maps("meetings", "a meeting", required: false))
        {
            var level = item.Text(
                "level",
                id => head is null || head.Depth(id) is not null ? null : $"level {id} is not in {PackFiles.Pack}"
            );
            var (weekday, day) = (item.Optional("weekday", WeekdayComplaint), item.Optional("day", DayComplaint));
            if (weekday is null == day is null)
                item.Wrong($"the meeting of level {level} needs a weekday or a day of the month, and not both");
            var at = item.Text("at", TimeComplaint);
            var posts = item.Texts("posts", required: true);
            foreach (var post in posts)
                if (head is not null && !head.Posts.ContainsKey(post))
                    item.Wrong($"post {post} of the meeting of level {level} is not in {PackFiles.Pack}");
            item.Done();
            if (rules.Any(r => r.Level == level))
                item.Wrong($"the meeting of level {level} stands twice");
            rules.Add(
                new(
                    level,
                    weekday is not null && Weekdays.TryGetValue(weekday, out var on) ? on : null,
                    int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
                    TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : default,
                    posts
                )
            );
        }
        return rules.ToImmutable();
    }

    static string? WeekdayComplaint(string text) =>
        Weekdays.ContainsKey(text) ? null : $"\"{text}\" must be one of {string.Join(", ", Weekdays.Keys)}";

    static string? DayComplaint(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= MaxDayOfMonth
            ? null
            : $"\"{text}\" must be a day of the month, 1 to {MaxDayOfMonth}";

    static string? TimeComplaint(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : $"\"{text}\" must be a time like 15:00";
}
