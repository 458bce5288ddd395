using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Robots;

/// <summary>Writes one message of several notices. A message has a limit in bytes, and what doesn't fit is counted in it.</summary>
public static class RobotText
{
    /// <summary>What WeCom (企业微信) takes in a message of type <c>text</c>, in UTF-8.</summary>
    public const int MaxBytes = 2048;

    /// <summary>More lines than these nobody reads in a group.</summary>
    const int MaxLines = 12;

    /// <summary>More clocks that ran out while the service was down are told in one line together.</summary>
    const int MaxLateLines = 3;
    const string Ellipsis = "…";

    static readonly Dictionary<RobotEvent, (string Zh, string En)> Events = new()
    {
        [RobotEvent.Breached] = ("超期", "Overdue"),
        [RobotEvent.Escalated] = ("升级", "Escalated"),
        [RobotEvent.Supervised] = ("督办", "Supervision notice"),
        [RobotEvent.Consulted] = ("会诊", "Consultation"),
        [RobotEvent.Warned] = ("临期", "Due soon"),
    };

    static readonly Dictionary<ClockName, (string Zh, string En)> Clocks = new()
    {
        [ClockName.Respond] = ("响应", "response"),
        [ClockName.OnSite] = ("到场", "on site"),
        [ClockName.Solve] = ("办结", "solution"),
        [ClockName.Reply] = ("答复", "reply"),
        [ClockName.Step] = ("本级办理", "this level"),
        [ClockName.Answer] = ("督办答复", "answer to the notice"),
        [ClockName.Opinion] = ("会诊意见", "opinions"),
        [ClockName.Forward] = ("外部系统答复", "other system's answer"),
    };

    /// <param name="notices">At least one.</param>
    public static string Of(string place, IReadOnlyList<RobotNotice> notices, bool isEnglish, int maxBytes = MaxBytes)
    {
        var late = notices.Count(n => n.IsLate);
        var areLateListed = late <= MaxLateLines;
        var listed = notices.Where(n => areLateListed || !n.IsLate).OrderBy(n => n.Event).ThenBy(n => n.At).ToList();
        var text = new List<string>();
        if (notices.Count > 1)
            text.Add(isEnglish ? $"{place}: {notices.Count} notices" : $"{place}：{notices.Count} 条提醒");
        if (!areLateListed)
            text.Add(WhileDown([.. notices.Where(n => n.IsLate)], isEnglish));
        var lines = listed.ConvertAll(n => Line(n, isEnglish));
        for (var shown = Math.Min(lines.Count, MaxLines); shown >= 0; shown--)
        {
            IEnumerable<string> all = [.. text, .. lines.Take(shown), .. Rest(listed, shown, isEnglish)];
            var whole = string.Join('\n', all);
            // The only line is cut when it is too long: that is better than a message without it.
            if (shown == 0 || notices.Count == 1 || Encoding.UTF8.GetByteCount(whole) <= maxBytes)
                return Cut(whole, maxBytes);
        }
        throw new ArgumentException("There is no notice.", nameof(notices));
    }

    /// <summary>The text, or as much of its beginning as fits, with whole characters: also of an emoji of several parts.</summary>
    public static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        var left = maxBytes - Encoding.UTF8.GetByteCount(Ellipsis);
        var end = 0;
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            left -= Encoding.UTF8.GetByteCount(text.AsSpan(end, length));
            if (left < 0)
                break;
            end += length;
        }
        return text[..end] + Ellipsis;
    }

    static string Line(RobotNotice n, bool isEnglish)
    {
        var what = Word(Events[n.Event], isEnglish);
        if (n.Clock is { } clock && Clocks.TryGetValue(clock, out var name))
            what += isEnglish ? $" ({name.En})" : $"（{name.Zh}）";
        else if (n.About.Length > 0)
            what += isEnglish ? $" ({n.About})" : $"（{n.About}）";
        var due =
            n.DueAt is not { } at ? ""
            : isEnglish ? $", due {at.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}"
            : $"，期限 {at.ToString("M月d日 HH:mm", CultureInfo.InvariantCulture)}";
        return isEnglish ? $"{what}: {n.Number} {n.Category}, {n.Area}{due}" : $"{what}：{n.Number} {n.Category}，{n.Area}{due}";
    }

    static string WhileDown(IReadOnlyList<RobotNotice> late, bool isEnglish)
    {
        var counted = Counted(late, isEnglish);
        return isEnglish ? $"While the service was down: {counted}" : $"服务中断期间：{counted}";
    }

    static IEnumerable<string> Rest(IReadOnlyList<RobotNotice> listed, int shown, bool isEnglish)
    {
        if (shown == listed.Count)
            return [];
        var rest = listed.Skip(shown).ToList();
        var counted = Counted(rest, isEnglish);
        return [isEnglish ? $"and {rest.Count} more: {counted}" : $"另有 {rest.Count} 条：{counted}"];
    }

    static string Counted(IReadOnlyList<RobotNotice> notices, bool isEnglish) =>
        string.Join(
            isEnglish ? ", " : "，",
            notices
                .GroupBy(n => n.Event)
                .OrderBy(g => g.Key)
                .Select(g => isEnglish ? $"{Events[g.Key].En} {g.Count()}" : $"{Events[g.Key].Zh} {g.Count()} 条")
        );

    static string Word((string Zh, string En) word, bool isEnglish) => isEnglish ? word.En : word.Zh;
}
