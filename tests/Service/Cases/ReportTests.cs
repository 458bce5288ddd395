using System.Text.Json;

namespace GridActors.Service.Tests.Cases;

/// <summary>What a report may contain, and the answers to reports that are invalid.</summary>
public sealed class ReportTests : SharedServiceTest
{
    [Theory]
    [InlineData("{}", "category,title,area")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":""}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":" \n\t　 "}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":null}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"\u200b"}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"\u202e\u2066\u3164"}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a\uffff"}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a","position":{"lon":0,"lat":0}}""", "position")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a","position":{"lon":27.02,"lat":83.02}}""", "position")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a\u0000b"}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a\u0007b"}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a\u007fb"}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a\u0085b"}""", "title")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a","detail":"\u001b[31m"}""", "detail")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a","solved":""}""", "solved")]
    [InlineData("""{"category":"nothing","area":"C-A1-1","title":"a"}""", "category")]
    [InlineData("""{"category":"rubbish","area":"C-X-1","title":"a"}""", "area")]
    [InlineData("""{"category":"rubbish","area":"baihe/C-X-1","title":"a"}""", "area")]
    [InlineData("""{"category":"rubbish","area":"","title":"a"}""", "area")]
    [InlineData("""{"category":"rubbish","title":"a"}""", "area")]
    [InlineData("""{"category":"rubbish","title":"a","position":{"lon":180.1,"lat":0}}""", "position")]
    [InlineData("""{"category":"rubbish","title":"a","position":{"lon":0,"lat":-90.1}}""", "position")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a","photos":["x"]}""", "photos")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a","photos":[null]}""", "photos")]
    [InlineData(
        """{"category":"rubbish","area":"C-A1-1","title":"a","photos":["00000000000000000000000000000000"""
            + """00000000000000000000000000000000"]}""",
        "photos"
    )]
    public async Task A_rejected_report_names_the_invalid_field(string body, string fields)
    {
        var answer = (await (await As("dispatcher-1")).Post("/api/cases", body)).Expect(400, "invalid-request");

        Assert.Equal(fields.Split(',').Order(), answer.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("不是 JSON")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":5}""")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":["a"]}""")]
    [InlineData("""{"category":{},"area":"C-A1-1","title":"a"}""")]
    [InlineData("""{"category":"rubbish","title":"a","position":"113,27"}""")]
    [InlineData("""{"category":"rubbish","title":"a","position":{"lon":"113","lat":"27"}}""")]
    [InlineData("""{"category":"rubbish","title":"a","position":{"lon":NaN,"lat":27}}""")]
    [InlineData("""{"category":"rubbish","title":"a","position":{"lon":1e999,"lat":27}}""")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"a","photos":"x"}""")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"half \ud83d"}""")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"\udc00 half"}""")]
    public async Task A_malformed_report_is_an_invalid_request(string body) =>
        (await (await As("dispatcher-1")).Post("/api/cases", body)).Expect(400, "invalid-request");

    [Theory]
    [InlineData("title", 100)]
    [InlineData("detail", 4000)]
    [InlineData("solved", 2000)]
    public async Task A_report_with_a_text_over_its_limit_is_rejected(string field, int most)
    {
        var dispatcher = await As("dispatcher-1");
        Dictionary<string, string> body = new()
        {
            ["category"] = "rubbish",
            ["area"] = "C-A1-1",
            ["title"] = "长度",
            [field] = string.Concat(Enumerable.Repeat("𠮷", most)),
        };
        (await dispatcher.Post("/api/cases", body)).Expect(201);

        body[field] += "了";
        var refused = (await dispatcher.Post("/api/cases", body)).Expect(400, "invalid-request");

        Assert.Equal(field, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("路灯坏了😀👨‍👩‍👧", "路灯坏了😀👨‍👩‍👧")]
    [InlineData("  前后空白　", "前后空白")]
    [InlineData("看\u200B不\u202E见", "看不见")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("第一行\n第二行\t制表", "第一行\n第二行\t制表")]
    [InlineData("𠮷野家", "𠮷野家")]
    [InlineData("<script>alert('x')</script> \" \\ ' %_ {} $1", "<script>alert('x')</script> \" \\ ' %_ {} $1")]
    public async Task Text_comes_back_exactly_as_it_was_written(string written, string kept)
    {
        var dispatcher = await As("dispatcher-1");
        var view = await dispatcher.Report("C-A1-1", title: written, detail: written);
        await dispatcher.Do(view.Id, "comment", new { text = written });

        Assert.Equal((kept, kept), (view.Title, view.Detail));
        Assert.Equal((kept, kept), await dispatcher.Case(view.Id) is var read ? (read.Title, read.Detail) : default);
        Assert.Equal(kept, (await dispatcher.History(view.Id))[1].Text);
        Assert.Equal(kept, await Service.Ask<string>("select title from case_file where id = $1", Guid.ParseExact(view.Id, "N")));
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_too_large() =>
        (
            await (await As("dispatcher-1")).Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = new string('a', 1_100_000),
                }
            )
        ).Expect(413, "too-large");

    [Fact]
    public async Task A_body_with_another_content_type_than_JSON_is_rejected()
    {
        using var content = new StringContent("category=rubbish", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.InRange((await (await As("dispatcher-1")).Post("/api/cases", content)).Status, 400, 499);
    }

    [Theory]
    [InlineData("claim", "{}", 200)]
    [InlineData("handover", "{}", 400)]
    [InlineData("handover", """{"to":"worker-2"}""", 400)]
    [InlineData("release", "{}", 400)]
    [InlineData("release", """{"reason":" "}""", 400)]
    [InlineData("transfer", """{"department":"enforcement"}""", 400)]
    [InlineData("progress", "{}", 400)]
    [InlineData("progress", """{"text":"\u0000"}""", 400)]
    [InlineData("comment", """{"text":7}""", 400)]
    [InlineData("resolve", "{}", 400)]
    [InlineData("explain", "{}", 400)]
    [InlineData("close", """{"rating":"5"}""", 400)]
    [InlineData("close", """{"rating":4.5}""", 400)]
    [InlineData("reopen", "{}", 400)]
    [InlineData("return", "{}", 400)]
    public async Task A_step_without_a_required_field_is_rejected(string action, string body, int status)
    {
        var reported = await (await As("worker-1")).Report("C-A1-1");

        Assert.Equal(status, (await (await As("worker-1")).Step(reported.Id, action, body)).Status);
    }

    [Theory]
    [InlineData("release", "reason", 500)]
    [InlineData("handover", "reason", 500)]
    [InlineData("reopen", "reason", 500)]
    [InlineData("return", "reason", 500)]
    [InlineData("transfer", "reason", 500)]
    [InlineData("progress", "text", 2000)]
    [InlineData("resolve", "text", 2000)]
    [InlineData("explain", "text", 2000)]
    [InlineData("comment", "text", 2000)]
    [InlineData("close", "text", 500)]
    public async Task A_step_with_too_long_a_text_is_rejected(string action, string field, int most)
    {
        var reported = await (await As("worker-1")).Report("C-A1-1");
        Dictionary<string, string> body = new() { [field] = new('字', most + 1) };
        if (action == "handover")
            body["to"] = "worker-2";
        if (action == "transfer")
            body["department"] = "enforcement";

        var refused = (await (await As("worker-1")).Step(reported.Id, action, body)).Expect(400, "invalid-request");

        Assert.Equal(field, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData(113.02, 27.02, "C-A1-1")]
    [InlineData(113.15, 27.05, "C-A1-2")]
    [InlineData(113.05, 27.05, "C-A1")]
    [InlineData(113.18, 27.15, "C-A2-1")]
    [InlineData(113.1, 27.15, "C-A2")]
    [InlineData(113.3, 27.1, "C-B")]
    public async Task A_point_finds_the_deepest_area_around_it(double lon, double lat, string area)
    {
        var dispatcher = await As("dispatcher-1");

        var view = (
            await dispatcher.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    title = "定位",
                    position = new { lon, lat },
                }
            )
        ).Expect(201).As<CaseView>();

        Assert.Equal((area, new Place(lon, lat)), (view.Area, view.Position));
        Assert.Equal(
            area,
            (await dispatcher.Get(FormattableString.Invariant($"/api/areas/at?lon={lon}&lat={lat}"))).Expect(200).As<AreaView>().Code
        );
    }

    [Theory]
    [InlineData(112.9, 27.05)]
    [InlineData(0, 0)]
    [InlineData(-180, 90)]
    public async Task A_point_outside_has_no_grid(double lon, double lat)
    {
        var dispatcher = await As("dispatcher-1");

        (
            await dispatcher.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    title = "定位",
                    position = new { lon, lat },
                }
            )
        ).Expect(404, "no-grid-here");
        (await dispatcher.Get(FormattableString.Invariant($"/api/areas/at?lon={lon}&lat={lat}"))).Expect(404, "no-grid-here");
    }

    [Fact]
    public async Task A_pack_without_boundaries_finds_no_grid_and_still_takes_an_area()
    {
        var dispatcher = await As("dispatcher-1", "baihe");

        (
            await dispatcher.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    title = "定位",
                    position = new { lon = 113.02, lat = 27.02 },
                }
            )
        ).Expect(404, "no-grid-here");
        var view = (
            await dispatcher.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "定位",
                    position = new { lon = 113.02, lat = 27.02 },
                }
            )
        ).Expect(201).As<CaseView>();
        Assert.Equal("C-A1-1", view.Area);
    }

    [Fact]
    public async Task A_report_with_area_and_position_is_filed_in_the_area()
    {
        var view = (
            await (await As("dispatcher-1")).Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-B1-1",
                    title = "定位",
                    position = new { lon = 113.02, lat = 27.02 },
                }
            )
        ).Expect(201).As<CaseView>();

        Assert.Equal(("C-B1-1", new Place(113.02, 27.02)), (view.Area, view.Position));
    }

    [Theory]
    [InlineData("rubbish", "C-A1-1", "worker-1,worker-2,worker-3,worker-4,worker-5")]
    [InlineData("rubbish", "C-A1", "dispatcher-1,dispatcher-2")]
    [InlineData("dispute", "C-A1-1", "clerk-a1,leader-a")]
    [InlineData("dispute", "C-B-9", "leader-b")]
    [InlineData("dispute", "C", "dispatcher-1,dispatcher-2")]
    [InlineData("hazard", "C-B1-2", "both,station-b,worker-b12")]
    [InlineData("lead", "C-A1-1", "police-a1")]
    [InlineData("lead", "C-B1-1", "police-c")]
    public async Task A_reported_case_is_offered_to_the_recipients_of_its_category(string category, string area, string people)
    {
        var view = await (await As("dispatcher-1")).Report(area, category);

        Assert.Equal(people.Split(','), view.OfferedTo.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Register_numbers_are_never_given_twice()
    {
        var dispatcher = await As("dispatcher-1");

        var views = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => dispatcher.Report("C-A1-1")));

        Assert.Equal(60, views.Select(v => v.Number).Distinct().Count());
    }

    [Fact]
    public async Task Problems_speak_Chinese_unless_English_is_asked_for()
    {
        var dispatcher = await As("dispatcher-1");

        var chinese = (await dispatcher.Get("/api/areas/nowhere")).Expect(404, "not-found").Body;
        var english = (await dispatcher.Get("/api/areas/nowhere", ("Accept-Language", "en-GB,zh;q=0.5"))).Expect(404, "not-found").Body;

        Assert.Equal("没有找到，或您无权查看。", chinese.GetProperty("detail").GetString());
        Assert.Equal("There is no such thing, or not for your eyes.", english.GetProperty("detail").GetString());
        Assert.All(
            new[] { chinese, english },
            p =>
                Assert.Equal(
                    (404, JsonValueKind.String, JsonValueKind.String),
                    (p.GetProperty("status").GetInt32(), p.GetProperty("type").ValueKind, p.GetProperty("title").ValueKind)
                )
        );
    }
}
