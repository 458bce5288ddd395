namespace GridActors.Service.Tests.GridCards;

/// <summary>Residents scan a code and find their grid and whom to call: what was entered to be shown, and nothing else.</summary>
public sealed class GridCardTests : SharedServiceTest
{
    const string Cards = "/api/grid-cards";
    const string Public = "/api/public/grid-cards";
    const string Area = "C-A1-2";
    const string DutyPhone = "0795-7123456";

    string _pack = "";
    Client _administrator = null!;
    Client _resident = null!;

    sealed record Person(string? Name, string Post, string? Phone, string? Portrait, bool StandsIn);

    sealed record Station(string Name, string? Address, string? Phone);

    sealed record Card(string AreaName, string[] Within, Person[] People, Station? Station, bool Registers);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        // Who is away and what is shown are facts of the whole pack.
        _pack = "g" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(_pack));
        (_administrator, _resident) = (await As("administrator", _pack), Service.Anybody());
    }

    [Fact]
    public async Task A_resident_who_scans_a_code_sees_the_grid_the_worker_and_the_office_hours()
    {
        await Show("worker-a12", true, DutyPhone);
        (
            await _administrator.Put(
                $"{Cards}/areas/C-A1/station",
                new
                {
                    name = "竹园村便民服务站",
                    address = "竹园路1号",
                    phone = "12345",
                }
            )
        ).Expect(200);

        var answer = (await _resident.Post(Public, new { code = await CodeOf(Area) })).Expect(200);
        var card = answer.As<Card>();
        Assert.Equal("竹园村第二网格", card.AreaName);
        Assert.Equal(["竹园村", "青山镇"], card.Within);
        Assert.Equal(new Person("尤六", "网格员", DutyPhone, null, false), Assert.Single(card.People));
        Assert.Equal(new Station("竹园村便民服务站", "竹园路1号", "12345"), card.Station);
        Assert.Equal(7, answer.Body.GetProperty("office").GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task Nothing_is_shown_of_somebody_until_an_administrator_decides_what()
    {
        var code = await CodeOf(Area);
        Assert.Empty((await Open(code)).People);

        await Show("worker-a12", false, DutyPhone);
        Assert.Equal((null, DutyPhone), (Assert.Single((await Open(code)).People).Name, DutyPhone));
        await Show("worker-a12", false, "");
        Assert.Empty((await Open(code)).People);
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from grid_card_person where pack = $1", _pack));
    }

    [Fact]
    public async Task A_portrait_is_made_of_an_uploaded_photo_and_stays_when_the_phone_changes()
    {
        var photo = (await _administrator.Upload(Pictures.Jpeg())).Expect(201).Body.GetProperty("id").GetString();
        (await _administrator.Put($"{Cards}/people/worker-a12", new { showsName = true, photo })).Expect(204);
        await Show("worker-a12", true, DutyPhone);

        var portrait = Assert.Single((await Open(await CodeOf(Area))).People).Portrait;
        Assert.Equal([0xFF, 0xD8], Convert.FromBase64String(portrait!)[..2]);
        var uploaded = (await (await As("worker-1", _pack)).Upload(Pictures.Jpeg(7))).Expect(201).Body.GetProperty("id").GetString();
        (await _administrator.Put($"{Cards}/people/worker-a12", new { showsName = true, photo = uploaded })).Expect(400, "invalid-request");
        (await _administrator.Put($"{Cards}/people/worker-a12", new { showsName = true, removesPortrait = true })).Expect(204);
        Assert.Null(Assert.Single((await Open(await CodeOf(Area))).People).Portrait);
    }

    [Fact]
    public async Task Who_is_on_leave_gives_way_to_the_deputy_and_the_card_says_nothing_of_the_leave()
    {
        await Show("worker-a12", true, DutyPhone);
        await Show("shared", true, "0795-7000001");
        var code = await CodeOf(Area);
        var worker = await As("worker-a12", _pack);
        var (from, to) = (DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddDays(2));
        (
            await worker.Post(
                "/api/leaves",
                new
                {
                    from,
                    to,
                    deputy = "clerk-a1",
                },
                Client.NewKey()
            )
        ).Expect(200);

        await Eventually.Is(async () => (await Open(code)).People.All(p => p.Name != "尤六"));
        Assert.Equal(["陶共名"], (await Open(code)).People.Select(p => p.Name));
        await Show("clerk-a1", true, "0795-7000002");
        var card = (await _resident.Post(Public, new { code })).Expect(200);
        Assert.Equal([("陶共名", false), ("蒋专干", true)], card.As<Card>().People.Select(p => (p.Name!, p.StandsIn)));
        Assert.DoesNotContain("worker-a12", card.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_made_for_a_whole_town_once_and_open_the_registration_where_it_is_asked()
    {
        var made = (await _administrator.Post($"{Cards}/codes", new { area = "C-A", below = true })).Expect(200).Body;
        Assert.Equal((3, 0), (made.GetProperty("total").GetInt32(), made.GetProperty("missing").GetInt32()));
        var again = (await _administrator.Post($"{Cards}/codes", new { area = "C-A", below = true })).Expect(200).Body;
        Assert.Equal(made.GetProperty("items").GetRawText(), again.GetProperty("items").GetRawText());
        // An administrator who may not edit households opens no registration.
        (await _administrator.Post($"{Cards}/codes", new { area = "C-B", registers = true })).Expect(403, "not-your-area");

        var code = made.GetProperty("items")[0].GetProperty("code").GetString()!;
        Assert.False((await Open(code)).Registers);
        (await _resident.Post("/api/public/registrations/form", new { code })).Expect(404, "not-found");
    }

    [Fact]
    public async Task A_code_that_was_ended_or_guessed_opens_nothing()
    {
        var code = await CodeOf(Area);
        await Open(code);
        var id = (await _administrator.Get($"{Cards}/codes?area={Area}")).Expect(200).Body.GetProperty("items")[0].GetProperty("id");
        (await _administrator.Delete($"{Cards}/codes/{id.GetString()}")).Expect(204);

        (await _resident.Post(Public, new { code })).Expect(404, "not-found");
        (await _resident.Post(Public, new { code = Guid.NewGuid().ToString("N") })).Expect(404, "not-found");
        (await _resident.Post(Public, new { code = Area })).Expect(404, "not-found");
        (await _resident.Post(Public, new { })).Expect(404, "not-found");
        (await _resident.Post(Public, new { code = new string('x', 2000) })).Expect(413, "too-large");
        Assert.NotEqual(code, await CodeOf(Area));
    }

    [Fact]
    public async Task Who_does_not_administer_the_area_decides_and_sees_nothing_of_cards()
    {
        await CodeOf(Area);
        foreach (var person in new[] { "clerk-a1", "worker-a12", "dispatcher-1", "leader-a" })
        {
            var other = await As(person, _pack);
            (await other.Get($"{Cards}/people?area={Area}")).Expect(403, "not-your-area");
            (await other.Put($"{Cards}/people/worker-a12", new { showsName = true })).Expect(403, "not-your-area");
            (await other.Get($"{Cards}/areas/{Area}")).Expect(403, "not-your-area");
            (await other.Put($"{Cards}/areas/{Area}/station", new { name = "站" })).Expect(403, "not-your-area");
            (await other.Get($"{Cards}/codes?area={Area}")).Expect(403, "not-your-area");
            (await other.Post($"{Cards}/codes", new { area = Area })).Expect(403, "not-your-area");
        }
        (await _resident.Get($"{Cards}/people?area={Area}")).Expect(401, "not-signed-in");
        (await _administrator.Put($"{Cards}/people/nobody", new { showsName = true })).Expect(404, "not-found");
        (await _administrator.Put($"{Cards}/people/worker-a12", new { })).Expect(400, "invalid-request");
        (await _administrator.Put($"{Cards}/people/worker-a12", new { showsName = true, phone = "ring me" })).Expect(
            400,
            "invalid-request"
        );
        (await _administrator.Put($"{Cards}/areas/{Area}/station", new { phone = "12345" })).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task Every_change_stands_in_the_access_journal_and_lists_find_whom_nothing_is_shown_of()
    {
        await Show("worker-a12", true, DutyPhone);
        var all = (await _administrator.Get($"{Cards}/people?area=C-A1")).Expect(200).Body.GetProperty("items");
        var missing = (await _administrator.Get($"{Cards}/people?area=C-A1&missing=true")).Expect(200).Body.GetProperty("items");
        Assert.Equal(all.GetArrayLength() - 1, missing.GetArrayLength());
        var found = (await _administrator.Get($"{Cards}/people?area=C-A1&text=尤")).Expect(200).Body.GetProperty("items");
        Assert.Equal(DutyPhone, Assert.Single(found.EnumerateArray()).GetProperty("phone").GetString());

        var entries = (await _administrator.Get("/api/admin/access?kind=card-changed")).Expect(200).Body.GetProperty("items");
        Assert.Contains(entries.EnumerateArray(), e => e.GetProperty("subject").GetString() == "worker-a12");
    }

    [Fact]
    public async Task One_code_is_opened_so_often_and_no_more()
    {
        var code = await CodeOf(Area);
        var answers = new List<int>();
        for (var i = 0; i < 130 && !answers.Contains(429); i++)
            answers.Add((await _resident.Post(Public, new { code })).Status);

        Assert.Contains(200, answers);
        Assert.Contains(429, answers);
    }

    async Task Show(string person, bool showsName, string phone) =>
        (await _administrator.Put($"{Cards}/people/{person}", new { showsName, phone })).Expect(204);

    async Task<string> CodeOf(string area)
    {
        var made = (await _administrator.Post($"{Cards}/codes", new { area })).Expect(200).Body;
        return made.GetProperty("items").EnumerateArray().Single().GetProperty("code").GetString()!;
    }

    async Task<Card> Open(string code) => (await _resident.Post(Public, new { code })).Expect(200).As<Card>();
}
