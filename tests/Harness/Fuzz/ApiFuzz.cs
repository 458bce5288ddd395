using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridActors.Harness.Fuzz;

/// <summary>
/// Calls every operation of a service's OpenAPI document with valid, nearly valid and hostile requests. A service may refuse anything, but
/// never fail: an answer from 500 up is a fault, unless it is a 503 that says why.
/// </summary>
public sealed partial class ApiFuzz
{
    readonly Uri _url;
    readonly IReadOnlyList<FuzzCaller> _callers;
    readonly KnownValues _known;
    readonly JsonElement _document;

    ApiFuzz(Uri url, IReadOnlyList<FuzzCaller> callers, KnownValues known, JsonElement document) =>
        (_url, _callers, _known, _document) = (url, callers, known, document);

    /// <summary>Reads the document, and the areas, categories and people that the first caller sees.</summary>
    public static async Task<ApiFuzz> Prepare(Uri url, IReadOnlyList<FuzzCaller> callers)
    {
        var client = new Client(url, callers[0].Token);
        var known = new KnownValues();
        foreach (var area in (await client.Get("/api/areas?limit=200")).Expect(200).Body.GetProperty("items").EnumerateArray())
            known.Add("area", area.GetProperty("code").GetString()!);
        var catalogue = (await client.Get("/api/catalogue")).Expect(200).Body;
        foreach (var category in catalogue.GetProperty("categories").EnumerateArray())
            known.Add("category", category.GetProperty("code").GetString()!);
        foreach (var department in catalogue.GetProperty("departments").EnumerateArray())
            known.Add("department", department.GetProperty("id").GetString()!);
        foreach (var caller in callers)
            known.Add("person", caller.Name[(caller.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return new(url, callers, known, (await client.Get("/openapi/v1.json")).Expect(200).Body);
    }

    public async Task<FuzzReport> Run(int seed, int calls, int connections, CancellationToken cancellationToken = default)
    {
        var report = new FuzzReport();
        var requests = new FuzzRequests(seed, _document, _callers, _known, _url.Authority);
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(Work, cancellationToken)));
        return report;

        async Task Work()
        {
            using var line = new FuzzLine(new IPEndPoint(IPAddress.Parse(_url.Host), _url.Port));
            for (int next; (next = Interlocked.Increment(ref number)) <= calls; )
                await Call(line, requests.Make(next), report, cancellationToken);
        }
    }

    async Task Call(FuzzLine line, FuzzRequest request, FuzzReport report, CancellationToken cancellationToken)
    {
        FuzzAnswer answer;
        try
        {
            answer = await line.Send(request, cancellationToken);
        }
        catch (TimeoutException)
        {
            report.Call("no answer");
            report.Add(new(request.Operation, "no answer within a minute", request.Show()));
            return;
        }
        report.Call(answer.Status == 0 ? "closed" : $"{answer.Status}");
        if (answer.IsBare)
            report.Count($"{answer.Status} without a code");
        if (answer.IsFault)
            report.Add(new(request.Operation, Outcome(answer), $"number {request.Number}\n{request.Show()}"));
        if (answer.Status is 200 or 201)
            _known.Learn(answer.Body.Span);
    }

    static string Outcome(FuzzAnswer answer) =>
        $"{answer.Status} {Code().Match(Encoding.UTF8.GetString(answer.Body.Span)).Groups[1].Value}".TrimEnd();

    [GeneratedRegex("\"code\":\"([^\"]+)\"")]
    private static partial Regex Code();
}
