using System.CommandLine;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs.Files;

namespace GridActors.Silo.Verbs;

/// <summary>
/// <c>clock due</c> and <c>clock hours</c>: when a term is due by the working time of a pack, and why. They read the pack's files and need
/// neither a database nor a running service; <c>clock what-if</c> needs a database.
/// </summary>
static class ClockCommand
{
    public static Command Create() =>
        new("clock", "Due times, by a pack's calendar and office hours.") { Due(), Hours(), ClockWhatIf.Create(Pack(), Json()) };

    static Command Due()
    {
        var (pack, json) = (Pack(), Json());
        var input = new Argument<string?>("input")
        {
            Description = "A hyphen: answer every line \"<time> <term>\" of the standard input with one line.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var from = new Option<string?>("--from") { Description = "The start, RFC 3339 with its offset: 2026-02-12T16:40:00+08:00." };
        var term = new Option<string?>("--term") { Description = "Minutes, hours, working hours or working days: 30m, 24h, 4wh, 7wd." };
        var due = new Command("due", "Says when a term is due, and which days were counted.") { input, pack, json, from, term };
        due.Validators.Add(result =>
        {
            var (read, hasFrom, hasTerm) = (result.GetValue(input), result.GetResult(from), result.GetResult(term));
            if (read is not null && read != "-")
                result.AddError($"\"{read}\" can't be read: name - for the standard input, or --from and --term");
            else if (read is null ? hasFrom is null || hasTerm is null : hasFrom is not null || hasTerm is not null)
                result.AddError("clock due takes --from and --term, or - for lines on the standard input");
        });
        due.SetAction(result =>
        {
            if (Working(result.GetValue(pack)!) is not { } working)
                return 1;
            using var output = ClockAnswers.Output();
            var answers = new ClockAnswers(working.Time, output, result.GetValue(json));
            if (result.GetValue(input) is null)
                return answers.One(result.GetValue(from)!, result.GetValue(term)!) ? 0 : 1;
            using var lines = new StreamReader(Console.OpenStandardInput());
            return answers.Lines(lines) ? 0 : 1;
        });
        return due;
    }

    static Command Hours()
    {
        var (pack, json) = (Pack(), Json());
        var hours = new Command("hours", "Shows the calendar and the office hours of a pack.") { pack, json };
        hours.SetAction(result =>
        {
            if (Working(result.GetValue(pack)!) is not { } working)
                return 1;
            using var output = ClockAnswers.Output();
            new ClockAnswers(working.Time, output, result.GetValue(json)).Hours(working.Schedule, working.TimeZone);
            return 0;
        });
        return hours;
    }

    static Option<string> Pack() => new("--pack") { Description = "A pack's name, or its folder.", Required = true };

    /// <summary>Without an argument, so that the hyphen after it isn't taken for one.</summary>
    static Option<bool> Json() => new("--json") { Description = "One JSON object a line instead of text.", Arity = ArgumentArity.Zero };

    /// <returns>Null, and the reasons are printed, when there is no such pack or it has errors.</returns>
    internal static (string Pack, WorkingTime Time, WorkSchedule Schedule, string TimeZone)? Working(string pack)
    {
        var folder = PacksCommand.Folder(pack);
        if (!Directory.Exists(folder))
        {
            Terminal.Fail($"There is no pack {pack}: name one of the packs, or a folder.");
            return null;
        }
        if (PackReader.ReadWorkingTime(folder, out var errors) is { } read)
            return (read.Pack, new WorkingTime(read.Schedule, read.TimeZone), read.Schedule, read.TimeZone);
        foreach (var error in errors)
            Console.Error.WriteLine($"{pack}/{error}");
        return null;
    }
}
