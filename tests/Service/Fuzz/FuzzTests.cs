using System.Text;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Harness.Fuzz;
using GridActors.Storage.Sheets;
using GridActors.Web.Households.Import;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace GridActors.Service.Tests.Fuzz;

/// <summary>A few seconds of what bench/fuzz does, always with the same inputs.</summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    const int Seed = 20261125;

    TestService _service = null!;
    IReadOnlyList<FuzzCaller> _callers = [];

    public async Task InitializeAsync()
    {
        _service = await TestService.Start();
        var callers = new List<FuzzCaller>();
        foreach (var person in new[] { "dispatcher-1", "worker-1", "leader-a", "visitor-a" })
            callers.Add(new($"qinghe/{person}", (await _service.As(person)).Token));
        _callers = callers;
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Api_never_fails_whatever_is_sent()
    {
        var fuzz = await ApiFuzz.Prepare(_service.Url, _callers);
        Check(await fuzz.Run(Seed, calls: 6_000, connections: 16).WithinDeadline());
    }

    [Fact]
    public async Task Hub_never_fails_whatever_is_sent() =>
        Check(await new HubFuzz(_service.Url, _callers).Run(Seed, messages: 400, connections: 8).WithinDeadline());

    [Fact]
    public void Pack_reader_never_throws_whatever_is_in_the_files() =>
        Check(
            new FileFuzz(Path.Combine(TestPacks.Folder, "qinghe")).Run(
                Seed,
                copies: 600,
                folder => PackReader.Read(folder).IsValid ? "accepted" : "refused"
            )
        );

    /// <summary>Names and addresses as they are: minorities' and rare ones, letters, one character, the longest.</summary>
    [Fact]
    public async Task Sheet_reader_never_throws_whatever_is_in_the_file()
    {
        string[] names = ["买买提·吐尔逊", "𠮷田", "㑇阳", "欧阳小美", "Anna Müller", "王", "阿依古丽·麦麦提·艾力"];
        var address = new string('长', 69) + "1";
        var lines = names.Select((n, i) => $"{i},C-A1-1,{address},{n},户主,{i + 10}010519491231002X,1381234567{i},独居老人");
        var sheet = "户号,网格编码,住址,姓名,与户主关系,证件号码,联系电话,重点人群\n" + string.Join('\n', lines) + "\n";
        var folder = Directory.CreateTempSubdirectory("gridactors-sheets-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "utf8.csv"), sheet);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "utf16.csv"), sheet, Encoding.Unicode);
            var template = await (await _service.As("dispatcher-1")).Get("/api/households/template.xlsx");
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "template.xlsx"), template.Expect(200).Bytes);
            var pack = _service.Services.GetRequiredService<IPacks>().Current.Pack("qinghe")!;
            Check(new FileFuzz(folder.FullName).Run(Seed, copies: 600, Read));

            string Read(string copy)
            {
                foreach (var file in Directory.GetFiles(copy))
                {
                    var read = SheetReader.Read(File.ReadAllBytes(file), CancellationToken.None);
                    ImportFile.Of(read, pack.Pack.Households!, pack.Root, new(2026, 11, 26));
                }
                return "read";
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    void Check(FuzzReport report)
    {
        foreach (var line in report.Lines())
            output.WriteLine(line);
        Assert.True(report.Faults == 0, string.Join('\n', report.Lines()));
        Assert.True(report.Calls > 0);
    }
}
