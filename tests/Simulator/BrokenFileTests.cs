using System.IO.Compression;
using System.Text;
using GridActors.Harness.Fuzz;
using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Tests;

/// <summary>Whatever is given to the replay in place of its files ends with one sentence that has the file and the line.</summary>
public sealed class BrokenFileTests : IDisposable
{
    const string Header = "case_enquiry_id,open_dt,closed_dt,ontime,case_status,closure_reason,type\n";
    const string Row = "101,2011-07-01 01:32:33,,ONTIME,Open,,Pothole\n";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", ": the file is empty")]
    [InlineData("\uFEFF", ": the file is empty")]
    [InlineData(Header, ":1: the table has a header and no lines")]
    [InlineData("<!DOCTYPE html>\n<html></html>\n", ":1: this is no table of service requests: its header lacks case_enquiry_id, type")]
    [InlineData("{\"rows\":[{\"a\":1}]}", ":1: this is no table of service requests")]
    [InlineData("type,category\nPothole,pothole\n", ":1: this is no table of service requests: its header lacks case_enquiry_id, open_dt")]
    [InlineData("type," + Header + "x," + Row, ":1: column type stands twice")]
    [InlineData(Header + Row + "102,2011-07-01\n", ":3: the line has 2 fields; the header has 7")]
    [InlineData(Header + Row + Row, ":3: request 101 stands twice; first in line 2")]
    [InlineData(Header + ",2011-07-01 01:32:33,,ONTIME,Open,,Pothole\n", ":2: case_enquiry_id is \"\"; it must be")]
    [InlineData(Header + "1 2,2011-07-01 01:32:33,,ONTIME,Open,,Pothole\n", ":2: case_enquiry_id is \"1 2\"; it must be")]
    [InlineData(Header + "101,01/07/2011,,ONTIME,Open,,Pothole\n", ":2: open_dt is \"01/07/2011\"; a time is written like")]
    [InlineData(Header + "101,9999-12-31 23:59:59,,ONTIME,Open,,Pothole\n", ":2: open_dt is \"9999-12-31 23:59:59\"; a time")]
    [InlineData(Header + "101,2011-07-01 01:32:33,soon,ONTIME,Closed,,Pothole\n", ":2: closed_dt is \"soon\"; a time is written like")]
    [InlineData(Header + "101,2011-07-01 01:32:33,,ONTIME,Done,,Pothole\n", ":2: case_status is \"Done\"; it must be Open or Closed")]
    [InlineData(Header + "101,2011-07-01 01:32:33,,late,Open,,Pothole\n", ":2: ontime is \"late\"; it must be ONTIME or OVERDUE")]
    [InlineData(Header + "101,2011-07-01 01:32:33,,ONTIME,Open,,Pot\"hole\"\n", ":2: a quote stands inside a field")]
    [InlineData(Header + Row + "102,2011-07-01 01:32:33,,ONTIME,Open,,\"Pothole\n" + Row, ":3: ")]
    [InlineData(Header + Row + "102,2011-07-01 01:32:33,,ONTIME,Open,,Pot\0hole\n", ":3: the line has a NUL byte: this is no text")]
    public void A_table_of_something_else_is_refused_at_its_line(string text, string expected) =>
        Assert.Contains(expected, Refusal("requests.csv", Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_or_is_a_folder_is_told()
    {
        Assert.Contains("there is no such file", Refused("missing.csv"), StringComparison.Ordinal);
        Assert.Contains("this is a folder, not a file", Refused("."), StringComparison.Ordinal);
        Assert.Contains("there is no such file", Assert.Throws<UnusableFileException>(() => Read("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_another_encoding_is_told_at_its_line()
    {
        var gbk = Encoding.UTF8.GetBytes(Header + Row).Concat(new byte[] { 0xC2, 0xB7, 0xB5, 0xC6, (byte)'\n' }).ToArray();

        Assert.Contains(":3: the text is not UTF-8", Refusal("gbk.csv", gbk), StringComparison.Ordinal);
        Assert.Contains(":1: the text is UTF-16", Refusal("utf16.csv", Encoding.Unicode.GetPreamble()), StringComparison.Ordinal);
        Assert.Contains("save the table as CSV UTF-8", Refusal("book.xlsx", [.. "PK\u0003\u0004 and more"u8]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_or_a_field_without_an_end_is_told()
    {
        var line = Header + Row + new string('a', 2_000_000);
        var quote = Header + Row + "102,\"" + string.Concat(Enumerable.Repeat("text\n", 40_000));

        Assert.Contains(
            ":3: the line is longer than a megabyte",
            Refusal("line.csv", Encoding.UTF8.GetBytes(line)),
            StringComparison.Ordinal
        );
        Assert.Contains(":3: a field has more than", Refusal("quote.csv", Encoding.UTF8.GetBytes(quote)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_or_changed_gzip_file_is_never_a_shorter_one()
    {
        var rows = string.Concat(Enumerable.Range(1, 500).Select(n => Row.Replace("101", $"{n}", StringComparison.Ordinal)));
        var whole = Gzip(Header + rows);
        Assert.Equal(500, Read(Write("whole.csv.gz", whole)).Count);
        Assert.Equal(500, Read(Write("misnamed.csv", whole)).Count);

        for (var length = 2; length < whole.Length; length += 7)
            Assert.ThrowsAny<UnusableFileException>(() => Read(Write("cut.csv.gz", whole[..length])));
        Assert.Contains("damaged or was cut off", Refusal("short.csv.gz", whole[..^1]), StringComparison.Ordinal);
        whole[^6] ^= 1;
        Assert.Contains("damaged or was cut off", Refusal("changed.csv.gz", whole), StringComparison.Ordinal);
        Assert.Contains("this is no gzip file", Refusal("plain.csv.gz", Encoding.UTF8.GetBytes(Header)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type,code\na,b\n", ":1: this is no table of types and categories: its header lacks category")]
    [InlineData("type,category\na,b\na,c\n", ":3: type a stands twice")]
    public void A_broken_table_of_categories_is_told_at_its_line(string text, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<UnusableFileException>(() => CategoryMap.Read(Write("categories.csv", Encoding.UTF8.GetBytes(text)))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Byte_order_mark_and_CRLF_are_read()
    {
        var text = "\uFEFF" + (Header + Row).Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal("101", Assert.Single(Read(Write("windows.csv", Encoding.UTF8.GetBytes(text)))).Id);
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_whatever_is_in_it()
    {
        const string Categories = "type,category\nPothole,pothole\nStreet Lights,street-lights\n";
        var requests = Header + string.Concat(Enumerable.Range(1, 60).Select(n => Row.Replace("101", $"{n}", StringComparison.Ordinal)));
        Write("requests.csv", Encoding.UTF8.GetBytes(requests));
        Write("requests.csv.gz", Gzip(requests));
        Write("categories.csv", Encoding.UTF8.GetBytes(Categories));

        var report = new FileFuzz(_folder.FullName).Run(seed: 20261125, copies: 1500, ReadAll);

        Assert.True(report.Faults == 0, string.Join('\n', report.Lines()));
        Assert.True(report.Counts["read"] > 0 && report.Counts["refused"] > 0);

        static string ReadAll(string folder)
        {
            try
            {
                _ = Read(Path.Combine(folder, "requests.csv")).Count + Read(Path.Combine(folder, "requests.csv.gz")).Count;
                return CategoryMap.Read(Path.Combine(folder, "categories.csv")).Codes.Count > 0 ? "read" : "empty";
            }
            catch (UnusableFileException)
            {
                return "refused";
            }
        }
    }

    static List<FileRow> Read(string path) => [.. RequestFile.Read(path)];

    string Refusal(string name, byte[] bytes)
    {
        Write(name, bytes);
        return Refused(name);
    }

    string Refused(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        var message = Assert.Throws<UnusableFileException>(() => Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        return message;
    }

    string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }
}
