using GridActors.Domain.Packs;
using GridActors.Grains.Appointments;
using GridActors.Service.Tests.Households;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Appointments;

/// <summary>Visits that are agreed with households, and services that are done for them.</summary>
public sealed class AppointmentTests : HouseholdTest
{
    const string Appointments = "/api/appointments";

    sealed record PersonOf(string Id, string Name);

    sealed record HouseholdOf(string Id, string? Name, string? Phone, string? Stage);

    sealed record Appointment(
        string Id,
        string State,
        PersonOf Worker,
        HouseholdOf[] Households,
        bool ServiceOpen,
        DateTimeOffset From,
        string? Note,
        string? Visit,
        int Version,
        string[] Actions
    );

    [Fact]
    public async Task Five_elders_of_one_building_share_one_visit_and_their_service_goes_on_after_it()
    {
        var elders = new List<string>();
        foreach (var name in new[] { "赵甲寿", "钱乙寿", "孙丙寿", "李丁寿", "周戊寿" })
            elders.Add((await Create(Worker, name)).Id);

        var booked = await Book(Worker, elders, service: "materials", note: "请带轮椅");
        Assert.Equal(("agreed", 5, true, "worker-1"), (booked.State, booked.Households.Length, booked.ServiceOpen, booked.Worker.Id));
        Assert.Equal(("赵甲寿", "asked"), (booked.Households[0].Name, booked.Households[0].Stage));
        Assert.Contains(await List(Worker, $"from={Day(1)}&until={Day(3)}"), a => a.Id == booked.Id);

        await Step(Worker, booked.Id, "service", new { stage = "collected" });
        var visit = Guid.NewGuid();
        var kept = await Step(Worker, booked.Id, "done", new { visit });
        Assert.Equal(("done", visit.ToString("N"), true), (kept.State, kept.Visit, kept.ServiceOpen));
        // What was done stays done when the phone tells it again with another key.
        Assert.Equal(kept.Version, (await Step(Worker, booked.Id, "done", new { visit })).Version);

        // The clerk of the village sees names masked, and carries the service on.
        var seen = (await Clerk.Get($"{Appointments}/{booked.Id}")).Expect(200).As<Appointment>();
        Assert.Equal("赵*寿", seen.Households[0].Name);
        await Step(Clerk, booked.Id, "service", new { stage = "checked" });
        (await Clerk.Post($"{Appointments}/{booked.Id}/service", new { stage = "dropped" }, Client.NewKey())).Expect(
            400,
            "invalid-request"
        );
        await Step(
            Clerk,
            booked.Id,
            "service",
            new
            {
                stage = "dropped",
                households = elders[4..],
                reason = "已自行办理",
            }
        );
        var delivered = await Step(Worker, booked.Id, "service", new { stage = "delivered" });
        Assert.Equal((false, "dropped"), (delivered.ServiceOpen, delivered.Households[4].Stage));
        Assert.All(delivered.Households[..4], h => Assert.Equal("delivered", h.Stage));
    }

    [Fact]
    public async Task Desk_asks_the_worker_who_agrees_or_moves_it()
    {
        var household = (await Create(Worker, "吴应约")).Id;
        (await Clerk.Post(Appointments, Body([household]), Client.NewKey())).Expect(400, "invalid-request"); // Two workers: one is named.
        var asked = await Book(Clerk, [household], worker: "worker-1");
        Assert.Equal("asked", asked.State);
        (await Clerk.Post($"{Appointments}/{asked.Id}/agree", null, Client.NewKey())).Expect(403, "not-permitted");
        Assert.Contains("agree", (await List(Worker, "")).Single(a => a.Id == asked.Id).Actions);

        Assert.Equal("agreed", (await Step(Worker, asked.Id, "agree", null)).State);
        var moved = await Step(
            Clerk,
            asked.Id,
            "move",
            new
            {
                from = Time(2, 10),
                worker = "worker-2",
                reason = "换人",
            }
        );
        Assert.Equal(("asked", "worker-2"), (moved.State, moved.Worker.Id));
        (await Clerk.Post($"{Appointments}/{asked.Id}/move", new { from = Time(2, 11), worker = "worker-b11" }, Client.NewKey())).Expect(
            409,
            "not-their-worker"
        );
        await Step(await As("worker-2"), asked.Id, "missed", new { reason = "敲门无人应答" });
        Assert.Empty(await List(Clerk, $"household={household}"));
        await Step(Clerk, asked.Id, "move", new { from = Time(3, 9) });
        Assert.Single(await List(Clerk, $"household={household}"));
        Assert.Equal("cancelled", (await Step(Clerk, asked.Id, "cancel", new { reason = "住户已搬走" })).State);
        (await Clerk.Post($"{Appointments}/{asked.Id}/done", null, Client.NewKey())).Expect(409, "appointment-over");
    }

    [Fact]
    public async Task Repeat_of_a_booking_with_its_key_books_once()
    {
        var (household, key) = ((await Create(Worker, "郑一次")).Id, Client.NewKey());
        var body = Body([household]);

        var first = (await Worker.Post(Appointments, body, key)).Expect(200).As<Appointment>();
        var again = (await Worker.Post(Appointments, body, key)).Expect(200).As<Appointment>();

        Assert.Equal((first.Id, 1), (again.Id, again.Version));
        Assert.Single(await List(Worker, $"household={household}"));
    }

    [Fact]
    public async Task Whoever_may_not_read_the_households_sees_and_books_nothing()
    {
        var household = (await Create(Worker, "王不见")).Id;
        var booked = await Book(Worker, [household]);
        var stranger = await As("worker-b11");

        (await stranger.Post(Appointments, Body([household]), Client.NewKey())).Expect(404, "not-found");
        (await stranger.Get($"{Appointments}/{booked.Id}")).Expect(404, "not-found");
        (await stranger.Get($"{Appointments}?household={household}")).Expect(404, "not-found");
        (await stranger.Get($"{Appointments}?area=C-A1-1")).Expect(403, "not-your-area");
        (await stranger.Post($"{Appointments}/{booked.Id}/cancel", new { reason = "误约" }, Client.NewKey())).Expect(404, "not-found");
        Assert.DoesNotContain(await List(stranger, ""), a => a.Id == booked.Id);
        Assert.Contains(await List(Dispatcher, $"area=C&from={Day(0)}&until={Day(5)}"), a => a.Id == booked.Id);
    }

    [Fact]
    public async Task Wrong_fields_are_named_and_nothing_is_booked()
    {
        var household = (await Create(Worker, "冯有错")).Id;

        var wrong = (await Worker.Post(Appointments, new { households = new[] { "x" }, from = "morgen" }, Client.NewKey())).Expect(
            400,
            "invalid-request"
        );
        var errors = wrong.Body.GetProperty("errors");
        foreach (var field in new[] { "households", "from", "purpose" })
            Assert.True(errors.TryGetProperty(field, out _), field);
        (await Worker.Post(Appointments, Body([household], purpose: "nonsense"), Client.NewKey())).Expect(400, "invalid-request");
        (await Worker.Post(Appointments, Body([household], from: Time(-9, 9)), Client.NewKey())).Expect(400, "invalid-request");
        Assert.Empty(await List(Worker, $"household={household}"));
    }

    [Fact]
    public async Task Note_is_stored_sealed_and_erased_with_its_term()
    {
        var id = "a" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(id));
        var worker = await As("worker-1", id);
        var booked = await Book(worker, [(await Create(worker, "陈可忘")).Id], note: "陈可忘的女儿在家");
        var stream = $"appointment/{booked.Id}";
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from journal where stream = $1 and data::text like '%女儿%'", stream));

        var (sweep, packs) = (Service.Services.GetRequiredService<AppointmentSweep>(), Service.Services.GetRequiredService<IPacks>());
        await sweep.Run(packs.Current.Pack(id)!, DateTimeOffset.UtcNow.AddYears(2), CancellationToken.None);
        Assert.Equal("陈可忘的女儿在家", (await worker.Get($"{Appointments}/{booked.Id}")).Expect(200).As<Appointment>().Note);
        await sweep.Run(packs.Current.Pack(id)!, DateTimeOffset.UtcNow.AddYears(4), CancellationToken.None);

        var erased = (await worker.Get($"{Appointments}/{booked.Id}")).Expect(200).As<Appointment>();
        Assert.Equal(("erased", null), (erased.State, erased.Note));
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from subject_key where subject = $1", Guid.Parse(booked.Id)));
        Assert.Empty(await List(worker, $"from={Day(0)}&until={Day(3)}"));
    }

    static async Task<Appointment> Step(Client client, string id, string step, object? body) =>
        (await client.Post($"{Appointments}/{id}/{step}", body ?? new { }, Client.NewKey())).Expect(200).As<Appointment>();

    static async Task<IReadOnlyList<Appointment>> List(Client client, string query) =>
        (await client.Get($"{Appointments}?{query}")).Expect(200).As<Page<Appointment>>().Items;

    static async Task<Appointment> Book(
        Client client,
        IReadOnlyList<string> households,
        string? worker = null,
        string? service = null,
        string? note = null
    ) =>
        (
            await client.Post(
                Appointments,
                Body(households, worker, service is null ? "routine" : null, service, note: note),
                Client.NewKey()
            )
        )
            .Expect(200)
            .As<Appointment>();

    static object Body(
        IReadOnlyList<string> households,
        string? worker = null,
        string? purpose = "routine",
        string? service = null,
        string? from = null,
        string? note = null
    ) =>
        new
        {
            households,
            worker,
            purpose,
            service,
            from = from ?? Time(1, 9),
            note,
        };

    static string Time(int days, int hour) => $"{Day(days)}T{hour:D2}:30:00+08:00";

    static string Day(int days) =>
        DateTimeOffset
            .UtcNow.ToOffset(TimeSpan.FromHours(8))
            .AddDays(days)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
