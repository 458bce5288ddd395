using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;

namespace GridActors.Simulator.Replay;

/// <summary>One service request of the file. Times are the city's wall clock.</summary>
/// <param name="Closure">
/// Why it was closed: one of a few known headings. The free text after the heading may name streets, so it isn't kept.
/// </param>
sealed record FileRow(string Id, string Type, DateTime Opened, DateTime? Closed, bool Overdue, string Closure);

static class RequestFile
{
    const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

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

    public static IEnumerable<FileRow> Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var text = new StreamReader(plain);
        foreach (var row in Read(text))
            yield return row;
    }

    public static IEnumerable<FileRow> Read(TextReader text)
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            var closed = csv.GetField("closed_dt");
            yield return new FileRow(
                Text(csv, "case_enquiry_id"),
                Text(csv, "type"),
                Time(Text(csv, "open_dt")),
                Text(csv, "case_status") == "Closed" && !string.IsNullOrEmpty(closed) ? Time(closed) : null,
                Text(csv, "ontime") == "OVERDUE",
                Closure(Text(csv, "closure_reason"))
            );
        }
    }

    static string Text(CsvReader csv, string column) => csv.GetField(column) ?? "";

    static DateTime Time(string text) => DateTime.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None);

    public static string Closure(string reason) =>
        Array.Find(Closures, c => reason.Contains(c, StringComparison.OrdinalIgnoreCase)) ?? "Case Closed";
}
