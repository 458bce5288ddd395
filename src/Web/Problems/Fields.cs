using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Problems;

/// <summary>Checks the fields of one request and names each that is wrong.</summary>
public sealed class Fields(bool english)
{
    const int MaxPhotos = 9;

    readonly Dictionary<string, string> _errors = [];

    public bool AreValid => _errors.Count == 0;

    /// <summary>Checks that speak the language of the request.</summary>
    public static Fields Of(HttpContext context) => new(Problems.Problem.IsEnglish(context));

    /// <summary>The answer that names every wrong field.</summary>
    public ProblemHttpResult Problem(HttpContext context) =>
        Problems.Problem.Of(Problems.Problem.InvalidRequest, context, ("errors", _errors));

    /// <returns>The text, trimmed and in Unicode's composed form. Control characters and half surrogate pairs are errors.</returns>
    public string Text(string name, string? value, int maxLength, bool required = true)
    {
        if (value is not null && !IsText(value))
        {
            Wrong(name, "含有无法显示的字符", "has characters that can't be shown");
            return "";
        }
        var text = value?.Trim().Normalize(NormalizationForm.FormC) ?? "";
        if (text.Length == 0 && required)
            Wrong(name, "必填", "is needed");
        if (text.Length > maxLength)
            Wrong(name, $"最多 {maxLength} 个字", $"has more than {maxLength} characters");
        return text;
    }

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

    public void Wrong(string name, string chinese, string inEnglish) =>
        _errors.TryAdd(name, english ? $"{name} {inEnglish}." : $"{chinese}。");

    static bool IsText(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
                return false;
            if (char.IsHighSurrogate(c) && (i + 1 == value.Length || !char.IsLowSurrogate(value[++i])))
                return false;
            if (char.IsLowSurrogate(c) && (i == 0 || !char.IsHighSurrogate(value[i - 1])))
                return false;
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherNotAssigned && c == '\uFFFE')
                return false;
        }
        return true;
    }
}

/// <summary>
/// A point in WGS 84, degrees. Both are nullable so that a request that lacks one gets a field error; a position that is answered has both.
/// </summary>
public sealed record PositionJson(double? Lon, double? Lat);
