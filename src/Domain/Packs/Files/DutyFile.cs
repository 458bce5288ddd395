using System.Globalization;
using GridActors.Domain.Clocks;
using GridActors.Domain.Rotas;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>duty.csv</c>: who is on duty when. A pack without rotas has no such file.</summary>
/// <param name="Shifts">Each with its line.</param>
sealed record DutyFile(IReadOnlyList<(Shift Shift, int Line)> Shifts)
{
    static readonly string[] Required = ["rota", "area", "person", "from"];
    static readonly string[] Optional = ["to", "days", "begins", "ends"];

    static readonly Dictionary<string, DutyDays> Days = Enum.GetValues<DutyDays>()
        .Where(d => d != DutyDays.None)
        .ToDictionary(d => d.ToString().ToLowerInvariant());

    public static DutyFile Read(PackFiles files, PackHead? head, AreasFile? areas, PeopleList? people, PackErrors errors)
    {
        if (CsvTable.Read(files, PackFiles.Duty, Required, Optional, errors) is not { } table)
            return new([]);
        var shifts = new List<(Shift, int)>(table.Lines.Count);
        var seen = new Dictionary<Shift, int>();
        foreach (var line in table.Lines)
        {
            var reader = new LineReader(line, errors);
            var shift = reader.Read(head);
            if (areas is not null && !areas.Knows(shift.Area))
                reader.Wrong($"area {shift.Area} is not in {PackFiles.Areas}");
            if (people is not null && !people.Knows(shift.Person))
                reader.Wrong($"person {shift.Person} is not in {PackFiles.People}");
            if (!seen.TryAdd(shift, line.Number))
                reader.Wrong($"this stands twice; first in line {seen[shift]}");
            else
                shifts.Add((shift, line.Number));
        }
        return new(shifts);
    }

    readonly record struct LineReader(CsvLine Line, PackErrors Errors)
    {
        public void Wrong(string message) => Errors.Add(PackFiles.Duty, Line.Number, message);

        public Shift Read(PackHead? head)
        {
            Rota? rota = null;
            if (head is not null && !head.Rotas.TryGetValue(Line["rota"], out rota))
                Wrong($"rota {Line["rota"]} is not in {PackFiles.Pack}");
            var (from, to) = (Date("from") ?? default, Line["to"].Length == 0 ? null : Date("to"));
            if (to < from)
                Wrong($"the shift ends on {Line["to"]}, before it begins on {Line["from"]}");
            return new(
                Line["rota"],
                Line["area"],
                Line["person"],
                from,
                to,
                ReadDays(),
                Minute("begins") ?? rota?.Begins ?? 0,
                Minute("ends") ?? rota?.Ends ?? 0
            );
        }

        DateOnly? Date(string column)
        {
            if (DateOnly.TryParseExact(Line[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                if (day.Year is >= 1900 and < 3000)
                    return day;
            Wrong($"{column} is \"{Line[column]}\"; it must be a date like 2026-07-05");
            return null;
        }

        int? Minute(string column)
        {
            if (Line[column].Length == 0)
                return null;
            if (OfficeInterval.Minute(Line[column]) is { } minute)
                return minute;
            Wrong($"{column} is \"{Line[column]}\"; it must be a time of the day like 17:30");
            return null;
        }

        DutyDays ReadDays()
        {
            var days = DutyDays.None;
            foreach (var word in Line["days"].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                if (Days.TryGetValue(word.ToLowerInvariant(), out var day))
                    days |= day;
                else
                    Wrong($"days: \"{word}\" must be one of {string.Join(", ", Days.Keys)}");
            return days;
        }
    }
}
