using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridActors.Service.Tests.Administration;

/// <summary>The OpenAPI document has what client generators and readers need, and the reference page shows it.</summary>
public sealed partial class OpenApiTests : SharedServiceTest
{
    static readonly string[] Open =
    [
        "signIn",
        "openKiosk",
        "getDemo",
        "getProvider",
        "getLiveness",
        "getReadiness",
        "answerForward",
        "openRegistration",
        "confirmPhone",
        "applyForRegistration",
        "getRegistrationState",
        "openGridCard",
        "openInvitation",
        "answerInvitation",
    ];

    [Fact]
    public async Task Every_operation_has_a_unique_id_a_summary_and_a_known_tag()
    {
        var document = await Document();
        var tags = document.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ToHashSet();
        var operations = Operations(document).ToList();

        Assert.All(operations, o => Assert.Matches(CamelCase(), o.Id));
        Assert.Equal(operations.Count, operations.Select(o => o.Id).Distinct().Count());
        Assert.All(operations, o => Assert.NotEqual("", o.Body.GetProperty("summary").GetString()));
        Assert.All(operations, o => Assert.Contains(Assert.Single(o.Body.GetProperty("tags").EnumerateArray()).GetString(), tags));
    }

    [Fact]
    public async Task Every_operation_says_whether_it_needs_a_session()
    {
        var document = await Document();
        var schemes = document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(s => s.Name).Order();

        Assert.Equal(["bearer", "cookie"], schemes);
        foreach (var operation in Operations(document))
        {
            var accepted = operation
                .Body.GetProperty("security")
                .EnumerateArray()
                .SelectMany(s => s.EnumerateObject())
                .Select(s => s.Name)
                .Order();
            Assert.Equal(Open.Contains(operation.Id) ? [] : ["bearer", "cookie"], accepted);
        }
    }

    [Fact]
    public async Task Every_write_to_a_case_takes_an_idempotency_key_and_a_version()
    {
        var writes = Operations(await Document())
            .Where(o => o.Method == "post" && o.Path.StartsWith("/api/cases", StringComparison.Ordinal))
            .ToList();

        // And the report, the pause and the end of a task.
        Assert.Equal(Steps.All.Count + 3, writes.Count);
        foreach (var write in writes)
        {
            var headers = write.Body.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "header");
            // What is created has no version to insist on.
            string[] expected = write.Id == "reportCase" ? ["Idempotency-Key"] : ["Idempotency-Key", "If-Match"];
            Assert.Equal(expected, headers.Select(h => h.GetProperty("name").GetString()).Order());
        }
    }

    [Fact]
    public async Task Every_answer_with_a_case_has_an_ETag_and_every_creation_a_Location()
    {
        foreach (var operation in Operations(await Document()))
        {
            foreach (var response in operation.Body.GetProperty("responses").EnumerateObject())
            {
                var holdsCase = response.Value.ToString().Contains("#/components/schemas/CaseJson\"", StringComparison.Ordinal);
                var headers = response.Value.TryGetProperty("headers", out var h) ? h.EnumerateObject().Select(p => p.Name).ToList() : [];
                if (holdsCase)
                    Assert.Contains("ETag", headers);
                if (response.Name == "201")
                    Assert.Contains("Location", headers);
                if (response.Name == "503" && !Open.Contains(operation.Id))
                    Assert.Contains("Retry-After", headers);
            }
        }
    }

    [Fact]
    public async Task Every_refusal_is_a_problem_with_a_code()
    {
        var document = await Document();
        Assert.Contains(
            "code",
            document
                .GetProperty("components")
                .GetProperty("schemas")
                .GetProperty("ProblemDetails")
                .GetProperty("required")
                .EnumerateArray()
                .Select(r => r.GetString())
        );
        foreach (var operation in Operations(document).Where(o => o.Path.StartsWith("/api", StringComparison.Ordinal)))
        {
            foreach (var response in operation.Body.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] != '2'))
            {
                var content = response.Value.GetProperty("content").GetProperty("application/problem+json");
                var codes = content.GetProperty("examples").EnumerateObject().Select(e => e.Name).ToList();
                Assert.NotEmpty(codes);
                Assert.All(codes, c => Assert.Equal(response.Name, $"{GridActors.Web.Problems.Problem.StatusOf(c)}"));
            }
        }
    }

    [Fact]
    public async Task Every_JSON_request_and_answer_has_an_example()
    {
        foreach (var operation in Operations(await Document()))
        {
            var answers = operation.Body.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] == '2').Select(r => r.Value);
            var bodies = operation.Body.TryGetProperty("requestBody", out var request) ? answers.Append(request) : answers;
            var content = bodies.Where(b => b.TryGetProperty("content", out _)).SelectMany(b => b.GetProperty("content").EnumerateObject());
            foreach (var json in content.Where(c => c.Name.EndsWith("json", StringComparison.Ordinal)))
                Assert.True(json.Value.TryGetProperty("example", out _), $"{operation.Id} has {json.Name} without an example");
        }
    }

    [Theory]
    [InlineData("ReportRequest", "category,title")]
    [InlineData("HandOverRequest", "reason,to")]
    [InlineData("TextAndPhotosRequest", "text")]
    [InlineData("SignInRequest", "account")]
    [InlineData("CloseRequest", "")]
    public async Task A_request_says_which_members_it_needs(string request, string members)
    {
        var schema = (await Document()).GetProperty("components").GetProperty("schemas").GetProperty(request);
        List<string> required = schema.TryGetProperty("required", out var names)
            ? [.. names.EnumerateArray().Select(n => n.GetString()!).Order()]
            : [];

        Assert.Equal(members.Split(',', StringSplitOptions.RemoveEmptyEntries), required);
        Assert.All(required, n => Assert.Equal("string", schema.GetProperty("properties").GetProperty(n).GetProperty("type").ToString()));
    }

    [Fact]
    public async Task The_status_of_a_process_and_the_outcome_of_a_call_are_none_of_a_case()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");

        Assert.True(schemas.GetProperty("CaseJson").GetProperty("properties").GetProperty("status").TryGetProperty("enum", out _));
        Assert.False(schemas.GetProperty("LivenessJson").GetProperty("properties").GetProperty("status").TryGetProperty("enum", out _));
        Assert.False(schemas.GetProperty("AccessJson").GetProperty("properties").GetProperty("outcome").TryGetProperty("enum", out _));
    }

    [Fact]
    public async Task The_reference_page_allows_its_own_script_alone()
    {
        var page = (await Service.Anybody().Get("/api/reference/")).Expect(200);
        var policy = page.Headers["Content-Security-Policy"];
        var nonce = Nonce().Match(policy).Groups[1].Value;

        Assert.Matches(Nonce(), policy);
        Assert.All(Scripts().Matches(page.Text), s => Assert.Contains($"nonce=\"{nonce}\"", s.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(
            "://",
            Sources().Matches(page.Text).Select(s => s.Groups[1].Value).Aggregate("", string.Concat),
            StringComparison.Ordinal
        );
        Assert.NotEqual(policy, (await Service.Anybody().Get("/api/reference/")).Headers["Content-Security-Policy"]);
        Assert.DoesNotContain(
            "nonce",
            (await Service.Anybody().Get("/api/demo")).Headers["Content-Security-Policy"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unknown_address_below_api_is_a_problem_and_not_the_reference_page() =>
        (await Service.Anybody().Get("/api/nothing")).Expect(404, "not-found");

    async Task<JsonElement> Document() => (await Service.Anybody().Get("/openapi/v1.json")).Expect(200).Body;

    static IEnumerable<(string Path, string Method, string Id, JsonElement Body)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value.GetProperty("operationId").GetString()!, operation.Value);

    [GeneratedRegex("^[a-z]+([A-Z][a-z]*)*$")]
    private static partial Regex CamelCase();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Sources();
}
