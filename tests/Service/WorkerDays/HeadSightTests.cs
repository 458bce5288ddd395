using System.Globalization;
using System.Text.Json;

namespace GridActors.Service.Tests.WorkerDays;

/// <summary>
/// What heads see of other people's days: their own areas alone, positions only with a post that may read tracks, and every look is
/// recorded.
/// </summary>
public sealed class HeadSightTests : SharedServiceTest
{
    const double Lon = 113.1;
    const double Lat = 27.05;

    readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    string _pack = "";
    Client _worker = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = "h" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(_pack) with { TimeZone = OneDay.NoonZone.Id });
        _worker = await As("worker-1", _pack);
        await Send("check-ins", Item(1, _now.AddMinutes(-50), "sign-in"), Item(2, _now.AddMinutes(-40), "check-in"));
        object Point(int minutes) =>
            new
            {
                at = _now.AddMinutes(-minutes),
                lon = Lon,
                lat = Lat,
                accuracy = 8,
            };
        await Send(
            "tracks",
            new
            {
                id = Guid.NewGuid(),
                sequence = 3,
                at = _now.AddMinutes(-30),
                points = new[] { Point(39), Point(38), Point(31) },
            }
        );
    }

    [Fact]
    public async Task A_head_without_tracks_sees_who_is_on_duty_in_which_grid_and_no_position()
    {
        var clerk = await As("clerk-a1", _pack);
        var answer = (await clerk.Get("/api/on-duty?area=C-A1")).Expect(200).Body;
        var one = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(
            ("worker-1", "C-A1-1", "on-duty"),
            (one.GetProperty("person").GetString()!, one.GetProperty("area").GetString()!, one.GetProperty("state").GetString()!)
        );
        Assert.Equal(JsonValueKind.Null, one.GetProperty("position").ValueKind);

        var day = (await clerk.Get(Day)).Expect(200).Body;
        Assert.All(day.GetProperty("records").EnumerateArray(), r => Assert.Equal(JsonValueKind.Null, r.GetProperty("position").ValueKind));
        Assert.DoesNotContain("113.1", day.GetRawText(), StringComparison.Ordinal);
        (await clerk.Get($"{Day}/track")).Expect(404, "not-found");
        Assert.Empty(await Looks());
    }

    [Fact]
    public async Task A_head_of_a_neighbouring_area_sees_nothing()
    {
        foreach (var person in new[] { "clerk-b1", "leader-b", "clerk-a2", "visitor-a", "worker-a12" })
        {
            var other = await As(person, _pack);
            (await other.Get("/api/on-duty?area=C-A1")).Expect(403, "not-your-area");
            (await other.Get("/api/flags?area=C-A1")).Expect(403, "not-your-area");
            (await other.Get(Near("C-A1"))).Expect(403, "not-your-area");
            (await other.Get(Day)).Expect(404, "not-found");
            (await other.Get($"{Day}/track")).Expect(404, "not-found");
        }
        var neighbours = (await (await As("leader-b", _pack)).Get("/api/on-duty?area=C-B")).Expect(200).Body.GetProperty("items");
        Assert.Empty(neighbours.EnumerateArray());
        (await Service.Anybody().Get("/api/on-duty?area=C-A1")).Expect(401, "not-signed-in");
    }

    [Fact]
    public async Task Every_look_at_a_track_stands_in_the_access_journal()
    {
        var dispatcher = await As("dispatcher-1", _pack);
        var track = (await dispatcher.Get($"{Day}/track")).Expect(200).Body;
        Assert.NotEmpty(track.GetProperty("features").EnumerateArray());
        (await dispatcher.Get($"{Day}/track")).Expect(200);

        await Eventually.Is(async () => (await Looks()).Count(l => l.Person == "dispatcher-1" && l.Subject.Contains("worker-1")) >= 2);
        // One's own track is nobody's business.
        (await _worker.Get($"{Day}/track")).Expect(200);
        Assert.DoesNotContain(await Looks(), l => l.Person == "worker-1");
    }

    [Fact]
    public async Task Who_was_near_a_hazard_is_answered_with_people_and_times_alone_and_recorded()
    {
        var clerk = await As("clerk-a1", _pack);
        var near = (await clerk.Get(Near("C-A1"))).Expect(200).Body;
        var one = Assert.Single(near.GetProperty("items").EnumerateArray());
        Assert.Equal("worker-1", one.GetProperty("person").GetString());
        Assert.Equal(["from", "metres", "person", "personName", "to"], one.EnumerateObject().Select(p => p.Name).Order());
        await Eventually.Is(async () =>
            (await Looks()).Any(l => l.Person == "clerk-a1" && l.Subject.StartsWith("near", StringComparison.Ordinal))
        );
    }

    string Day => $"/api/worker-days/worker-1/{DayOf(_now.AddMinutes(-50)):yyyy-MM-dd}";

    static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, OneDay.NoonZone).DateTime);

    string Near(string area) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"/api/near?area={area}&lon={Lon}&lat={Lat}&radius=200"
                + $"&from={_now.AddHours(-2):yyyy-MM-ddTHH:mm:ssZ}&to={_now:yyyy-MM-ddTHH:mm:ssZ}"
        );

    static object Item(int sequence, DateTimeOffset at, string kind) =>
        new
        {
            id = Guid.NewGuid(),
            sequence,
            at,
            kind,
            position = new
            {
                lon = Lon,
                lat = Lat,
                accuracy = 8,
            },
        };

    async Task Send(string kind, params object[] items)
    {
        var answer = (
            await _worker.Post(
                $"/api/{kind}",
                new
                {
                    device = "phone-1",
                    sentAt = _now,
                    items,
                }
            )
        ).Expect(200).Body;
        Assert.All(answer.GetProperty("items").EnumerateArray(), i => Assert.Equal("taken", i.GetProperty("outcome").GetString()));
    }

    async Task<IReadOnlyList<(string Person, string Subject)>> Looks()
    {
        var entries = (await (await As("administrator", _pack)).Get("/api/admin/access?kind=track")).Expect(200).Body.GetProperty("items");
        return
        [
            .. entries
                .EnumerateArray()
                .Select(e => (e.GetProperty("person").GetString() ?? "", e.GetProperty("subject").GetString() ?? "")),
        ];
    }
}
