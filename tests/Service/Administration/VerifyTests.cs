using GridActors.Silo.Verbs;

namespace GridActors.Service.Tests.Administration;

public sealed class VerifyTests
{
    [Fact]
    public async Task Verify_reports_wrong_boards_and_rows_that_differ_from_their_journal()
    {
        await using var service = await TestService.Start();
        var (administrator, dispatcher) = (await service.As("administrator"), await service.As("dispatcher-1"));
        var reported = await dispatcher.Report("C-A1-1");
        var other = await dispatcher.Report("C-B-9");
        var sound = await Eventually.Is(Verify, v => v.Differences.Count == 0);
        Assert.Equal((TestPacks.Qinghe.Areas.Length, 0), (sound.Areas, sound.Divergent.Count));

        await Change("update case_file set status = 6, closed_at = reported_at where id = $1", reported.Id);
        var bent = await Verify();
        Assert.Equal(["C", "C-A", "C-A1", "C-A1-1"], bent.Differences.Select(d => d.Area).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(new Difference("C", "unclaimed", 2, 1), bent.Differences);
        Assert.Contains(new Difference("C-A1-1", "closed", 0, 1), bent.Differences);
        Assert.Empty(bent.Divergent);

        await Change("update case_file set status = 1, closed_at = null where id = $1", reported.Id);
        await Change("update case_file set version = 7 where id = $1", other.Id);
        Assert.Equal([$"case/{other.Id}"], (await Verify()).Divergent);
        await Change("delete from case_file where id = $1", other.Id);
        Assert.Equal([$"case/{other.Id}"], (await Verify()).Divergent);
        Assert.Empty(
            (await (await service.As("dispatcher-1", "baihe")).Post("/api/admin/verify")).Expect(200).As<Verification>().Divergent
        );

        async Task<Verification> Verify() => (await administrator.Post("/api/admin/verify")).Expect(200).As<Verification>();
        Task Change(string sql, string id) => service.Ask<object>(sql, Guid.ParseExact(id, "N"));
    }

    [Fact]
    public async Task Command_finds_the_administrator_of_a_demo_behind_people_who_do_not_administer()
    {
        var offered = TestPacks.Qinghe with { Demo = ["worker-1", "dispatcher-1", "administrator"] };
        await using var service = await TestService.Start(packs: [offered]);

        Assert.Equal(0, await VerifyCommand.Create().Parse(["--url", $"{service.Url}"]).InvokeAsync());
    }
}
