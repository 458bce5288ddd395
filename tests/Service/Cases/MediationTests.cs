using System.Text.Json;

namespace GridActors.Service.Tests.Cases;

/// <summary>Disputes: their mediation is recorded with masked names, shown, counted by level, and exported without the parties.</summary>
public sealed class MediationTests : SharedServiceTest
{
    [Fact]
    public async Task Mediated_dispute_is_recorded_with_masked_names_and_counted_by_level()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (clerk, leader) = (await As("clerk-a1", pack), await As("leader-a", pack));
        var dispute = await clerk.Report("C-A1-1", "dispute", "排水沟堵塞引发争执");
        var claimed = (await clerk.Step(dispute.Id, "claim")).Expect(200).Body.GetProperty("mediationLevels");
        Assert.Equal("village", claimed.GetProperty("level").GetString());

        (await clerk.Step(dispute.Id, "resolve")).Expect(409, "mediation-needed");
        (await clerk.Step(dispute.Id, "resolve", Body(["张三丰"]))).Expect(400, "invalid-request");
        (await clerk.Step(dispute.Id, "resolve", Body(["张三丰", "李四"], level: "nowhere"))).Expect(400, "invalid-request");
        var answer = (await clerk.Step(dispute.Id, "resolve", Body(["张三丰", "欧阳明"]))).Expect(200);

        var mediation = answer.Body.GetProperty("mediation");
        Assert.Equal(["张*", "欧阳*", "竹园物业公司"], mediation.GetProperty("parties").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(("village", true), (mediation.GetProperty("level").GetString(), mediation.GetProperty("agreed").GetBoolean()));
        var history = (await leader.Get($"/api/cases/{dispute.Id}/history")).Expect(200);
        Assert.Contains("竹调〔2026〕12号", history.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("三丰", answer.Text + history.Text + await Journal(dispute.Id), StringComparison.Ordinal);

        var counted = (await leader.Get("/api/areas/C-A/statistics")).Expect(200).Body.GetProperty("mediations").GetProperty("levels");
        var level = Assert.Single(counted.EnumerateArray());
        Assert.Equal(
            ("village", 1, 1),
            (level.GetProperty("level").GetString(), level.GetProperty("mediated").GetInt32(), level.GetProperty("agreed").GetInt32())
        );
        var exported = (await leader.Get("/api/cases/export?category=dispute", ("Accept-Language", "en"))).Expect(200).Text;
        Assert.EndsWith("Village,Agreed,竹调〔2026〕12号\r\n", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("欧阳", exported, StringComparison.Ordinal);

        var reopened = (await clerk.Step(dispute.Id, "reopen")).Expect(200).Body;
        Assert.Equal(JsonValueKind.Null, reopened.GetProperty("mediation").ValueKind);
        exported = (await leader.Get("/api/cases/export?category=dispute", ("Accept-Language", "en"))).Expect(200).Text;
        Assert.EndsWith(",,,\r\n", exported, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_case_takes_no_mediation_and_a_report_of_a_solved_dispute_needs_one()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, clerk) = (await As("worker-1", pack), await As("clerk-a1", pack));
        var rubbish = await worker.Report("C-A1-1");
        await worker.Do(rubbish.Id, "claim");

        (await worker.Step(rubbish.Id, "resolve", Body(["张三丰", "李四"]))).Expect(409, "mediation-invalid");
        var solved = new
        {
            category = "dispute",
            area = "C-A1-1",
            title = "口角",
            solved = "已劝和",
        };
        (await clerk.Post("/api/cases", solved, Client.NewKey())).Expect(409, "mediation-needed");
    }

    static object Body(string[] people, string? level = null) =>
        new
        {
            text = "双方握手言和",
            mediation = new
            {
                level,
                parties = people
                    .Select(name => new { name, organisation = false })
                    .Concat(people.Length < 2 ? [] : [new { name = "竹园物业公司", organisation = true }]),
                agreed = true,
                agreement = "物业公司三日内修复排水沟",
                number = "竹调〔2026〕12号",
            },
        };

    async Task<string> Journal(string id)
    {
        await using var command = Service.Data.CreateCommand("select string_agg(data::text, '') from journal where stream = $1");
        command.Parameters.AddWithValue($"case/{id}");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
