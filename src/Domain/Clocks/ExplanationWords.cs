using System.Collections.Immutable;
using System.Globalization;

namespace GridActors.Domain.Clocks;

/// <summary>The parts of an explanation that both languages put together in the same way.</summary>
abstract class ExplanationWords(WorkingTime time, DueStage stage)
{
    /// <summary>A sentence names this many runs of days; of a longer list it says how many days there are.</summary>
    const int MaxRuns = 24;

    protected DueStage Stage { get; } = stage;

    public string Sentence(ImmutableArray<UsedDay> days) =>
        Stage.Term.Unit switch
        {
            TermUnit.WorkingDays => OfWorkingDays(days),
            TermUnit.WorkingHours => OfWorkingHours(days),
            _ => OfRunningTime(),
        };

    protected abstract string OfWorkingDays(ImmutableArray<UsedDay> days);

    protected abstract string OfWorkingHours(ImmutableArray<UsedDay> days);

    protected abstract string OfRunningTime();

    protected abstract string Label(UsedDay day);

    protected abstract string Run(string first, string last, string label);

    protected abstract string Join(IEnumerable<string> runs, int days, bool isWhole);

    /// <summary>The days of one use: neighbours of the same kind as one run; empty when there are none.</summary>
    protected string Runs(ImmutableArray<UsedDay> days, DayUse use)
    {
        var runs = new List<(UsedDay First, UsedDay Last, string Label)>();
        var count = 0;
        foreach (var day in days)
        {
            if (day.Use != use)
                continue;
            count++;
            var label = Label(day);
            if (runs.Count > 0 && runs[^1] is var run && run.Last.Date.AddDays(1) == day.Date && run.Label == label)
                runs[^1] = (run.First, day, label);
            else
                runs.Add((day, day, label));
        }
        if (count == 0)
            return "";
        var told = runs.Take(MaxRuns).Select(r => Run(Date(r.First.Date), r.First.Date == r.Last.Date ? "" : Date(r.Last.Date), r.Label));
        return Join(told, count, runs.Count <= MaxRuns);
    }

    /// <summary>Without the year in the year of the start.</summary>
    string Date(DateOnly day) =>
        day.ToString(day.Year == time.DayOf(Stage.From).Year ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected string At(DateTimeOffset at) =>
        time.Local(at).ToString(at.UtcTicks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    protected DateOnly Day(DateTimeOffset at) => time.DayOf(at);

    protected static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static int Count(ImmutableArray<UsedDay> days, DayUse use) => days.Count(d => d.Use == use);

    /// <summary>The parts of a duration that aren't zero, the larger first.</summary>
    protected static string Duration(TimeSpan time, string hours, string minutes, string seconds)
    {
        var parts = new List<string>();
        if (time >= TimeSpan.FromHours(1))
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours)}{hours}"));
        if (time.Minutes > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}{minutes}"));
        var rest = TimeSpan.FromTicks(time.Ticks % TimeSpan.TicksPerMinute).TotalSeconds;
        if (rest > 0 || parts.Count == 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rest:0.#######}{seconds}"));
        return string.Join(hours.StartsWith(' ') ? " " : "", parts);
    }
}

sealed class ChineseExplanation(WorkingTime time, DueStage stage) : ExplanationWords(time, stage)
{
    protected override string OfWorkingDays(ImmutableArray<UsedDay> days)
    {
        var (counted, skipped, held) = (Runs(days, DayUse.Counted), Runs(days, DayUse.Skipped), Runs(days, DayUse.Held));
        return $"{Opening()}个工作日，自{Moment(Stage.From)}起，当日不计；计入{counted}"
            + (skipped.Length > 0 ? $"；不计{skipped}" : "")
            + (held.Length > 0 ? $"；暂停顺延{Count(days, DayUse.Held)}个工作日：{held}" : "")
            + $"；第{Stage.Term.Count}个工作日下班时到期，即{Moment(Stage.Due)}";
    }

    protected override string OfWorkingHours(ImmutableArray<UsedDay> days)
    {
        var (counted, skipped) = (Runs(days, DayUse.Counted), Runs(days, DayUse.Skipped));
        return $"{Opening()}个工作时，自{Moment(Stage.From)}起，只计工作日办公时间；计入{counted}"
            + (skipped.Length > 0 ? $"；不计{skipped}" : "")
            + Pauses()
            + $"；{Moment(Stage.Due)}到期";
    }

    protected override string OfRunningTime() =>
        $"{Opening()}{(Stage.Term.Unit == TermUnit.Hours ? "小时" : "分钟")}，自{Moment(Stage.From)}起连续计算，节假日不扣除"
        + Pauses()
        + $"；{Moment(Stage.Due)}到期";

    protected override string Label(UsedDay day)
    {
        var why = day.Day.Kind switch
        {
            DayKind.Weekend => "周末",
            DayKind.Holiday => $"{day.Day.Name}放假",
            DayKind.MakeUp => "调休上班",
            DayKind.Closure => $"停止办公：{day.Day.Name}",
            DayKind.Extra => $"加班：{day.Day.Name}",
            _ => "",
        };
        if (day.Worked == TimeSpan.Zero)
            return why;
        var worked = Duration(day.Worked, "小时", "分", "秒");
        return why.Length == 0 ? worked : $"{why}，{worked}";
    }

    protected override string Run(string first, string last, string label) =>
        (last.Length > 0 ? $"{first}至{last}" : first)
        + (
            label.Length == 0 ? ""
            : last.Length > 0 && char.IsAsciiDigit(label[0]) ? $"（每天{label}）"
            : $"（{label}）"
        );

    protected override string Join(IEnumerable<string> runs, int days, bool isWhole) =>
        string.Join("、", runs) + (isWhole ? "" : $"等，共{days}天");

    string Opening() => (Stage.IsExtension ? "经批准延期" : "") + Stage.Term.Count.ToString(CultureInfo.InvariantCulture);

    string Pauses() =>
        Stage.Pauses.IsEmpty ? "" : $"；扣除暂停{string.Join("、", Stage.Pauses.Select(p => $"{Moment(p.From)}至{Moment(p.To)}"))}";

    string Moment(DateTimeOffset at) => $"{Iso(Day(at))}（周{"日一二三四五六"[(int)Day(at).DayOfWeek]}）{At(at)}";
}

sealed class EnglishExplanation(WorkingTime time, DueStage stage) : ExplanationWords(time, stage)
{
    protected override string OfWorkingDays(ImmutableArray<UsedDay> days)
    {
        var (counted, skipped, held) = (Runs(days, DayUse.Counted), Runs(days, DayUse.Skipped), Runs(days, DayUse.Held));
        return $"{Opening("working day")} from {Moment(Stage.From)}, that day not counted: counted {counted}"
            + (skipped.Length > 0 ? $"; left out {skipped}" : "")
            + (held.Length > 0 ? $"; held by a pause, {Number(Count(days, DayUse.Held), "working day")}: {held}" : "")
            + $"; due at the close of office hours of working day {Stage.Term.Count}, {Moment(Stage.Due)}";
    }

    protected override string OfWorkingHours(ImmutableArray<UsedDay> days)
    {
        var (counted, skipped) = (Runs(days, DayUse.Counted), Runs(days, DayUse.Skipped));
        return $"{Opening("working hour")} from {Moment(Stage.From)}, office hours of working days alone: counted {counted}"
            + (skipped.Length > 0 ? $"; left out {skipped}" : "")
            + Pauses()
            + $"; due {Moment(Stage.Due)}";
    }

    protected override string OfRunningTime() =>
        $"{Opening(Stage.Term.Unit == TermUnit.Hours ? "hour" : "minute")} from {Moment(Stage.From)}, without a stop and days off included"
        + Pauses()
        + $"; due {Moment(Stage.Due)}";

    protected override string Label(UsedDay day)
    {
        var name = day.Day.NameEn.Length > 0 ? day.Day.NameEn : day.Day.Name;
        var why = day.Day.Kind switch
        {
            DayKind.Weekend => "weekend",
            DayKind.Holiday => name,
            DayKind.MakeUp => "make-up workday",
            DayKind.Closure => $"offices closed: {name}",
            DayKind.Extra => $"extra workday: {name}",
            _ => "",
        };
        if (day.Worked == TimeSpan.Zero)
            return why;
        var worked = Duration(day.Worked, " h", " min", " s");
        return why.Length == 0 ? worked : $"{why}, {worked}";
    }

    protected override string Run(string first, string last, string label) =>
        (last.Length > 0 ? $"{first} to {last}" : first)
        + (
            label.Length == 0 ? ""
            : last.Length > 0 && char.IsAsciiDigit(label[0]) ? $" ({label} each)"
            : $" ({label})"
        );

    protected override string Join(IEnumerable<string> runs, int days, bool isWhole) =>
        string.Join(", ", runs) + (isWhole ? "" : $" and more, {days} days in all");

    string Opening(string unit) => (Stage.IsExtension ? "Extended by " : "") + Number(Stage.Term.Count, unit);

    string Pauses() =>
        Stage.Pauses.IsEmpty
            ? ""
            : $"; less the pause {string.Join(" and ", Stage.Pauses.Select(p => $"from {Moment(p.From)} to {Moment(p.To)}"))}";

    string Moment(DateTimeOffset at) => $"{Day(at).DayOfWeek.ToString()[..3]} {Iso(Day(at))} {At(at)}";

    static string Number(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
