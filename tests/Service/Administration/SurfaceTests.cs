using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GridActors.Web.Problems;

namespace GridActors.Service.Tests.Administration;

/// <summary>The API as a whole: health, headers, and that docs/api.md describes it correctly.</summary>
public sealed partial class SurfaceTests : SharedServiceTest
{
    static string Api { get; } = File.ReadAllText(Path.Combine(TestPacks.Folder, "..", "..", "docs", "api.md"));

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_checks_answer_without_a_session(string path, string status) =>
        Assert.Equal(status, (await Service.Anybody().Get(path)).Expect(200).Body.GetProperty("status").GetString());

    [Fact]
    public void Every_code_is_in_the_documents_table_with_its_status()
    {
        var documented = Rows()
            .Matches(Api)
            .SelectMany(m =>
                Codes()
                    .Matches(m.Groups[1].Value)
                    .Select(c => (c.Groups[1].Value, int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)))
            );

        Assert.Equal(Problem.Codes.Select(c => (c, Problem.StatusOf(c))).Order(), documented.Order());
    }

    [Fact]
    public async Task Every_call_of_the_document_is_described_by_OpenAPI()
    {
        var described = (await Service.Anybody().Get("/openapi/v1.json"))
            .Expect(200)
            .Body.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(p =>
                p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {Parameters().Replace(p.Name.TrimEnd('/'), "{}")}")
            )
            .ToHashSet();
        var documented = Calls()
            .Matches(Api)
            .Select(m => $"{m.Groups[1].Value} {Parameters().Replace(m.Groups[2].Value, "{}")}")
            .Distinct()
            .Concat(Steps.All.Select(s => $"POST /api/cases/{{}}/{s}"));

        Assert.Equal([], documented.Except(described));
    }

    [Theory]
    [InlineData("POST", "/api/cases", "text/plain", 415, "not-json")]
    [InlineData("POST", "/api/cases", null, 415, "not-json")]
    [InlineData("POST", "/api/photos", "application/json", 415, "not-json")]
    [InlineData("PUT", "/api/cases", "application/json", 405, "method-not-allowed")]
    [InlineData("POST", "/api/nothing", "application/json", 404, "not-found")]
    public async Task An_unsupported_method_path_or_content_type_returns_a_problem(
        string method,
        string path,
        string? contentType,
        int status,
        string code
    )
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        if (contentType is not null)
            content.Headers.ContentType = new(contentType);

        (await (await As("worker-1")).Send(new(new(method), new Uri(Service.Url, path)) { Content = content })).Expect(status, code);
    }

    [Theory]
    [InlineData("""{"category":7,"area":"C-A1-1","title":"x"}""", "category")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"x","position":{"lon":"east","lat":27}}""", "position.lon")]
    [InlineData("""{"category":"rubbish","area":"C-A1-1","title":"x","photos":[1]}""", "photos[0]")]
    [InlineData("""{"category":"rubbish",""", "body")]
    [InlineData("[]", "body")]
    public async Task A_value_of_the_wrong_type_is_named(string body, string field)
    {
        var answer = (await (await As("worker-1")).Post("/api/cases", body)).Expect(400, "invalid-request");

        Assert.Equal([field], answer.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task The_pages_types_are_generated_from_what_is_served()
    {
        var served = (await Service.Anybody().Get("/openapi/v1.json")).Expect(200).Text;
        var committed = await File.ReadAllTextAsync(
            Path.Combine(TestPacks.Folder, "..", "..", "src", "Web", "app", "src", "http", "openapi.json")
        );

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(committed)),
            "src/Web/app/src/http/openapi.json isn't what the service serves. With the service running (./gridactors up), in src/Web/app: "
                + "curl http://127.0.0.1:5080/openapi/v1.json -o src/http/openapi.json && npm run types"
        );
    }

    [GeneratedRegex(@"^\| (`[a-z`, -]+`) \| (\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Codes();

    [GeneratedRegex(@"`(GET|POST|DELETE) (/api/[a-z./{}-]+)")]
    private static partial Regex Calls();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameters();
}
