using System.Text.Json;
using GridActors.Domain.Packs;
using GridActors.Grains.Registrations;
using GridActors.Service.Tests.Households;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Registrations;

/// <summary>Residents register their own household by a printed code, and workers decide.</summary>
public sealed class RegistrationTests : HouseholdTest
{
    const string Public = "/api/public/registrations";

    string _code = "";
    string _door = "";
    Client _resident = null!;

    sealed record Sent(string Confirmation, string? Shown);

    sealed record Applied(string State, string AreaName, DateTimeOffset? DecidedAt, string? Reason);

    sealed record Item(string Id, string? Name, string? Address, int Residents);

    sealed record Applying(string State, bool Representative, IReadOnlyDictionary<string, FieldView> Fields);

    sealed record Detail(string State, Applying[] Residents, string? Known, string? Household);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _resident = Service.Anybody();
        var made = (await Worker.Post("/api/registrations/doors", new { area = "C-A1-1" })).Expect(201).Body;
        (_code, _door) = (made.GetProperty("code").GetString()!, made.GetProperty("door").GetProperty("id").GetString()!);
        Assert.EndsWith($"/r#{_code}", made.GetProperty("address").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resident_applies_the_worker_confirms_and_the_household_is_registered_once()
    {
        var form = (await _resident.Post($"{Public}/form", new { code = _code })).Expect(200).Body;
        Assert.Equal(("竹园村第一网格", "1"), (form.GetProperty("areaName").GetString(), form.GetProperty("consentVersion").GetString()));
        var secret = NewSecret();
        var body = await Body("陶自登", secret);

        Assert.Equal("waiting", (await _resident.Post(Public, body)).Expect(200).As<Applied>().State);
        Assert.Equal("waiting", (await _resident.Post(Public, body)).Expect(200).As<Applied>().State);

        var item = Assert.Single(await Waiting(Worker), i => i.Name == "陶自登");
        var detail = (await Worker.Get($"/api/registrations/{item.Id}")).Expect(200).As<Detail>();
        Assert.Equal(
            ("new", true, true),
            (detail.Residents[0].State, detail.Residents[0].Representative, detail.Residents[0].Fields["idNumber"].Masked)
        );
        var key = Client.NewKey();
        var confirmed = (await Worker.Post($"/api/registrations/{item.Id}/confirm", null, key)).Expect(200).As<Detail>();
        Assert.Equal("confirmed", confirmed.State);
        (await Worker.Post($"/api/registrations/{item.Id}/confirm", null, key)).Expect(200);
        (await Worker.Post($"/api/registrations/{item.Id}/confirm", null, Client.NewKey())).Expect(409, "registration-decided");

        var household = (await Worker.Get($"/api/households/{confirmed.Household}")).Expect(200).As<HouseholdView>();
        Assert.Equal("陶自登", household.Resident(0).Fields["name"].Value);
        Assert.Single(await Found(Dispatcher, Phone));
        var state = (await _resident.Post($"{Public}/state", new { secret })).Expect(200).As<Applied>();
        Assert.Equal(("confirmed", true), (state.State, state.DecidedAt is not null));
    }

    [Fact]
    public async Task Public_answers_are_the_same_whoever_is_registered_and_the_worker_sees_who_is_doubtful()
    {
        await Create(Worker, "姜在册");
        var unknown = await Apply("姜新人", idNumber: null);
        var registered = await Apply("姜另名", phone: NewPhone());

        Assert.Equal(Names(unknown), Names(registered));
        var item = Assert.Single(await Waiting(Worker), i => i.Name == "姜另名");
        var detail = (await Worker.Get($"/api/registrations/{item.Id}")).Expect(200).As<Detail>();
        Assert.Equal("doubtful", Assert.Single(detail.Residents).State);
        (await Worker.Post($"/api/registrations/{item.Id}/confirm", null, Client.NewKey())).Expect(409, "registration-doubtful");
    }

    [Fact]
    public async Task Declined_application_tells_the_resident_why_and_its_retention_erases_it()
    {
        var id = "r" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(id));
        var worker = await As("worker-1", id);
        _code = (await worker.Post("/api/registrations/doors", new { area = "C-A1-1" })).Expect(201).Body.GetProperty("code").GetString()!;
        var secret = NewSecret();
        (await _resident.Post(Public, await Body("戚退回", secret))).Expect(200);
        var item = Assert.Single(await Waiting(worker));

        (await worker.Post($"/api/registrations/{item.Id}/decline", new { reason = "" }, Client.NewKey())).Expect(400, "invalid-request");
        (await worker.Post($"/api/registrations/{item.Id}/decline", new { reason = "不在本网格居住" }, Client.NewKey())).Expect(200);
        var state = (await _resident.Post($"{Public}/state", new { secret })).Expect(200).As<Applied>();
        Assert.Equal(("declined", "不在本网格居住"), (state.State, state.Reason));

        var (sweep, packs) = (Service.Services.GetRequiredService<RegistrationSweep>(), Service.Services.GetRequiredService<IPacks>());
        foreach (var days in new[] { 20, 40, 40 })
            await sweep.Run(packs.Current.Pack(id)!, DateTimeOffset.UtcNow.AddDays(days), CancellationToken.None);

        state = (await _resident.Post($"{Public}/state", new { secret })).Expect(200).As<Applied>();
        Assert.Equal(("erased", null), (state.State, state.Reason));
        var stream = $"registration/{Guid.Parse(item.Id):N}";
        Assert.Equal(3L, await Service.Ask<long>("select count(*) from journal where stream = $1", stream));
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from subject_key where subject = $1", Guid.Parse(item.Id)));
    }

    [Fact]
    public async Task Phone_is_confirmed_within_its_time_with_few_attempts_and_once()
    {
        var sent = await Confirm(Phone);
        var wrong = sent.Shown == "000000" ? "000001" : "000000";
        var body = await Body("谢号码", NewSecret(), sent with { Shown = wrong });
        for (var i = 0; i < 5; i++)
            (await _resident.Post(Public, body)).Expect(409, "wrong-phone-code");
        (await _resident.Post(Public, await Body("谢号码", NewSecret(), sent))).Expect(409, "wrong-phone-code");

        var late = await Confirm(Phone);
        await Service.Ask<object>(
            "update phone_confirmation set expires_at = now() - interval '1 minute' where id = $1 returning 1",
            Guid.Parse(late.Confirmation)
        );
        (await _resident.Post(Public, await Body("谢号码", NewSecret(), late))).Expect(409, "wrong-phone-code");

        var good = await Confirm(Phone);
        (await _resident.Post(Public, await Body("谢号码", NewSecret(), good))).Expect(200);
        (await _resident.Post(Public, await Body("谢号码", NewSecret(), good))).Expect(409, "wrong-phone-code");
        (await _resident.Post($"{Public}/phone", new { code = _code, phone = Phone })).Expect(429, "too-many-codes");
    }

    [Fact]
    public async Task One_phone_has_one_application_that_waits()
    {
        await Apply("邹一份");

        (await _resident.Post(Public, await Body("邹两份", NewSecret()))).Expect(409, "registration-waiting");
    }

    [Fact]
    public async Task What_is_not_asked_or_not_known_is_refused()
    {
        var sent = await Confirm(Phone);
        var body = new
        {
            code = _code,
            confirmation = sent.Confirmation,
            phoneCode = sent.Shown,
            consent = "0",
            secret = "short",
            fields = new { address = "解放街1号", note = "x" },
            residents = new object[]
            {
                new
                {
                    kind = "guest",
                    fields = new
                    {
                        name = "张*",
                        idNumber = "1",
                        phone = Phone,
                        employer = "x",
                    },
                },
            },
        };
        var errors = (await _resident.Post(Public, body)).Expect(400, "invalid-request").Body.GetProperty("errors");
        string[] named =
        [
            "consent",
            "fields",
            "residents[0].fields",
            "residents[0].fields.idNumber",
            "residents[0].fields.name",
            "residents[0].kind",
            "residents[0].relation",
            "secret",
        ];
        Assert.Equal(named, errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));

        (await _resident.Post($"{Public}/form", new { code = NewSecret() })).Expect(404, "not-found");
        (await _resident.Post($"{Public}/state", new { secret = NewSecret() })).Expect(404, "not-found");
        (await _resident.Post($"{Public}/form", new string('x', 40_000))).Expect(413, "too-large");
        (await Worker.Delete($"/api/registrations/doors/{_door}")).Expect(204);
        (await _resident.Post($"{Public}/form", new { code = _code })).Expect(404, "not-found");
    }

    [Fact]
    public async Task Who_may_not_edit_households_there_sees_and_decides_nothing()
    {
        await Apply("喻外人");
        var id = Assert.Single(await Waiting(Worker), i => i.Name == "喻外人").Id;

        foreach (var person in new[] { "clerk-b1", "visitor-a", "dispatcher-1", "worker-a12" })
        {
            var other = await As(person);
            (await other.Get($"/api/registrations/{id}")).Expect(404, "not-found");
            (await other.Post($"/api/registrations/{id}/confirm", null, Client.NewKey())).Expect(404, "not-found");
            (await other.Get("/api/registrations?area=C-A1-1")).Expect(403, "not-your-area");
            (await other.Post("/api/registrations/doors", new { area = "C-A1-1" })).Expect(403, "not-your-area");
            (await other.Delete($"/api/registrations/doors/{_door}")).Expect(403, "not-your-area");
        }
        (await _resident.Get($"/api/registrations/{id}")).Expect(401, "not-signed-in");
        Assert.Equal("喻*人", Assert.Single(await Waiting(Clerk, "?area=C-A1-1"), i => i.Id == id).Name);
    }

    [Fact]
    public async Task One_printed_code_is_used_so_often_and_no_more()
    {
        var answers = new List<int>();
        for (var i = 0; i < 130 && !answers.Contains(429); i++)
            answers.Add((await _resident.Post($"{Public}/form", new { code = _code })).Status);

        Assert.Contains(429, answers);
        Assert.Contains(200, answers);
    }

    async Task<Sent> Confirm(string phone) => (await _resident.Post($"{Public}/phone", new { code = _code, phone })).Expect(200).As<Sent>();

    async Task<JsonElement> Apply(string name, string? phone = null, string? idNumber = "") =>
        (await _resident.Post(Public, await Body(name, NewSecret(), phone: phone, idNumber: idNumber))).Expect(200).Body;

    async Task<object> Body(string name, string secret, Sent? sent = null, string? phone = null, string? idNumber = "")
    {
        sent ??= await Confirm(phone ?? Phone);
        return new
        {
            code = _code,
            confirmation = sent.Confirmation,
            phoneCode = sent.Shown,
            consent = "1",
            secret,
            fields = new { address = $"清河县解放街{Random.Shared.Next(1, 9000)}号" },
            residents = new object[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new
                    {
                        name,
                        idNumber = idNumber == "" ? IdNumber : idNumber,
                        phone = phone ?? Phone,
                    },
                },
            },
        };
    }

    static async Task<IReadOnlyList<Item>> Waiting(Client client, string query = "")
    {
        var more = query.Length == 0 ? "?limit=200" : $"{query}&limit=200";
        return (await client.Get($"/api/registrations{more}")).Expect(200).As<Page<Item>>().Items;
    }

    static string NewSecret() => Guid.NewGuid().ToString("N");

    static string NewPhone() => $"139{Random.Shared.Next(100_000_000):D8}";

    static IEnumerable<string> Names(JsonElement answer) => answer.EnumerateObject().Select(p => $"{p.Name} {p.Value.ValueKind}");
}
