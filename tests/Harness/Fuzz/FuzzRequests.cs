using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridActors.Harness.Fuzz;

/// <summary>Makes requests out of the service's OpenAPI document.</summary>
/// <param name="callers">Who calls: people with different rights.</param>
sealed class FuzzRequests(int seed, JsonElement document, IReadOnlyList<FuzzCaller> callers, KnownValues known, string host)
{
    // Comparing every board takes seconds, so it is asked for seldom.
    const string Verify = "/api/admin/verify";

    static readonly string[] EndingSessions =
    [
        "/api/session",
        "/api/me/password",
        "/api/me/sessions",
        "/api/me/sessions/{session}",
        "/api/admin/people/{person}/sessions",
        "/api/admin/people/{person}/password",
        "/api/admin/people/{person}/second-factor",
        "/api/me/second-factor",
    ];
    static readonly FuzzCaller[] Strangers = [new("nobody", null), new("a stranger", "not-a-token")];
    static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"];
    static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-8",
        "application/json; charset=utf8",
        "application/json; charset=gbk",
        "application/json; charset=utf-16",
        "application/json; charset=\"",
        "application/problem+json",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
        "application/json, application/json",
        "application",
        ";",
        "",
    ];
    static readonly (string Name, string[] Values)[] Headers =
    [
        ("If-Match", ["\"1\"", "W/\"1\"", "*", "\"1\", \"2\"", "1", "\"", "\"99999999999999999999\"", "\"é\"", ""]),
        ("If-None-Match", ["*", "\"1\"", "W/\"\"", ",,,"]),
        ("Accept", ["*/*", "text/html", "application/xml;q=0.5", "application/json;q=nan", ";;;", ""]),
        ("Accept-Language", ["en", "zh-CN", "en;q=2", "*", "x-\u00e9", "zh,en;q=0.0000000001"]),
        ("Accept-Encoding", ["gzip", "br", "identity;q=0, *;q=0", "zstd", "gzip;q=abc"]),
        ("Content-Encoding", ["gzip", "br", "identity", "x"]),
        ("Range", ["bytes=0-", "bytes=5-1", "bytes=-99999999999", "bytes=0-0,1-1", "lines=1"]),
        ("If-Modified-Since", ["Wed, 25 Nov 2026 10:00:00 GMT", "yesterday", "0"]),
        ("Origin", ["null", "http://evil.example", "http://", "é"]),
        ("Sec-Fetch-Site", ["cross-site", "same-origin", ""]),
        ("Cookie", ["a=b", "=;=;=", "session=\u0001", "gridactors=" + "x", ";"]),
        ("Authorization", ["Bearer", "Bearer  ", "bearer x", "Basic Og==", "Bearer \u00e9", "Bearer a b"]),
        ("traceparent", ["00-0-0-00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "é"]),
        ("X-Forwarded-For", ["1.2.3.4", "::1", "é", "1.2.3.4, 5.6.7.8:99999"]),
        ("X-Forwarded-Proto", ["https", "x"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Expect", ["100-continue", "200-ok"]),
        ("Upgrade", ["websocket", "h2c"]),
        ("Content-Type", ["application/json"]),
        ("Host", ["evil.example", "", "a b", "127.0.0.1:99999"]),
    ];

    readonly IReadOnlyList<ApiOperation> _operations =
    [
        .. ApiOperation
            .Of(document)
            .Where(o => o.Path.StartsWith("/api/", StringComparison.Ordinal) || o.Path.StartsWith("/health", StringComparison.Ordinal)),
    ];
    readonly FuzzBodies _bodies = new(document, known);

    public FuzzRequest Make(int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        var operation = random.Any(_operations);
        if (operation.Path == Verify && random.Chance(0.98))
            operation = random.Any(_operations);
        var endsSession = EndsSession(operation);
        var caller = endsSession || random.Chance(0.08) ? random.Any(Strangers) : random.Any(callers);
        var method = random.Chance(0.97) || endsSession ? operation.Method : random.Any(Methods.Where(m => m != "DELETE").ToList());

        var head = new StringBuilder(512).Append(method).Append(' ').Append(Target(operation, random)).Append(" HTTP/1.1\r\n");
        var odd = random.Chance(0.15) ? random.Any(Headers) : default;
        if (odd.Name != "Host")
            head.Append("Host: ").Append(host).Append("\r\n");
        if (odd.Name is not null)
            head.Append(odd.Name).Append(": ").Append(random.Any(odd.Values)).Append("\r\n");
        if (caller.Token is not null && odd.Name != "Authorization")
            head.Append("Authorization: Bearer ").Append(caller.Token).Append("\r\n");
        foreach (var parameter in operation.Parameters.Where(p => p.In == "header"))
            if (random.Chance(0.4))
                head.Append(parameter.Name).Append(": ").Append(Header(parameter.Name, random)).Append("\r\n");

        var body = Body(operation, method, random, out var contentType);
        if (contentType is not null && odd.Name != "Content-Type")
            head.Append("Content-Type: ").Append(random.Chance(0.97) ? contentType : random.Any(ContentTypes)).Append("\r\n");
        if (body is null)
            return new(number, operation.Name, caller, Bytes(head.Append(method == "POST" ? "Content-Length: 0\r\n\r\n" : "\r\n")), []);
        if (random.Chance(0.03))
        {
            head.Append("Transfer-Encoding: chunked\r\n\r\n");
            return new(number, operation.Name, caller, Bytes(head), Chunked(body, random));
        }
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return new(number, operation.Name, caller, Bytes(head), body);
    }

    /// <summary>
    /// Such an address is called by strangers alone, because it could end a session that the other requests need: the method may be another
    /// one than the document names.
    /// </summary>
    static bool EndsSession(ApiOperation operation) => EndingSessions.Contains(operation.Path);

    string Target(ApiOperation operation, Random random)
    {
        var target = new StringBuilder();
        foreach (var part in operation.Path.Split('/').Skip(1))
            target.Append('/').Append(part.StartsWith('{') ? Segment(part.Trim('{', '}'), random) : part);
        var separator = '?';
        foreach (var parameter in operation.Parameters.Where(p => p.In == "query"))
            while (random.Chance(0.35))
            {
                target.Append(separator).Append(parameter.Name).Append('=').Append(Encoded(Query(parameter, random), random));
                separator = '&';
            }
        if (random.Chance(0.02))
            target.Append(separator).Append(Encoded(HostileValues.Text(random), random)).Append("&&=&").Append(Encoded("\0", random));
        return target.ToString();
    }

    string Segment(string name, Random random) =>
        random.Chance(0.9) ? Encoded(_bodies.Named(name, random), random) : Encoded(HostileValues.Text(random), random);

    string Query(ApiParameter parameter, Random random)
    {
        if (random.Chance(0.15))
            return HostileValues.Text(random);
        var isTime =
            ApiOperation.Member(parameter.Schema, "format") is { ValueKind: JsonValueKind.String } f && f.GetString() == "date-time";
        return (ApiOperation.Member(parameter.Schema, "type") is { ValueKind: JsonValueKind.String } t ? t.GetString() : "") switch
        {
            _ when isTime => HostileValues.Time(random),
            "integer" or "number" => random.Chance(0.6)
                ? random.Next(1, 200).ToString(CultureInfo.InvariantCulture)
                : HostileValues.Number(random),
            "boolean" => random.Any(new[] { "true", "false", "TRUE", "1", "yes", "" }),
            _ => _bodies.Named(parameter.Name, random),
        };
    }

    static string Header(string name, Random random) =>
        random.Chance(0.8)
            ? name == "If-Match"
                ? $"\"{random.Next(1, 5)}\""
                : $"fuzz-{random.Next(1_000_000)}"
            : random.Any(new[] { "", " ", "é", new string('k', 128), new string('k', 129), "a, b", "\"", "a\tb", "\u007f", "*" });

    byte[]? Body(ApiOperation operation, string method, Random random, out string? contentType)
    {
        contentType = null;
        if (operation.IsUpload)
            return Upload(random, out contentType);
        if (method is "GET" or "HEAD" or "TRACE" && random.Chance(0.98))
            return null;
        if (operation.Body is null && random.Chance(0.9))
            return null;
        contentType = "application/json";
        return operation.Body is { } schema ? _bodies.Json(schema, random) : Encoding.UTF8.GetBytes(HostileValues.Json(random));
    }

    static byte[] Upload(Random random, out string contentType)
    {
        const string Boundary = "----fuzz";
        contentType = $"multipart/form-data; boundary={Boundary}";
        var name = random.Chance(0.95) ? "file" : "photo";
        var file = random.Chance(0.9) ? "photo.jpg" : random.Any(new[] { "", "../x", "a\\\"b", "é" });
        byte[] body =
        [
            .. Bytes(new($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n")),
            .. "Content-Type: image/jpeg\r\n\r\n"u8,
            .. FuzzPhotos.Any(random),
            .. Bytes(new($"\r\n--{Boundary}--\r\n")),
        ];
        return random.Chance(0.9) ? body : FuzzFiles.Changed(body, random);
    }

    static byte[] Chunked(byte[] body, Random random) =>
        random.Chance(0.7)
            ? [.. Bytes(new($"{body.Length:x}\r\n")), .. body.Length > 0 ? (byte[])[.. body, .. "\r\n0\r\n\r\n"u8] : "\r\n"u8.ToArray()]
            :
            [
                .. Bytes(new(random.Any(new[] { "zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "1;ext=\"\r\n" }))),
                .. body,
                .. "\r\n0\r\n\r\n"u8,
            ];

    /// <summary>Percent-encoded, mostly: half a pair as the bytes it would have, and now and then a character as it is.</summary>
    static string Encoded(string text, Random random)
    {
        if (random.Chance(0.02))
            return new string([.. text.Where(c => c is > ' ' and < '\u00ff' and not '#')]);
        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.')
                encoded.Append((char)b);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        return random.Chance(0.01) ? encoded.Append("%ED%A0%80%C0%AF%").ToString() : encoded.ToString();
    }

    static byte[] Bytes(StringBuilder text) => Encoding.Latin1.GetBytes(text.ToString());
}
