using GridActors.Storage.Surveys;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Surveys;

/// <summary>Households answer a survey themselves, by a code that their worker gives them.</summary>
public sealed class InvitationTests : SurveyTest
{
    const string Public = "/api/public/surveys";

    Survey _survey = null!;
    string _household = "";
    Client _resident = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_survey, _household, _resident) = (await Published(Water()), await Household("1"), Service.Anybody());
    }

    [Fact]
    public async Task Household_answers_by_its_code_once_and_the_worker_sees_it()
    {
        var code = await Invite(_household);

        var form = (await _resident.Post($"{Public}/form", new { code })).Expect(200);
        Assert.Equal(("open", 2), (form.Body.GetProperty("state").GetString(), form.Body.GetProperty("questions").GetArrayLength()));
        Assert.DoesNotContain("解放街", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("户主", form.Text, StringComparison.Ordinal);
        var wrong = (await Answer(code, new { source = "2" })).Expect(400, "invalid-request");
        Assert.Contains("answers.dry", wrong.Text, StringComparison.Ordinal);

        (await Answer(code, new { source = "2", dry = "true" })).Expect(204);
        (await Answer(code, new { source = "2", dry = "true" })).Expect(204);
        (await Answer(code, new { source = "1" })).Expect(409, "already-answered");

        var closed = (await _resident.Post($"{Public}/form", new { code })).Expect(200).Body;
        Assert.Equal(("answered", 0), (closed.GetProperty("state").GetString(), closed.GetProperty("questions").GetArrayLength()));
        var sheet = (await Worker.Get($"/api/surveys/{_survey.Id}/sheets/{_household}")).Expect(200);
        Assert.Equal("true", sheet.As<Sheet>().Answers["dry"].Value);
        var step = Assert.Single(sheet.Body.GetProperty("steps").EnumerateArray());
        Assert.Equal(("answered", true), (step.GetProperty("step").GetString(), step.GetProperty("self").GetBoolean()));
        // The worker can correct it, as any other answer; after that the code still changes nothing.
        (await Answer(Worker, _survey, _household, new { source = "1" }, correction: true)).Expect(200);
        (await Answer(code, new { source = "2", dry = "false" })).Expect(409, "already-answered");
    }

    [Fact]
    public async Task Code_is_good_while_its_maker_may_answer_and_nobody_has_a_newer_one()
    {
        var code = await Invite(_household);
        var newer = await Invite(_household);

        (await _resident.Post($"{Public}/form", new { code })).Expect(404, "not-found");
        (await Answer(code, new { source = "1" })).Expect(404, "not-found");
        (await _resident.Post($"{Public}/form", new { code = "" })).Expect(404, "not-found");
        (await _resident.Post($"{Public}/form", new { code = new string('0', 32) })).Expect(404, "not-found");

        // Whoever made it holds no post any more.
        await Service.Load(
            Pack with
            {
                Holdings = [.. Pack.Holdings.Where(h => h.Person != "worker-1")],
                Digest = Guid.NewGuid().ToString(),
            }
        );
        (await _resident.Post($"{Public}/form", new { code = newer })).Expect(404, "not-found");
        (await Answer(newer, new { source = "1" })).Expect(404, "not-found");
    }

    [Fact]
    public async Task Codes_are_made_by_who_may_edit_the_household_and_end_with_the_survey()
    {
        var address = $"/api/surveys/{_survey.Id}/invitations";
        var body = new { subjects = new[] { _household } };
        (await (await As("visitor-a", PackId)).Post(address, body)).Expect(404, "not-found");
        (await Dispatcher.Post(address, body)).Expect(404, "not-found");
        (await (await As("clerk-b1", PackId)).Post(address, body)).Expect(404, "not-found");
        (await Worker.Post(address, new { subjects = Array.Empty<string>() })).Expect(400, "invalid-request");
        (await Worker.Post(address, new { subjects = new[] { "x" } })).Expect(400, "invalid-request");
        (await Worker.Post(address, new { subjects = new[] { Guid.NewGuid().ToString("N") } })).Expect(404, "not-found");
        var many = Enumerable.Range(0, 101).Select(_ => Guid.NewGuid().ToString("N"));
        (await Worker.Post(address, new { subjects = many })).Expect(400, "invalid-request");
        var code = await Invite(_household);

        (await Dispatcher.Post($"/api/surveys/{_survey.Id}/close", new { reason = "调查结束" }, Client.NewKey())).Expect(200);

        Assert.Equal("closed", (await _resident.Post($"{Public}/form", new { code })).Expect(200).Body.GetProperty("state").GetString());
        (await Answer(code, new { source = "1" })).Expect(409, "survey-closed");
        await Service
            .Services.GetRequiredService<SurveyInvitations>()
            .DeleteEnded(DateTimeOffset.UtcNow.AddDays(-1), CancellationToken.None);
        (await _resident.Post($"{Public}/form", new { code })).Expect(404, "not-found");
    }

    async Task<string> Invite(string subject) =>
        (await Worker.Post($"/api/surveys/{_survey.Id}/invitations", new { subjects = new[] { subject } }))
            .Expect(200)
            .Body.GetProperty("items")[0]
            .GetProperty("code")
            .GetString()!;

    Task<Answer> Answer(string code, object answers) => _resident.Post($"{Public}/answers", new { code, answers });
}
