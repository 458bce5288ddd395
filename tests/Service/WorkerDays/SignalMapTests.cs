namespace GridActors.Service.Tests.WorkerDays;

/// <summary>The map of where phones have no signal.</summary>
public sealed class SignalMapTests : FieldTest
{
    sealed record Cell(double Lon, double Lat, string Area, int Records, int HeldBack, int LongestMinutes);

    sealed record Map(string Area, double CellSize, Cell[] Cells);

    [Fact]
    public async Task Cells_say_how_many_records_came_late_and_nobody_who_made_them()
    {
        // Twice in the valley at once, and once there after twenty minutes; three times behind the mountain, hours later.
        await Sent("check-ins", Item("sign-in", position: At(113.021)), Item("check-in", position: At(113.022)));
        await Sent("check-ins", Item("check-in", Ago(20), At(113.023)));
        await Sent(
            "check-ins",
            Item("check-in", Ago(90), At(113.051)),
            Item("check-in", Ago(80), At(113.052)),
            Item("check-in", Ago(70), At(113.053))
        );
        // Too few to be shown.
        await Sent("check-ins", Item("check-in", Ago(60), At(113.081)), Item("check-in", Ago(50), At(113.082)));

        var answer = (await Leader.Get("/api/signal?area=C-A1")).Expect(200);

        var map = answer.As<Map>();
        Assert.Equal(("C-A1", 0.005), (map.Area, map.CellSize));
        Assert.Equal([new(113.0525, 27.0225, "C-A1-1", 3, 3, 90), new(113.0225, 27.0225, "C-A1-1", 3, 1, 20)], map.Cells);
        Assert.DoesNotContain("worker-1", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["area", "areaName", "heldBack", "lat", "lon", "longestMinutes", "records"], NamesOf(answer));
    }

    [Fact]
    public async Task Map_is_for_those_who_oversee_the_workers_of_the_area()
    {
        Assert.Empty((await Leader.Get("/api/signal")).Expect(200).As<Map>().Cells);
        (await Leader.Get("/api/signal?area=C-B")).Expect(403, "not-your-area");
        (await Leader.Get("/api/signal?area=nowhere")).Expect(404, "not-found");
        (await Worker.Get("/api/signal?area=C-A1")).Expect(403, "not-your-area");
        (await Service.Anybody().Get("/api/signal?area=C-A1")).Expect(401, "not-signed-in");
    }

    static object At(double lon) => Here(lon, 27.022);

    static IEnumerable<string> NamesOf(Answer answer) =>
        answer.Body.GetProperty("cells")[0].EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
}
