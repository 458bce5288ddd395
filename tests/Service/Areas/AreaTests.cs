using System.Text.Json;

namespace GridActors.Service.Tests.Areas;

public sealed class AreaTests : SharedServiceTest
{
    [Fact]
    public async Task An_area_has_its_level_parent_and_path()
    {
        var area = (await (await As("worker-1")).Get("/api/areas/C-A1-1")).Expect(200).As<AreaView>();

        Assert.Equal(
            ("C-A1-1", "竹园村第一网格", "grid", "网格", "Grid", "rural", true, "C-A1", 0),
            (area.Code, area.Name, area.Level, area.LevelName, area.LevelNameEn, area.Kind, area.Generated, area.Parent, area.Children)
        );
        Assert.Equal([("C", "county"), ("C-A", "town"), ("C-A1", "village"), ("C-A1-1", "grid")], area.Path.Select(p => (p.Code, p.Level)));
        var root = (await (await As("worker-1")).Get("/api/areas/C")).Expect(200).As<AreaView>();
        Assert.Equal((null, 2), (root.Parent, root.Children));
    }

    [Fact]
    public async Task Children_come_in_the_order_of_the_pack()
    {
        var client = await As("worker-1");

        Assert.Equal(["C-A", "C-B"], await Children("C"));
        Assert.Equal(["C-B1", "C-B-9"], await Children("C-B"));
        Assert.Equal([], await Children("C-B-9"));

        async Task<IEnumerable<string>> Children(string code)
        {
            var page = (await client.Get($"/api/areas/{code}/children")).Expect(200).As<Page<AreaView>>();
            Assert.Null(page.Next);
            return page.Items.Select(a => a.Code);
        }
    }

    [Fact]
    public async Task People_of_an_area_are_those_who_hold_a_post_for_it()
    {
        var people = (await (await As("worker-1")).Get("/api/areas/C-A/people"))
            .Expect(200)
            .Body.GetProperty("items")
            .EnumerateArray()
            .Select(p =>
                (
                    Text(p, "person"),
                    Text(p, "name"),
                    Text(p, "post"),
                    Text(p, "postName"),
                    Text(p, "postNameEn"),
                    Text(p, "area"),
                    Text(p, "areaName")
                )
            )
            .ToList();

        Assert.Equal(["leader-a", "station-a1", "station-a2", "visitor-a"], people.Select(p => p.Item1).Order(StringComparer.Ordinal));
        Assert.Contains(("leader-a", "王书记", "leader", "镇领导", "Town leader", "C-A", "青山镇"), people);
    }

    [Theory]
    [InlineData("text=第一网格", "C-A1-1,C-A2-1,C-B1-1")]
    [InlineData("text=第一网格&under=C-A", "C-A1-1,C-A2-1")]
    [InlineData("text=石桥&under=C-A", "")]
    [InlineData("text=C-B1", "C-B1,C-B1-1,C-B1-2")]
    [InlineData("under=C-A2", "C-A2,C-A2-1")]
    [InlineData("text=%20竹园村%20&limit=1", "C-A1")]
    [InlineData("text=没有这里", "")]
    public async Task Areas_are_found_by_name_or_code(string query, string codes)
    {
        var page = (await (await As("worker-1")).Get("/api/areas?" + query)).Expect(200).As<Page<AreaView>>();

        Assert.Equal(codes.Split(',', StringSplitOptions.RemoveEmptyEntries), page.Items.Select(a => a.Code));
    }

    [Theory]
    [InlineData("/api/areas/nowhere")]
    [InlineData("/api/areas/c-a")]
    [InlineData("/api/areas/C-X")]
    [InlineData("/api/areas/baihe%2FC-X")]
    [InlineData("/api/areas/nowhere/children")]
    [InlineData("/api/areas/nowhere/people")]
    [InlineData("/api/areas/nowhere/map")]
    [InlineData("/api/areas/nowhere/board")]
    [InlineData("/api/areas/nowhere/statistics")]
    [InlineData("/api/areas?under=nowhere")]
    [InlineData("/api/nothing")]
    [InlineData("/api/areas/C/nothing")]
    public async Task Unknown_areas_return_not_found(string path) => (await (await As("dispatcher-1")).Get(path)).Expect(404, "not-found");

    [Theory]
    [InlineData("")]
    [InlineData("?lon=113")]
    [InlineData("?lon=a&lat=b")]
    public async Task A_point_needs_two_numbers(string query) =>
        (await (await As("dispatcher-1")).Get("/api/areas/at" + query)).Expect(400, "invalid-request");

    [Theory]
    [InlineData("?lon=NaN&lat=NaN")]
    [InlineData("?lon=Infinity&lat=27")]
    [InlineData("?lon=1e300&lat=-1e300")]
    public async Task A_point_with_impossible_coordinates_is_rejected(string query) =>
        (await (await As("dispatcher-1")).Get("/api/areas/at" + query)).Expect(400, "invalid-request");

    [Fact]
    public async Task A_map_has_the_childrens_shapes_and_marks_generated_ones()
    {
        var answer = (await (await As("dispatcher-1")).Get("/api/areas/C-A1/map")).Expect(200);

        Assert.Equal("application/geo+json", answer.ContentType);
        Assert.Equal("FeatureCollection", Text(answer.Body, "type"));
        Assert.True(answer.Body.GetProperty("schematic").GetBoolean());
        var features = answer.Body.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(
            [("C-A1-1", "竹园村第一网格"), ("C-A1-2", "竹园村第二网格")],
            features.Select(f => (Text(f.GetProperty("properties"), "code"), Text(f.GetProperty("properties"), "name")))
        );
        Assert.Equal(2, features[0].GetProperty("geometry").GetProperty("coordinates").GetArrayLength());
        Assert.Equal(
            0,
            (await (await As("dispatcher-1", "baihe")).Get("/api/areas/C/map")).Expect(200).Body.GetProperty("features").GetArrayLength()
        );
    }

    [Fact]
    public async Task The_catalogue_lists_the_packs_categories_and_departments()
    {
        var catalogue = (await (await As("guest-a1")).Get("/api/catalogue")).Expect(200).Body;

        Assert.Equal(["county", "town", "village", "grid"], catalogue.GetProperty("levels").EnumerateArray().Select(l => Text(l, "id")));
        Assert.Equal(TestPacks.Qinghe.Posts.Select(p => p.Id), catalogue.GetProperty("posts").EnumerateArray().Select(l => Text(l, "id")));
        Assert.Equal(["enforcement", "centre"], catalogue.GetProperty("departments").EnumerateArray().Select(l => Text(l, "id")));
        var hazard = catalogue.GetProperty("categories").EnumerateArray().Single(c => Text(c, "code") == "hazard");
        Assert.Equal(
            ("安全隐患", "Hazard", "安全生产", "enforcement", false),
            (
                Text(hazard, "name"),
                Text(hazard, "nameEn"),
                Text(hazard, "class"),
                Text(hazard, "department"),
                hazard.GetProperty("confidential").GetBoolean()
            )
        );
        Assert.Equal("30m", Text(hazard.GetProperty("clocks"), "onSite"));
        Assert.Equal(JsonValueKind.Null, hazard.GetProperty("clocks").GetProperty("solve").ValueKind);
        Assert.Equal(
            [("worker", null), ("station", "town")],
            hazard.GetProperty("recipients").EnumerateArray().Select(r => (Text(r, "post"), r.GetProperty("at").GetString()))
        );
        Assert.Equal(
            ["rubbish"],
            (await (await As("dispatcher-1", "baihe")).Get("/api/catalogue"))
                .Expect(200)
                .Body.GetProperty("categories")
                .EnumerateArray()
                .Select(c => Text(c, "code"))
        );
    }

    [Fact]
    public Task Statistics_have_today_by_hour_the_last_days_the_categories_and_the_unclaimed_cases() =>
        OneDay.Run(async () =>
        {
            var pack = (await Service.Load(TestPacks.Fresh())).Id;
            var dispatcher = await As("dispatcher-1", pack);
            var waiting = await dispatcher.Report("C-A1-1");
            await dispatcher.Report("C-B1-1", "hazard");
            var closed = await dispatcher.Report("C-A1-1");
            await (await As("worker-1", pack)).Do(closed.Id, "claim");
            await (await As("worker-1", pack)).Do(closed.Id, "resolve");
            await dispatcher.Do(closed.Id, "close");

            var body = (await dispatcher.Get("/api/areas/C/statistics")).Expect(200).Body;

            var hours = body.GetProperty("hours").EnumerateArray().ToList();
            Assert.Equal(Enumerable.Range(0, 24), hours.Select(h => h.GetProperty("hour").GetInt32()));
            Assert.Equal(
                (3, 1),
                (hours.Sum(h => h.GetProperty("reported").GetInt32()), hours.Sum(h => h.GetProperty("closed").GetInt32()))
            );
            var days = body.GetProperty("days").EnumerateArray().ToList();
            Assert.Equal((14, 3, 1), (days.Count, days[^1].GetProperty("reported").GetInt32(), days[^1].GetProperty("closed").GetInt32()));
            Assert.Equal(Text(body, "day"), Text(days[^1], "day"));
            var categories = body.GetProperty("categories")
                .EnumerateArray()
                .ToDictionary(c => Text(c, "category"), c => (c.GetProperty("reported").GetInt32(), c.GetProperty("open").GetInt32()));
            Assert.Equal(((2, 1), (1, 1)), (categories["rubbish"], categories["hazard"]));
            Assert.Equal(waiting.Id, Text(body.GetProperty("waiting")[0], "id"));
            Assert.Equal(2, body.GetProperty("waiting").GetArrayLength());
        });

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
