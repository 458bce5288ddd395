using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Domain;
using GridActors.Domain.Packs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Problems;

/// <summary>Checks the fields of one request and names each that is wrong.</summary>
public sealed class Fields(bool english)
{
    const int MaxPhotos = 9;
    const int MaxFilter = 200;

    readonly Dictionary<string, string> _errors = [];

    public bool AreValid => _errors.Count == 0;

    /// <summary>What is wrong, by the names of the fields.</summary>
    public IReadOnlyDictionary<string, string> Errors => _errors;

    /// <summary>Checks that speak the language of the request.</summary>
    public static Fields Of(HttpContext context) => new(Problems.Problem.IsEnglish(context));

    /// <summary>The answer that names every wrong field.</summary>
    public ProblemHttpResult Problem(HttpContext context) =>
        Problems.Problem.Of(Problems.Problem.InvalidRequest, context, ("errors", _errors));

    /// <returns>The text as it is kept (<see cref="WrittenText.Clean"/>), also when it is refused.</returns>
    public string Text(string name, string? value, int maxLength, bool required = true)
    {
        if (value is not null && !WrittenText.CanBeShown(value))
        {
            Wrong(name, "含有无法显示的字符", "has characters that can't be shown");
            return "";
        }
        var text = value is null ? "" : WrittenText.Clean(value);
        if (text.Length == 0 && required)
            Wrong(name, "必填", "is needed");
        if (WrittenText.Length(text) > maxLength)
            Wrong(name, $"最多 {maxLength} 个字", $"has more than {maxLength} characters");
        return text;
    }

    /// <summary>A filter of a list: null where there is none.</summary>
    public string? Filter(string name, string? value) =>
        Text(name, value, MaxFilter, required: false) is { Length: > 0 } text ? text : null;

    /// <summary>
    /// A moment: RFC 3339 with its offset, or a date, which is the moment when that day begins in the pack's zone. Anything that could be
    /// meant in two ways is refused.
    /// </summary>
    public DateTimeOffset? Time(string name, string? value, LoadedPack pack)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsInZone(day))
            return pack.Start(day);
        if (WrittenTime.TryParse(value, out var at))
            return at;
        Wrong(
            name,
            "应为日期（2026-11-25），或带时区的时间（2026-11-25T08:00:00+08:00）",
            "must be a date (2026-11-25), or a time with its offset (2026-11-25T08:00:00+08:00)"
        );
        return null;
    }

    /// <summary>A day, such as 2026-11-25.</summary>
    /// <returns>Null when it isn't there, or wrong.</returns>
    public DateOnly? Day(string name, string? value, bool required = false)
    {
        if (string.IsNullOrEmpty(value) && !required)
            return null;
        if (TryDay(value, out var day))
            return day;
        Wrong(name, "应为日期（2026-11-25）", "must be a date (2026-11-25)");
        return null;
    }

    /// <summary>Reads a day in a time that somebody can mean, so that one may count some days from it.</summary>
    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is > 1800 and < 3000;

    public IReadOnlyList<string> Photos(string name, IReadOnlyList<string>? photos)
    {
        if (photos is null)
            return [];
        if (photos.Count > MaxPhotos)
            Wrong(name, $"最多 {MaxPhotos} 张照片", $"has more than {MaxPhotos} photos");
        else if (photos.Any(p => p is not { Length: 64 } || !p.All(char.IsAsciiHexDigitLower)))
            Wrong(name, "不是照片编号", "is not a photo id");
        return [.. photos.Distinct()];
    }

    public Position? Position(string name, PositionJson? position)
    {
        if (position is null)
            return null;
        if (position is { Lon: { } lon and >= -180 and <= 180, Lat: { } lat and >= -90 and <= 90 })
            return new(lon, lat);
        Wrong(name, "经纬度缺失或超出范围", "needs lon -180…180 and lat -90…90");
        return null;
    }

    /// <summary>A coordinate of a query. What isn't a number, as NaN, is out of range.</summary>
    public void Degrees(string name, double value, int most)
    {
        if (!(Math.Abs(value) <= most))
            Wrong(name, $"应在 -{most} 至 {most} 之间", $"is between -{most} and {most}");
    }

    public void Wrong(string name, string chinese, string inEnglish) =>
        _errors.TryAdd(name, english ? $"{name} {inEnglish}." : $"{chinese}。");

    /// <summary>The first and the last day of the calendar have no beginning in every zone.</summary>
    static bool IsInZone(DateOnly day) => day > DateOnly.MinValue.AddDays(1) && day < DateOnly.MaxValue.AddDays(-1);
}

/// <summary>
/// A point in WGS 84, degrees. Both are nullable so that a request that lacks one gets a field error; a position that is answered has both.
/// </summary>
public sealed record PositionJson(double? Lon, double? Lat);
