using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>
/// The official calendars: a folder for each, in it a file for each year as NateScarlet/holiday-cn publishes it, and <c>names.json</c>
/// with the English names of the occasions.
/// </summary>
sealed class CalendarFiles
{
    public const string Folder = "calendar";
    public const string Pattern = "*.json";
    const string Names = "names.json";

    readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public void Add(string name, byte[] bytes) => _files[name] = bytes;

    /// <summary>What is wrong with the name of a calendar.</summary>
    public string? Complaint(string calendar) =>
        In(calendar).Any()
            ? null
            : $"\"{calendar}\" is no calendar; there is {string.Join(", ", _files.Keys.Select(f => f.Split('/')[1]).Distinct())}";

    public OfficialCalendar Read(string calendar, PackErrors errors)
    {
        var names = ReadNames(calendar, errors);
        var years = ImmutableArray.CreateBuilder<CalendarYear>();
        foreach (var (file, bytes) in In(calendar).Where(f => !f.File.EndsWith($"/{Names}", StringComparison.Ordinal)))
            // A year whose schedule isn't published yet has a file without days.
            if (ReadYear(file, bytes, names, errors) is { Days.IsEmpty: false } year)
                years.Add(year);
        return new(calendar, years.ToImmutable());
    }

    IEnumerable<(string File, byte[] Bytes)> In(string calendar) =>
        _files.Where(f => f.Key.StartsWith($"{Folder}/{calendar}/", StringComparison.Ordinal)).Select(f => (f.Key, f.Value));

    Dictionary<string, string> ReadNames(string calendar, PackErrors errors)
    {
        var file = $"{Folder}/{calendar}/{Names}";
        return _files.TryGetValue(file, out var bytes) ? Parse<Dictionary<string, string>>(file, bytes, errors) ?? [] : [];
    }

    static CalendarYear? ReadYear(string file, byte[] bytes, Dictionary<string, string> names, PackErrors errors)
    {
        if (Parse<YearFile>(file, bytes, errors) is not { } read)
            return null;
        if (!Path.GetFileNameWithoutExtension(file).Equals(read.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        {
            errors.Add(file, 0, $"year {read.Year} must be the name of the file");
            return null;
        }
        var days = ImmutableArray.CreateBuilder<OfficialDay>();
        foreach (var day in read.Days ?? [])
        {
            if (day is null || Math.Abs(day.Date.Year - read.Year) > 1)
                errors.Add(file, 0, $"day {day?.Date:yyyy-MM-dd} is not of {read.Year}, nor of the years beside it");
            else
                days.Add(new(day.Date, day.IsOffDay, day.Name ?? "", names.GetValueOrDefault(day.Name ?? "", "")));
        }
        return new(read.Year, days.ToImmutable());
    }

    static T? Parse<T>(string file, byte[] bytes, PackErrors errors)
        where T : class
    {
        try
        {
            var read = JsonSerializer.Deserialize<T>(PackFiles.WithoutMark(bytes), JsonSerializerOptions.Web);
            if (read is null)
                errors.Add(file, 1, "the file must be one JSON object");
            return read;
        }
        catch (JsonException e)
        {
            errors.Add(file, (int)(e.LineNumber ?? -1) + 1, "this is not JSON of the form that a calendar has");
            return null;
        }
    }

    sealed record YearFile(int Year, ImmutableArray<YearFile.DayEntry?>? Days)
    {
        public sealed record DayEntry(string? Name, DateOnly Date, bool IsOffDay);
    }
}
