using System.Text.Json;
using GridActors.Service.Tests.Households;

namespace GridActors.Service.Tests.SubjectRequests;

/// <summary>What residents ask for about what is kept of them, from the request to what is done, and what they are told.</summary>
public sealed class SubjectRequestTests : HouseholdTest
{
    Client _admin = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _admin = await As("administrator");
    }

    [Fact]
    public async Task Correction_is_entered_granted_and_done_by_the_household_once()
    {
        var household = await Create(Worker, "张三丰");
        var resident = household.Residents[0].Id;
        var (request, opened) = await Open(Worker, household.Id, resident, "correction");
        Assert.Equal(("open", "电话已换号"), (Text(opened, "state"), Text(opened, "wanted")));
        Assert.True(opened.GetProperty("dueAt").GetDateTimeOffset() > opened.GetProperty("openedAt").GetDateTimeOffset().AddDays(14));
        Assert.Contains(await Pending(Clerk), r => Text(r, "id") == request);
        Assert.Equal("张*丰", Text((await Pending(_admin)).Single(r => Text(r, "id") == request), "name"));
        Assert.DoesNotContain(await Pending(await As("clerk-a2")), r => Text(r, "id") == request);
        (await (await As("clerk-a2")).Get($"/api/subject-requests/{request}")).Expect(404, "not-found");
        (await Dispatcher.Get($"/api/subject-requests/{request}")).Expect(404, "not-found");

        var carryOut = $"/api/subject-requests/{request}/carry-out";
        var correction = new { correction = new { fields = new { phone = "13900001111" } } };
        (await Clerk.Post(carryOut, correction, Client.NewKey())).Expect(409, "wrong-status");
        (await Decide(Clerk, request, "refused", "")).Expect(400, "invalid-request");
        (await Decide(Clerk, request, "granted", "")).Expect(200);
        var done = (await Clerk.Post(carryOut, correction, Client.NewKey())).Expect(200).Body;
        (await Clerk.Post(carryOut, correction, Client.NewKey())).Expect(409, "wrong-status");

        var after = (await Worker.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal("13900001111", after.Resident(0).Fields["phone"].Value);
        Assert.Equal(("carried-out", after.Version), (Text(done, "state"), done.GetProperty("householdVersion").GetInt32()));
        Assert.DoesNotContain(await Pending(Clerk), r => Text(r, "id") == request);
    }

    [Fact]
    public async Task Deletion_says_before_what_remains_and_forgets_the_words_of_the_request()
    {
        var household = await Create(Worker, "李四光", others: ["李小光"]);
        var resident = household.Residents[1].Id;
        var (request, _) = await Open(Clerk, household.Id, resident, "deletion");
        (await Decide(Clerk, request, "granted", "")).Expect(403, "not-permitted");
        (await Decide(_admin, request, "granted", "")).Expect(200);
        var carryOut = $"/api/subject-requests/{request}/carry-out";
        (await _admin.Post(carryOut, new { erase = true }, Client.NewKey())).Expect(409, "still-living");
        (
            await Clerk.Post(
                $"/api/households/{household.Id}/move-out",
                new { residents = new[] { resident }, reason = "迁往县城" },
                Client.NewKey()
            )
        ).Expect(200);

        var impact = (await _admin.Get($"/api/households/{household.Id}/residents/{resident}/impact")).Expect(200).Body;
        Assert.Equal(["name"], impact.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(["kind", "left"], impact.GetProperty("inHistory").EnumerateArray().Select(f => f.GetString()));
        Assert.Contains("address", impact.GetProperty("ofHousehold").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal((2, 1), (impact.GetProperty("events").GetInt32(), impact.GetProperty("requests").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, impact.GetProperty("backupsFrom").ValueKind);
        (await Clerk.Post(carryOut, new { erase = true }, Client.NewKey())).Expect(403, "not-permitted");
        (await _admin.Post(carryOut, new { erase = true }, Client.NewKey())).Expect(200);

        var after = (await Clerk.Get($"/api/subject-requests/{request}")).Expect(200).Body;
        Assert.Equal(("carried-out", "", ""), (Text(after, "state"), Text(after, "asker"), Text(after, "wanted")));
        var gone = (await _admin.Get($"/api/households/{household.Id}/residents/{resident}/impact")).Expect(200).Body;
        Assert.True(gone.GetProperty("erased").GetBoolean());
        Assert.Equal(JsonValueKind.Null, gone.GetProperty("backupsFrom").ValueKind);
    }

    [Fact]
    public async Task Sheet_answers_what_is_kept_why_since_when_and_who_saw_it()
    {
        var household = await Create(Worker, "王见", groups: ["elder-alone", "mental-illness"]);
        var resident = household.Residents[0].Id;
        var address = $"/api/households/{household.Id}/residents/{resident}/sheet";
        (
            await Clerk.Post(
                $"/api/households/{household.Id}/reveal",
                new { purpose = "service", fields = new[] { "idNumber" } },
                Client.NewKey()
            )
        ).Expect(200);

        var sheet = (await Clerk.Get(address)).Expect(200).Body;

        var phone = sheet.GetProperty("fields").EnumerateArray().Single(f => Text(f, "id") == "phone");
        Assert.Equal(($"138****{Phone[^4..]}", "联系本人"), (Text(phone, "value"), Text(phone, "why")));
        Assert.NotEqual(JsonValueKind.Null, phone.GetProperty("since").ValueKind);
        var seen = Assert.Single(sheet.GetProperty("reveals").EnumerateArray());
        Assert.Equal("办理服务", Text(seen, "purposeName"));
        Assert.Contains("mental-illness", sheet.GetProperty("groups").EnumerateArray().Select(g => g.GetString()));
        // The worker's answer names no group that the worker may not know of.
        var workers = (await Worker.Get(address)).Expect(200).Body;
        Assert.DoesNotContain("mental-illness", workers.GetProperty("groups").EnumerateArray().Select(g => g.GetString()));
        (await (await As("leader-a")).Get(address)).Expect(403, "not-permitted");
        (await (await As("clerk-a2")).Get(address)).Expect(404, "not-found");
    }

    static async Task<(string Id, JsonElement Request)> Open(Client client, string household, string resident, string kind)
    {
        var opened = (
            await client.Post(
                "/api/subject-requests",
                new
                {
                    household,
                    resident,
                    kind,
                    check = "document",
                    asker = "本人，13812345678",
                    wanted = "电话已换号",
                },
                Client.NewKey()
            )
        ).Expect(201).Body;
        return (Text(opened, "id")!, opened);
    }

    static Task<Answer> Decide(Client client, string request, string outcome, string reason) =>
        client.Post($"/api/subject-requests/{request}/decide", new { outcome, reason }, Client.NewKey());

    /// <summary>All pages of those that wait: other tests enter requests, too.</summary>
    static async Task<IReadOnlyList<JsonElement>> Pending(Client client)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = (await client.Get($"/api/subject-requests?pending=true&limit=200{(next is null ? "" : $"&cursor={next}")}"))
                .Expect(200)
                .Body;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = Text(page, "next");
        } while (next is not null);
        return items;
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
