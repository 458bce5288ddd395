using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Domain;
using GridActors.Domain.Clocks;

namespace GridActors.Silo.Verbs;

/// <summary>Answers questions about due times, one line each.</summary>
sealed class ClockAnswers(WorkingTime time, TextWriter output, bool asJson)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>
    /// In UTF-8 whatever the terminal's language is, and flushed after every line: a program may wait for it before its next one.
    /// </summary>
    public static TextWriter Output() =>
        new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 64 * 1024) { AutoFlush = true, NewLine = "\n" };

    /// <returns>False when a line was wrong. It is answered with an error in its place, and the others are answered.</returns>
    public bool Lines(TextReader input)
    {
        var isSound = true;
        for (var number = 1; input.ReadLine() is { } line; number++)
        {
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var from, var term])
                isSound &= Answer(from, term, number);
            else
                isSound &= Refuse("a line is a time and a term, as 2026-02-12T16:40:00+08:00 7wd", number);
        }
        return isSound;
    }

    public bool One(string from, string term) => Answer(from, term, line: null);

    public void Hours(WorkSchedule schedule, string timeZone)
    {
        var hours = new HoursJson(
            schedule.Calendar.Name,
            timeZone,
            Written(schedule.Office),
            [.. schedule.Calendar.Years.Select(y => y.Year)],
            NotEmpty(schedule.Seasons, s => new SeasonJson(s.From.ToString(), s.To.ToString(), Written(s.Office))),
            NotEmpty(schedule.Closures, c => new ClosureJson(c.From, c.To, c.Reason)),
            NotEmpty(schedule.Workdays, w => new WorkdayJson(w.Date, w.Reason))
        );
        if (asJson)
        {
            Write(hours);
            return;
        }
        output.WriteLine($"Calendar: {hours.Calendar}, published for {string.Join(", ", hours.Years)}");
        output.WriteLine($"Time zone: {hours.TimeZone}");
        output.WriteLine($"Office hours: {Readable(hours.Office)}");
        foreach (var season in hours.Seasons ?? [])
            output.WriteLine($"From {season.From} to {season.To}: {Readable(season.Office)}");
        foreach (var closure in hours.Closures ?? [])
            output.WriteLine($"Closed from {closure.From:yyyy-MM-dd} to {closure.To:yyyy-MM-dd}: {closure.Reason}");
        foreach (var workday in hours.Workdays ?? [])
            output.WriteLine($"Extra workday {workday.Date:yyyy-MM-dd}: {workday.Reason}");
    }

    bool Answer(string from, string term, int? line)
    {
        if (!WrittenTime.TryParse(from, out var start))
            return Refuse($"\"{from}\" is no time; write RFC 3339 with its offset, as 2026-02-12T16:40:00+08:00", line);
        if (!WorkingTime.Covers(start))
            return Refuse($"\"{from}\" lies outside the years {WorkingTime.First.Year} to {WorkingTime.Last.Year - 1}", line);
        if (Term.Parse(term) is not { } parsed)
            return Refuse(Term.Complaint(term)!, line);
        var why = DueExplanation.Of(time, new ClockRun(start, parsed));
        var dueAt = WrittenTime.Write(why.Due.At);
        if (asJson)
            Write(
                new DueJson(
                    WrittenTime.Write(time.Local(start)),
                    term,
                    dueAt,
                    why.Due.Provisional,
                    why.Chinese,
                    why.English,
                    why.Counted,
                    why.Skipped
                )
            );
        else if (line is null)
            output.WriteLine($"{dueAt}{(why.Due.Provisional ? " (provisional)" : "")}\n{why.Chinese}\n{why.English}");
        else
            output.WriteLine($"{dueAt}{(why.Due.Provisional ? " (provisional)" : "")}  {why.English}");
        return true;
    }

    bool Refuse(string why, int? line)
    {
        if (asJson)
            Write(new ErrorJson(line, why));
        else
            output.WriteLine(line is null ? $"error: {why}" : $"line {line}: error: {why}");
        return false;
    }

    void Write<T>(T answer) => output.WriteLine(JsonSerializer.Serialize(answer, Json));

    static ImmutableArray<TJson>? NotEmpty<T, TJson>(ImmutableArray<T> items, Func<T, TJson> json) =>
        items.IsEmpty ? null : [.. items.Select(json)];

    static ImmutableArray<string[]> Written(OfficeHours office) =>
        [.. office.Intervals.Select(i => new[] { OfficeInterval.Write(i.Opens), OfficeInterval.Write(i.Closes) })];

    static string Readable(ImmutableArray<string[]> office) => string.Join(", ", office.Select(i => $"{i[0]}-{i[1]}"));

    sealed record DueJson(
        string From,
        string Term,
        string DueAt,
        bool Provisional,
        string Explanation,
        string ExplanationEn,
        ImmutableArray<DateOnly> Counted,
        ImmutableArray<DateOnly> Skipped
    );

    sealed record ErrorJson(int? Line, string Error);

    /// <summary>What the place doesn't have is left out.</summary>
    sealed record HoursJson(
        string Calendar,
        string TimeZone,
        ImmutableArray<string[]> Office,
        ImmutableArray<int> Years,
        ImmutableArray<SeasonJson>? Seasons,
        ImmutableArray<ClosureJson>? Closures,
        ImmutableArray<WorkdayJson>? Workdays
    );

    sealed record SeasonJson(string From, string To, ImmutableArray<string[]> Office);

    sealed record ClosureJson(DateOnly From, DateOnly To, string Reason);

    sealed record WorkdayJson(DateOnly Date, string Reason);
}
