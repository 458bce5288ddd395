using System.Globalization;
using System.Text;
using System.Text.Json;
using GridActors.Domain.Identifiers;

namespace GridActors.Service.Tests.Stories;

/// <summary>What the places do with the ledger of their households, told as their people see it.</summary>
public sealed class LedgerStoryTests
{
    sealed record Total(int Households, int Residents, int NeverVisited);

    sealed record Import(string State, int Done);

    sealed record Found(int? Total);

    [Fact]
    public async Task Household_is_on_the_steward_s_phone_and_its_disability_certificate_is_renewed_at_home_again_and_again()
    {
        await using var town = await StoryPlace.Begin("chengtanjiang", "2026-03-10 15:00");
        const string MicroGrid = "吾田村第一网格第一小区第一微网格";
        var steward = await town.As("grid-steward", MicroGrid);
        var household = await Register(steward, town.Code(MicroGrid), ["disabled"], [Certificate("2026-04-10")]);

        // With one phone: the households linked to me, with address and phone number. At the town's desks both are masked.
        var mine = Assert.Single((await steward.Get("/api/households/mine")).Expect(200).As<Page<HouseholdItemView>>().Items);
        Assert.Equal(("彭阿婆", "吾田村新屋组12号", "13812345678"), (mine.Head!.Name, mine.Address, mine.Phone));
        var police = await town.As("station-police", "澄潭江镇");
        var masked = (await police.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal(("彭*婆", "138****5678"), (masked.Resident(0).Fields["name"].Value, masked.Resident(0).Fields["phone"].Value));

        // A month before the certificate lapses, at eight in the morning, its renewal is a case: one, and it names nobody.
        town.Later("2026-03-11 08:05");
        var first = await Raised(steward, household.Id, before: null);
        var renewal = await steward.Case(first);
        Assert.Equal(("disability-certificate", town.Code(MicroGrid)), (renewal.Category, renewal.Area));
        Assert.DoesNotContain("彭", renewal.Title, StringComparison.Ordinal);

        // The village's service agent renews it without the resident's leaving home, and the new date stands in the ledger.
        town.Later("2026-03-11 09:30");
        var agent = await town.As(renewal.OfferedTo[0]);
        await agent.Do(first, "claim");
        await agent.Do(first, "resolve", new { text = "新证已送到家中" });
        var resident = $"/api/households/{household.Id}/residents/{household.Residents[0].Id}";
        (await steward.Patch(resident, new { certificates = new[] { Certificate("2026-04-20") } })).Expect(200);

        // So the next one begins in time too.
        town.Later("2026-03-21 08:05");
        var second = await Raised(steward, household.Id, before: first);
        Assert.Equal("disability-certificate", (await steward.Case(second)).Category);
        await town.IsConsistent();
    }

    [Fact]
    public async Task Grid_of_560_households_and_2000_people_comes_with_a_sheet_and_is_on_the_phone_and_the_board()
    {
        await using var liling = await StoryPlace.Begin("liling", "2026-03-12 09:05");
        const string Grid = "阳三石社区第一网格";
        var worker = await liling.As("grid-worker", Grid);
        var station = await liling.As("town-dispatcher", "阳三石街道");

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Sheet(liling.Code(Grid), 560, 2000)));
        using var form = new MultipartFormDataContent { { content, "file", "户.csv" }, { new StringContent(liling.Code(Grid)), "area" } };
        var sent = await station.Send(new(HttpMethod.Post, new Uri(station.Url, "/api/households/imports")) { Content = form });
        var address = $"/api/households/imports/{sent.Expect(202).Body.GetProperty("id").GetString()}";
        await Stops("checked");
        (await station.Post($"{address}/apply")).Expect(202);
        Assert.Equal(560, (await Stops("applied")).Done);

        // The worker has all of them on the phone, and finds one by the initials.
        Assert.Equal(560, (await worker.Get("/api/households/mine")).Expect(200).As<Page<HouseholdItemView>>().Items.Count);
        var found = (await worker.Post("/api/residents/search", new { text = "zgd" })).Expect(200).As<Page<FoundResidentView>>().Items;
        Assert.NotEmpty(found);
        // The boards above count them.
        var leader = await liling.As("centre-dispatcher", "醴陵市");
        await Eventually.Is(
            async () => (await leader.Get($"/api/areas/{liling.Code("醴陵市")}/board")).Expect(200).Body.GetProperty("counts"),
            c => c.GetProperty("households").Deserialize<Total>(Answer.Json) == new Total(560, 2000, 560)
        );
        await liling.IsConsistent();

        Task<Import> Stops(string state) =>
            Eventually.Is(async () => (await station.Get(address)).Expect(200).As<Import>(), i => i.State == state);
    }

    [Fact]
    public async Task Elder_who_lives_alone_is_visited_in_the_rhythm_of_the_group_and_hidden_groups_stay_hidden()
    {
        await using var aoyang = await StoryPlace.Begin("aoyang", "2026-03-10 09:00");
        const string Grid = "北凤社区第一网格";
        var worker = await aoyang.As("grid-worker", Grid);
        var household = await Register(worker, aoyang.Code(Grid), ["elder-alone", "drug-user"], []);

        // Every seven days, says the pack; the worker of the grid isn't told of what is the police's alone.
        var rules = (await worker.Get("/api/households/rules")).Expect(200).Body.GetProperty("groups").EnumerateArray();
        Assert.Equal("7d", rules.Single(g => g.GetProperty("id").GetString() == "elder-alone").GetProperty("visitEvery").GetString());
        Assert.Equal(["elder-alone"], household.Resident(0).Groups);
        var police = await aoyang.As("station-police", "鳌阳镇");
        var seen = (await police.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal(["drug-user", "elder-alone"], seen.Resident(0).Groups.Order(StringComparer.Ordinal));

        // Nobody has been there yet; after a visit somebody has, and the desk's list of those never visited is empty.
        var never = $"/api/households?area={aoyang.Code("鳌阳镇")}&group=elder-alone&neverVisited=true";
        Assert.Equal(1, (await police.Get(never)).Expect(200).As<Found>().Total);
        aoyang.Later("2026-03-12 10:00");
        (await worker.Post($"/api/households/{household.Id}/confirm", new { visit = true }, Client.NewKey())).Expect(200);
        Assert.Equal(0, (await police.Get(never)).Expect(200).As<Found>().Total);
        var visited = (await worker.Get("/api/households/mine")).Expect(200).Body.GetProperty("items")[0].GetProperty("visitedAt");
        Assert.Equal("2026-03-12 10:00", aoyang.Local(visited.GetDateTimeOffset()));
    }

    static object Certificate(string expiresOn) => new { kind = "disability", expiresOn };

    static async Task<HouseholdView> Register(Client client, string area, string[] groups, object[] certificates)
    {
        var body = new
        {
            area,
            fields = new { address = "吾田村新屋组12号" },
            residents = new object[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new { name = "彭阿婆", phone = "13812345678" },
                    groups,
                    certificates,
                },
            },
        };
        return (await client.Post("/api/households", body, Client.NewKey())).Expect(201).As<HouseholdView>();
    }

    /// <summary>The case of the certificate, when there is another one than before.</summary>
    static async Task<string> Raised(Client client, string household, string? before)
    {
        var view = await Eventually.Is(
            async () => (await client.Get($"/api/households/{household}")).Expect(200).As<HouseholdView>(),
            h => h.Resident(0).Certificates[0].RaisedCase is { } raised && raised != before
        );
        return view.Resident(0).Certificates[0].RaisedCase!;
    }

    /// <summary>People with valid numbers, the same in every run.</summary>
    static string Sheet(string area, int households, int people)
    {
        const string Family = "张王李赵钱孙周吴";
        const string Given = "国建秀英明德春兰";
        var rows = new SortedDictionary<(int Household, int Person), string>();
        for (var i = 0; i < people; i++)
        {
            var (number, isHead) = (i % households, i < households);
            var name = $"{Family[number % 8]}{Given[i / 8 % 8]}{Given[i / 64 % 8]}{Given[i / 512 % 8]}";
            var born = new DateOnly(1940, 1, 1).AddDays(i * 13);
            var id = ResidentId.InNewForm(string.Create(CultureInfo.InvariantCulture, $"430281{born:yyMMdd}{i % 1000:D3}"));
            rows[(number, i)] = $"{number + 1},{area},车站路{number + 1}号,{name},{(isHead ? "户主" : "其他")},{id}\n";
        }
        return "户号,网格编码,住址,姓名,与户主关系,证件号码\n" + string.Concat(rows.Values);
    }
}
