namespace GridActors.Service.Tests.Cases;

public sealed class VersionTests : SharedServiceTest
{
    [Fact]
    public async Task A_views_ETag_is_its_version()
    {
        var worker = await As("worker-1");
        var reported = (await worker.Post("/api/cases", new { category = "rubbish", area = "C-A1-1", title = "版本" })).Expect(201);
        var id = reported.As<CaseView>().Id;

        Assert.Equal("\"1\"", reported.ETag);
        Assert.Equal("\"1\"", (await worker.Get($"/api/cases/{id}")).ETag);
        Assert.Equal("\"2\"", (await worker.Step(id, "claim")).ETag);
        Assert.Equal("\"2\"", (await worker.Get($"/api/cases/{id}")).ETag);
    }

    [Fact]
    public async Task A_step_that_insists_on_an_older_version_is_refused_and_told_the_newest()
    {
        var worker = await As("worker-1");
        var reported = await worker.Report("C-A1-1");
        await worker.Do(reported.Id, "claim");

        var refused = (await worker.Step(reported.Id, "progress", null, null, ("If-Match", "\"1\""))).Expect(412, "stale-version");

        Assert.Equal(2, refused.Body.GetProperty("version").GetInt32());
        Assert.Equal("\"2\"", refused.ETag);
        Assert.Equal(2, (await worker.Case(reported.Id)).Version);
    }

    [Theory]
    [InlineData("\"2\"", 200)]
    [InlineData("2", 200)]
    [InlineData("*", 200)]
    [InlineData("\"3\"", 412)]
    [InlineData("\"0\"", 412)]
    [InlineData("\"two\"", 400)]
    [InlineData("\"99999999999\"", 400)]
    public async Task If_Match_takes_the_ETag(string match, int status)
    {
        var worker = await As("worker-1");
        var reported = await worker.Report("C-A1-1");
        await worker.Do(reported.Id, "claim");

        Assert.Equal(status, (await worker.Step(reported.Id, "progress", null, null, ("If-Match", match))).Status);
    }

    [Fact]
    public async Task Who_lost_the_race_hears_who_won_rather_than_of_a_stale_version()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");

        var refused = (await (await As("worker-2")).Step(reported.Id, "claim", null, null, ("If-Match", "\"1\""))).Expect(409, "already-claimed");

        Assert.Equal("worker-1", refused.Body.GetProperty("claimant").GetString());
    }
}
