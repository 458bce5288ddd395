namespace GridActors.Service.Tests.Cases;

/// <summary>The proof of a case's due times.</summary>
public sealed class DueProofTests : SharedServiceTest
{
    [Fact]
    public async Task Last_counted_day_of_a_proof_is_the_day_on_which_the_clock_is_due()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var worker = await As("worker-1", pack);
        var reported = await worker.Report("C-A1-1");

        var proof = (await worker.Get($"/api/cases/{reported.Id}/proof")).Expect(200).Body;

        Assert.Equal("08:30", proof.GetProperty("office")[0][0].GetString());
        var clocks = proof.GetProperty("clocks").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        var stage = Assert.Single(clocks["solve"].GetProperty("stages").EnumerateArray());
        var last = stage.GetProperty("days").EnumerateArray().Last();
        Assert.Equal(("counted", 3), (last.GetProperty("use").GetString(), last.GetProperty("number").GetInt32()));
        var due = clocks["solve"].GetProperty("dueAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8));
        Assert.Equal($"{due:yyyy-MM-dd}", last.GetProperty("date").GetString());
        // Hours run on without a stop: no day is counted.
        Assert.Empty(clocks["onSite"].GetProperty("stages")[0].GetProperty("days").EnumerateArray());
        (await (await As("worker-b11", pack)).Get($"/api/cases/{reported.Id}/proof")).Expect(404, "not-found");
    }
}
