using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Tests;

public sealed class RequestFileTests
{
    const string Header =
        "case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,closure_reason,case_title,type,latitude,longitude\n";

    [Fact]
    public void Quotes_commas_and_line_breaks_stay_inside_their_field()
    {
        var text =
            Header
            + "101,2011-07-01 01:32:33,,2011-07-01 05:06:58,ONTIME,Closed,"
            + "\"Case Closed Case Resolved said \"\"done\"\", left\nat 5\",\"a, b\",\"Lights, \"\"old\"\"\",42.1,-71.1\n"
            + "102,2011-07-01 02:00:00,,,OVERDUE,Open, ,x,Pothole,42.1,-71.1\n";

        var rows = RequestFile.Read(new StringReader(text), "requests.csv").ToList();

        Assert.Equal(2, rows.Count);
        Assert.Equal(
            new FileRow(
                "101",
                "Lights, \"old\"",
                new DateTime(2011, 7, 1, 1, 32, 33),
                new DateTime(2011, 7, 1, 5, 6, 58),
                false,
                "Case Resolved"
            ),
            rows[0]
        );
        Assert.Equal(new FileRow("102", "Pothole", new DateTime(2011, 7, 1, 2, 0, 0), null, true, "Case Closed"), rows[1]);
    }

    [Fact]
    public void The_committed_file_holds_what_its_readme_says()
    {
        var rows = CommittedData.Rows;

        Assert.Equal(58_251, rows.Count);
        Assert.Equal(54_570, rows.Count(r => r.Closed is not null));
        Assert.Equal(3_681, rows.Count(r => r.Closed is null));
        Assert.Equal(3_448, rows.Count(r => r.Closed is null && r.Overdue));
        Assert.Equal(rows.Count, rows.DistinctBy(r => r.Id).Count());
        Assert.Equal(rows, rows.OrderBy(r => r.Opened));
    }

    [Fact]
    public void Only_a_known_heading_of_the_closing_note_is_kept()
    {
        Assert.Equal("Case Resolved", RequestFile.Closure("Case Closed Case Resolved replaced fuse at 39 Lorraine St"));
        Assert.Equal("Case Closed", RequestFile.Closure("Case Closed picked up at 39 Lorraine St"));
        Assert.DoesNotContain(CommittedData.Rows, r => r.Closure.Any(char.IsDigit));
        Assert.True(CommittedData.Rows.DistinctBy(r => r.Closure).Count() <= 13);
    }
}

static class CommittedData
{
    public static string Requests { get; } = Path.Combine(AppContext.BaseDirectory, "data", "boston_311_2011.csv.gz");
    public static string Categories { get; } = Path.Combine(AppContext.BaseDirectory, "data", "boston_categories.csv");
    public static List<FileRow> Rows { get; } = [.. RequestFile.Read(Requests)];
}
