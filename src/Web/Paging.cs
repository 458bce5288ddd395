using System.Buffers.Text;
using System.Globalization;
using System.Text;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web;

/// <summary>Limits and cursors of lists. A cursor names the last item of a page by time and id; callers treat it as opaque.</summary>
static class Paging
{
    public const int MaxLimit = 200;
    public const string LimitDescription = "How many items to answer at most: 1 to 200, 50 by default.";
    public const string CursorDescription = "The `next` of the page before; without it, the first page.";
    const int DefaultLimit = 50;
    const int MaxCursorLength = 200;
    const char Separator = '_';

    public static int Limit(int? asked) => Math.Clamp(asked ?? DefaultLimit, 1, MaxLimit);

    public static string Cursor((DateTimeOffset At, Guid Id) last) => Write(Part(last));

    /// <summary>A page of rows of which one more was read than it has, to see whether there is another page.</summary>
    /// <param name="place">Where a row stands in the list: its time and its id.</param>
    public static ListJson<TItem> Page<TRow, TItem>(
        IReadOnlyList<TRow> rows,
        int size,
        Func<TRow, (DateTimeOffset At, Guid Id)> place,
        Func<TRow, TItem> item
    ) => new([.. rows.Take(size).Select(item)], rows.Count > size ? Cursor(place(rows[size - 1])) : null);

    public static string Part((DateTimeOffset At, Guid Id) item) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.At.UtcTicks}.{item.Id:N}");

    public static string Write(params ReadOnlySpan<string> parts) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Join(Separator, parts)));

    /// <returns>Null when the text is no cursor.</returns>
    public static string[]? Read(string cursor) =>
        cursor.Length <= MaxCursorLength && Base64Url.IsValid(cursor)
            ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator)
            : null;

    public static bool TryPart(string part, out (DateTimeOffset At, Guid Id) item)
    {
        item = default;
        if (
            part.Split('.') is not [var time, var name]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks
            || !Guid.TryParseExact(name, "N", out var id)
        )
            return false;
        item = (new(ticks, TimeSpan.Zero), id);
        return true;
    }

    /// <summary>In a history: the sequence of the last step.</summary>
    public static string StepCursor(int sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    /// <returns>False when the text is no cursor; true with 0 when there is none.</returns>
    public static bool TryReadStep(string? cursor, out int sequence)
    {
        sequence = 0;
        return string.IsNullOrEmpty(cursor) || int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }

    public static ProblemHttpResult Wrong(HttpContext context)
    {
        var fields = Fields.Of(context);
        Wrong(fields);
        return fields.Problem(context);
    }

    public static void Wrong(Fields fields) => fields.Wrong("cursor", "不是有效的翻页标记", "is no cursor of this list");

    /// <returns>False when the text is no cursor; true with null when there is none.</returns>
    public static bool TryRead(string? cursor, out (DateTimeOffset At, Guid Id)? position)
    {
        position = null;
        if (string.IsNullOrEmpty(cursor))
            return true;
        if (Read(cursor) is not [var part] || !TryPart(part, out var item))
            return false;
        position = item;
        return true;
    }
}
