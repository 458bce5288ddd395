using System.Globalization;
using System.Text.RegularExpressions;

namespace GridActors.Simulator.Replay;

/// <summary>One service request of the file. Times are the city's wall clock.</summary>
/// <param name="Closure">
/// Why it was closed: one of a few known headings. The free text after the heading may name streets, so it isn't kept.
/// </param>
sealed record FileRow(string Id, string Type, DateTime Opened, DateTime? Closed, bool Overdue, string Closure);

static partial class RequestFile
{
    const string TimeFormat = "yyyy-MM-dd HH:mm:ss";
    const int MaxRequests = 2_000_000;

    static readonly string[] Closures =
    [
        "Case Resolved",
        "Case Scheduled",
        "Case Noted",
        "Case Invalid",
        "Case Referred",
        "Internal Case",
        "Bulk Item Automation",
        "Duplicate of Existing Case",
        "Violation Corrected",
        "Violation Filed",
        "No Violation",
        "Administratively Closed",
    ];

    /// <summary>It is part of the idempotency key, and of a line of the state file.</summary>
    [GeneratedRegex(@"^[0-9A-Za-z-]{1,60}\z")]
    private static partial Regex IdPattern();

    /// <exception cref="UnusableFileException">The file isn't a table of requests from its first line to its last.</exception>
    public static IEnumerable<FileRow> Read(string path)
    {
        using var text = TextFile.Open(path);
        foreach (var row in Read(text, path))
            yield return row;
    }

    public static IEnumerable<FileRow> Read(TextReader text, string path)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (
            var record in CsvFile.Read(
                text,
                path,
                "service requests",
                "case_enquiry_id",
                "type",
                "open_dt",
                "closed_dt",
                "case_status",
                "ontime",
                "closure_reason"
            )
        )
        {
            var id = record["case_enquiry_id"];
            if (!IdPattern().IsMatch(id))
                throw record.Wrong($"case_enquiry_id is \"{Short(id)}\"; it must be 1 to 60 letters, digits and hyphens");
            if (!lines.TryAdd(id, record.Line))
                throw record.Wrong($"request {id} stands twice; first in line {lines[id]}");
            if (lines.Count > MaxRequests)
                throw record.Wrong($"the file has more than {MaxRequests:N0} requests; replay it in parts");
            var status = record["case_status"];
            if (status is not ("Closed" or "Open"))
                throw record.Wrong($"case_status is \"{Short(status)}\"; it must be Open or Closed");
            if (record["ontime"] is not ("ONTIME" or "OVERDUE" or ""))
                throw record.Wrong($"ontime is \"{Short(record["ontime"])}\"; it must be ONTIME or OVERDUE");
            yield return new FileRow(
                id,
                record["type"],
                Time(record, "open_dt"),
                status == "Closed" && record["closed_dt"].Length > 0 ? Time(record, "closed_dt") : null,
                record["ontime"] == "OVERDUE",
                Closure(record["closure_reason"])
            );
        }
    }

    static DateTime Time(CsvRecord record, string column) =>
        DateTime.TryParseExact(record[column], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && time.Year is >= 1900 and < 2200
            ? time
            : throw record.Wrong($"{column} is \"{Short(record[column])}\"; a time is written like 2011-07-01 01:32:33");

    /// <summary>The text as a message repeats it: bounded, and without characters that move the cursor.</summary>
    static string Short(string text) =>
        string.Concat(text.Take(40).Select(c => char.IsControl(c) ? '\uFFFD' : c)) + (text.Length > 40 ? "…" : "");

    public static string Closure(string reason) =>
        Array.Find(Closures, c => reason.Contains(c, StringComparison.OrdinalIgnoreCase)) ?? "Case Closed";
}
