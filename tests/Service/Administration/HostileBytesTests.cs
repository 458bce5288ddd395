using System.Net.Http.Headers;
using System.Text;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace GridActors.Service.Tests.Administration;

/// <summary>Whatever bytes a client sends, the answer is a problem of the client and never a failure of the service.</summary>
public sealed class HostileBytesTests : SharedServiceTest
{
    [Theory]
    [InlineData("application/json; charset=utf8", 201)]
    [InlineData("application/json; charset=\"UTF-8\"", 201)]
    [InlineData("application/json; charset=gbk", 415)]
    [InlineData("application/json; charset=utf-7", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=\"\"", 415)]
    [InlineData("application/problem+json; charset=x", 415)]
    public async Task A_charset_of_JSON_is_UTF_8_or_refused(string contentType, int status)
    {
        var body = Encoding.UTF8.GetBytes("""{"category":"rubbish","area":"C-A1-1","title":"字符集"}""");
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await (await As("worker-1")).Post("/api/cases", content);

        Assert.Equal((status, status == 415 ? "not-json" : null), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(400, "invalid-request")]
    [InlineData(408, "too-slow")]
    [InlineData(413, "too-large")]
    [InlineData(415, "not-json")]
    public void What_the_server_says_of_a_body_it_could_not_read_has_a_code(int status, string code) =>
        Assert.Equal(code, ProblemHandler.CodeOf(new BadHttpRequestException("", status), isWrite: true));

    [Fact]
    public async Task A_sign_in_with_an_unknown_charset_is_refused()
    {
        var content = new ByteArrayContent("""{"account":"a","password":"b"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=gb2312");

        (await Service.Anybody().Post("/api/session", content)).Expect(415, "not-json");
    }

    [Theory]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    public async Task An_account_that_is_cut_inside_a_surrogate_pair_is_unknown(int length)
    {
        var account = new string('a', length) + "😀😀";

        (await Service.Anybody().Post("/api/session", new { account, password = "x" })).Expect(401, "wrong-credentials");
    }

    [Fact]
    public async Task A_multipart_body_that_is_cut_off_is_an_invalid_request()
    {
        var content = new ByteArrayContent(
            "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nhalf a picture"u8.ToArray()
        );
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=cut");

        (await (await As("worker-1")).Post("/api/photos", content)).Expect(400, "invalid-request");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=x; charset=gbk")]
    public async Task A_multipart_body_without_parts_is_an_invalid_request(string contentType)
    {
        var content = new ByteArrayContent("nothing"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        (await (await As("worker-1")).Post("/api/photos", content)).Expect(400, "invalid-request");
    }

    [Theory]
    [InlineData("/api/cases?limit=abc", "limit")]
    [InlineData("/api/cases?overdue=maybe", "overdue")]
    [InlineData("/api/inbox?limit=1.5", "limit")]
    [InlineData("/api/areas?limit=x", "limit")]
    [InlineData("/api/areas?text=%00", "text")]
    [InlineData("/api/areas/at?lat=27", "lon")]
    [InlineData("/api/areas/at?lon=east&lat=27", "lon")]
    [InlineData("/api/areas/at?lon=113,5&lat=27", "lon")]
    [InlineData("/api/areas/at?lon=113&lat=2,7", "lat")]
    [InlineData("/api/areas/at?lon=181&lat=27", "lon")]
    [InlineData("/api/areas/at?lon=113&lat=-90.5", "lat")]
    [InlineData("/api/areas/at?lon=NaN&lat=27", "lon")]
    public async Task A_bad_query_value_is_named(string path, string field)
    {
        var answer = (await (await As("dispatcher-1")).Get(path)).Expect(400, "invalid-request");

        Assert.Equal([field], answer.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task A_hub_call_with_missing_or_wrong_arguments_answers_a_code()
    {
        await using var hub = await Service.Connect("dispatcher-1");

        foreach (var arguments in new object[][] { [], ["C", "C-A"], [new { code = "C" }], [7] })
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => hub.Invoke("WatchArea", arguments));
            Assert.Contains("HubException: invalid-request: ", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal("C", (await hub.WatchArea("C")).Area.Code);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/api/me")]
    [InlineData("/api/demo")]
    [InlineData("/api/cases")]
    [InlineData("/api/cases/export")]
    [InlineData("/api/areas/C/board")]
    [InlineData("/openapi/v1.json")]
    public async Task HEAD_answers_as_GET_without_a_body(string path)
    {
        var dispatcher = await As("dispatcher-1");

        var head = (await dispatcher.Head(path)).Expect(200);

        Assert.Empty(head.Bytes);
        Assert.Equal((await dispatcher.Get(path)).Expect(200).ContentType, head.ContentType);
    }

    [Fact]
    public async Task HEAD_of_what_only_takes_a_post_is_not_allowed() =>
        Assert.Equal(405, (await (await As("worker-1")).Head("/api/photos")).Status);
}
