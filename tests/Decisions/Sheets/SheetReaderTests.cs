using System.IO.Compression;
using System.Text;
using GridActors.Domain.Sheets;
using GridActors.Storage.Sheets;
using SpreadCheetah;

namespace GridActors.Decisions.Tests.Sheets;

/// <summary>Spreadsheets as offices have them.</summary>
public sealed class SheetReaderTests
{
    static readonly string[] Row = ["姓名", "𠮷田㑇", "买买提·吐尔逊"];

    public static TheoryData<int, bool> Encodings { get; } =
        new()
        {
            { 65001, true },
            { 65001, false },
            { 54936, false },
            { 1200, true },
        };

    [Theory, MemberData(nameof(Encodings))]
    public void Text_is_read_in_every_encoding_that_offices_use(int codePage, bool hasMark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(codePage);
        byte[] file = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(string.Join(',', Row) + "\r\n")];

        var sheet = Assert.Single(Read(file).Sheets);

        Assert.Equal(Row, sheet.Lines[0].Cells.Select(c => c.Text));
    }

    [Fact]
    public void Text_keeps_numbers_whole_and_computes_nothing()
    {
        var file = Encoding.UTF8.GetBytes("a\tb\tc\td\n\n=\"430281196003050011\"\t=1+1\t'=2\t+8613812345678\n");

        var lines = Read(file).Sheets[0].Lines;

        Assert.Equal(3, lines[1].Number);
        Assert.Equal(
            [
                new(CellKind.Text, "430281196003050011"),
                new(CellKind.Formula, ""),
                new(CellKind.Text, "=2"),
                new(CellKind.Text, "+8613812345678"),
            ],
            lines[1].Cells
        );
    }

    [Fact]
    public async Task Workbook_gives_merged_cells_dates_numbers_and_formulas()
    {
        var file = await Workbook(async book =>
        {
            await book.AddRowAsync([new Cell("居民信息登记表"), default, default, default]);
            await book.AddRowAsync([new Cell("住址"), new Cell("姓名"), new Cell("出生日期"), new Cell("证件号码")]);
            await book.AddRowAsync([
                new Cell("车站路7号"),
                new Cell("张三"),
                new Cell(new DateTime(1960, 3, 5)),
                new Cell(430281196003050011d),
            ]);
            await book.AddRowAsync([default, new Cell("李四"), new Cell(22710), new Cell(new Formula("1+1"), 2)]);
            await book.AddRowAsync([default, default, default, default]);
            book.MergeCells("A1:D1");
            book.MergeCells("A3:A5");
        });

        var lines = Assert.Single(Read(file).Sheets).Lines;

        Assert.Equal([1, 2, 3, 4], lines.Select(l => l.Number));
        Assert.All(lines[0].Cells, c => Assert.Equal("居民信息登记表", c.Text));
        Assert.Equal((CellKind.Date, "1960-03-05"), (lines[2][2].Kind, lines[2][2].Text));
        Assert.Contains("E+17", lines[2][3].Text, StringComparison.Ordinal);
        Assert.Equal("车站路7号", lines[3][0].Text);
        Assert.Equal("22710", lines[3][2].Text);
        Assert.Equal(CellKind.Formula, lines[3][3].Kind);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 no archive")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("a,\"b\u0000c")]
    public void What_is_no_sheet_is_refused(string content) =>
        Assert.Equal(SheetRefusals.NotASheet, Read(Encoding.Latin1.GetBytes(content)).Refusal);

    [Fact]
    public void Archive_that_unpacks_to_more_than_anybody_has_is_refused()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var part = archive.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open())
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 65; i++)
                part.Write(zeros);
        }

        Assert.Equal(SheetRefusals.TooLarge, Read(stream.ToArray()).Refusal);
    }

    [Fact]
    public async Task Every_broken_workbook_is_refused_and_none_breaks_the_reader()
    {
        var file = await Workbook(async book => await book.AddRowAsync([new Cell("姓名"), new Cell("张三")]));
        for (var at = 0; at < file.Length; at += 7)
        {
            var broken = (byte[])file.Clone();
            broken[at] ^= 0x5A;
            var read = Read(broken);
            Assert.True(read.Refusal is not null || read.Sheets.Count > 0);
            Assert.True(Read(file[..at]) is not null);
        }
    }

    static SheetFile Read(byte[] file) => SheetReader.Read(file, CancellationToken.None);

    static async Task<byte[]> Workbook(Func<Spreadsheet, Task> write)
    {
        using var stream = new MemoryStream();
        await using var book = await Spreadsheet.CreateNewAsync(stream);
        await book.StartWorksheetAsync("户");
        await write(book);
        await book.FinishAsync();
        return stream.ToArray();
    }
}
