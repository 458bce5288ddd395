using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace GridActors.Harness;

/// <summary>Makes the service's HTTP calls as one person.</summary>
public sealed record Client(Uri Url, string? Token)
{
    static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 400 })
    {
        Timeout = TimeSpan.FromMinutes(2),
    };

    public string Person { get; init; } = "";
    public string Pack { get; init; } = "";

    /// <summary>How long a read that is answered 503 is made again, as a page does. By default it isn't.</summary>
    public TimeSpan ReadPatience { get; init; }

    /// <summary>A new idempotency key.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>A client for the same service with another session.</summary>
    public async Task<Client> SignIn(string account, string password)
    {
        var answer = await (this with { Token = null }).Post("/api/session", new { account, password });
        return this with { Token = answer.Expect(200).Body.GetProperty("token").GetString() };
    }

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        ReadPatience == default
            ? Send(new(HttpMethod.Get, new Uri(Url, path)), headers)
            : Eventually.Is(() => Send(new(HttpMethod.Get, new Uri(Url, path)), headers), a => a.Status != 503, ReadPatience);

    public Task<Answer> Head(string path) => Send(new(HttpMethod.Head, new Uri(Url, path)));

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) =>
        Send(new(HttpMethod.Delete, new Uri(Url, path)), headers);

    /// <param name="body">An object is sent as JSON, a string as it is, and null as no body.</param>
    public Task<Answer> Post(string path, object? body = null, string? key = null, params (string Name, string Value)[] headers) =>
        Write(HttpMethod.Post, path, body, key, headers);

    public Task<Answer> Patch(string path, object body, string? key = null, params (string Name, string Value)[] headers) =>
        Write(HttpMethod.Patch, path, body, key, headers);

    public Task<Answer> Put(string path, object body, string? key = null, params (string Name, string Value)[] headers) =>
        Write(HttpMethod.Put, path, body, key, headers);

    Task<Answer> Write(HttpMethod method, string path, object? body, string? key, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Url, path))
        {
            Content = body switch
            {
                null => null,
                HttpContent content => content,
                string raw => new StringContent(raw, Encoding.UTF8, "application/json"),
                _ => JsonContent.Create(body, body.GetType(), options: Answer.Json),
            },
        };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return Send(request, headers);
    }

    /// <summary>Reports a case. The test fails when it is refused.</summary>
    public async Task<CaseView> Report(
        string area,
        string category = "rubbish",
        string title = "占道垃圾",
        string? detail = null,
        string? key = null
    ) => (
            await Post(
                "/api/cases",
                new
                {
                    category,
                    area,
                    title,
                    detail,
                },
                key ?? NewKey()
            )
        ).Expect(201).As<CaseView>();

    /// <summary>Takes one step of a case. Without a body, it sends what the step needs.</summary>
    public Task<Answer> Step(
        string id,
        string action,
        object? body = null,
        string? key = null,
        params (string Name, string Value)[] headers
    ) => Post($"/api/cases/{id}/{action}", body ?? Steps.Body(action), key ?? NewKey(), headers);

    /// <summary>Takes a step. The test fails when it is refused.</summary>
    public async Task<CaseView> Do(string id, string action, object? body = null) =>
        (await Step(id, action, body)).Expect(200).As<CaseView>();

    public async Task<CaseView> Case(string id) => (await Get($"/api/cases/{id}")).Expect(200).As<CaseView>();

    public async Task<IReadOnlyList<HistoryItem>> History(string id) =>
        (await Get($"/api/cases/{id}/history")).Expect(200).As<Page<HistoryItem>>().Items;

    public async Task<Board> Board(string area) => (await Get($"/api/areas/{area}/board")).Expect(200).As<Board>();

    public async Task<InboxView> Inbox(string query = "?limit=200") => (await Get("/api/inbox" + query)).Expect(200).As<InboxView>();

    public async Task<Answer> Upload(byte[] photo, string fileName = "photo.jpg", string contentType = "image/jpeg")
    {
        using var file = new ByteArrayContent(photo);
        file.Headers.ContentType = new(contentType);
        using var form = new MultipartFormDataContent { { file, "file", fileName } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/api/photos")) { Content = form };
        return await Send(request);
    }

    public async Task<Answer> Send(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using var _ = request;
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in headers)
        {
            if (name == "Authorization")
                request.Headers.Authorization = null;
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var what = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        using var response = await Http.SendAsync(request);
        return new()
        {
            What = what,
            Status = (int)response.StatusCode,
            ContentType = response.Content.Headers.ContentType?.MediaType,
            Bytes = await response.Content.ReadAsByteArrayAsync(),
            ETag = response.Headers.ETag?.ToString(),
            RetryAfter = response.Headers.RetryAfter?.Delta,
            Headers = response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
        };
    }
}

/// <summary>What the service answered.</summary>
public sealed record Answer
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Stands for a call that got no answer.</summary>
    public static Answer Missing(Exception why) =>
        new()
        {
            What = why.Message,
            Status = 0,
            ContentType = null,
            Bytes = [],
            ETag = null,
            RetryAfter = null,
            Headers = new Dictionary<string, string>(),
        };

    public required string What { get; init; }
    public required int Status { get; init; }
    public required string? ContentType { get; init; }
    public required byte[] Bytes { get; init; }
    public required string? ETag { get; init; }
    public required TimeSpan? RetryAfter { get; init; }
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public string Text => Encoding.UTF8.GetString(Bytes);
    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Bytes);

    /// <summary>The problem's code; null when the answer is no problem.</summary>
    public string? Code => ContentType == "application/problem+json" ? Body.GetProperty("code").GetString() : null;

    /// <summary>Status and code as one word, e.g. <c>409 already-claimed</c>.</summary>
    public string Outcome => Code is { } code ? $"{Status} {code}" : $"{Status}";

    public T As<T>() => JsonSerializer.Deserialize<T>(Bytes, Json)!;

    public Answer Expect(int status, string? code = null) =>
        Status == status && Code == code
            ? this
            : throw new UnexpectedAnswerException($"{What}: expected {status} {code}, got {Status}: {Text}");

    public override string ToString() => $"{What}: {Status} {Text}";
}

public sealed class UnexpectedAnswerException(string message) : Exception(message);

/// <summary>The name of each step in the API, and the body it needs. A pause isn't among them, because it needs a photo.</summary>
public static class Steps
{
    public static IReadOnlyList<string> All { get; } =
    [
        "claim",
        "release",
        "handover",
        "on-site",
        "progress",
        "resolve",
        "explain",
        "transfer",
        "comment",
        "close",
        "reopen",
        "escalate",
        "send-back",
        "extension",
        "grant",
        "refuse",
        "resume",
        "supervise",
        "answer",
        "return",
        "forward",
        "recall",
        "consult",
        "table",
        "merge",
        "link",
    ];

    public static object Body(string action) =>
        action switch
        {
            "release" or "reopen" or "escalate" or "send-back" or "refuse" or "supervise" => new { reason = "理由" },
            "return" or "recall" or "consult" or "table" => new { reason = "理由" },
            "link" => new { to = Guid.Empty.ToString("N"), reason = "理由" },
            "merge" => new { into = Guid.Empty.ToString("N"), reason = "理由" },
            "handover" => new { to = "worker-2", reason = "理由" },
            "progress" or "resolve" or "explain" or "comment" or "answer" => new { text = "说明" },
            "extension" => new { term = "1h", reason = "理由" },
            "forward" => new { system = "hotline", reason = "理由" },
            "transfer" => new { department = "enforcement", reason = "理由" },
            _ => new { },
        };
}
