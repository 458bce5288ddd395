namespace GridActors.Service.Tests.Cases;

public sealed class VersionTests : SharedServiceTest
{
    [Fact]
    public async Task The_ETag_of_a_case_is_its_version()
    {
        var worker = await As("worker-1");
        var reported = (
            await worker.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "版本",
                }
            )
        ).Expect(201);
        var id = reported.As<CaseView>().Id;

        Assert.Equal("\"1\"", reported.ETag);
        Assert.Equal("\"1\"", (await worker.Get($"/api/cases/{id}")).ETag);
        Assert.Equal("\"2\"", (await worker.Step(id, "claim")).ETag);
        Assert.Equal("\"2\"", (await worker.Get($"/api/cases/{id}")).ETag);
    }

    [Fact]
    public async Task A_step_with_an_outdated_If_Match_is_rejected_with_the_current_version()
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
    [InlineData("\"two\"", 412)]
    [InlineData("\"99999999999\"", 412)]
    [InlineData("W/\"2\"", 412)]
    [InlineData("\"1\", \"2\"", 200)]
    [InlineData("\"1\",W/\"7\" , \"two\",\"2\"", 200)]
    [InlineData("\"1\", \"3\"", 412)]
    [InlineData("W/\"1\", W/\"2\"", 412)]
    [InlineData("\"2", 400)]
    [InlineData("two", 400)]
    public async Task A_step_with_the_current_If_Match_is_accepted(string match, int status)
    {
        var worker = await As("worker-1");
        var reported = await worker.Report("C-A1-1");
        await worker.Do(reported.Id, "claim");

        Assert.Equal(status, (await worker.Step(reported.Id, "progress", null, null, ("If-Match", match))).Status);
    }

    [Fact]
    public async Task Several_lines_of_If_Match_are_one_list()
    {
        var worker = await As("worker-1");
        var reported = await worker.Report("C-A1-1");

        (await worker.Step(reported.Id, "claim", null, null, ("If-Match", "\"7\""), ("If-Match", "\"1\""))).Expect(200);
    }

    [Fact]
    public async Task A_lost_claim_with_If_Match_is_told_the_claimant_rather_than_the_version()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");

        var refused = (await (await As("worker-2")).Step(reported.Id, "claim", null, null, ("If-Match", "\"1\""))).Expect(
            409,
            "already-claimed"
        );

        Assert.Equal("worker-1", refused.Body.GetProperty("claimant").GetString());
    }
}
