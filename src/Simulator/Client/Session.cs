using System.Text.Json.Serialization.Metadata;

namespace GridActors.Simulator.Client;

/// <summary>One signed-in person and the calls they make. A session that ended (a restart, an expiry) is renewed once per call that notices.</summary>
internal sealed class Session
{
    readonly ServiceClient _client;
    readonly SignInBody _credentials;
    readonly Lock _renewing = new();
    volatile string _token;
    Task<bool>? _renewal;

    Session(ServiceClient client, SignInBody credentials, SignedIn signedIn)
    {
        (_client, _credentials, _token) = (client, credentials, signedIn.Token);
        Me = signedIn.Me;
    }

    public Me Me { get; }

    public string Account => _credentials.Account;

    /// <summary>The topmost area the person's posts cover.</summary>
    public string Home => Me.Home ?? throw new RefusedException($"{Account} holds no post and sees no area");

    /// <summary>Without a password the person is one the demo offers.</summary>
    /// <param name="pack">Where the account is looked for when people of several packs have it.</param>
    public static async Task<Answer<Session>> SignInAsync(ServiceClient client, string account, string? password, CancellationToken ct, string? pack = null)
    {
        var credentials = new SignInBody(account, password, password is null ? true : null);
        var answer = await SignInAsync(client, credentials, ct);
        if (answer.Problem is { Code: ProblemCode.AmbiguousAccount } && pack is not null)
        {
            credentials = credentials with { Account = $"{pack}/{account}" };
            answer = await SignInAsync(client, credentials, ct);
        }
        return answer.Refused(out var problem, out var signedIn)
            ? new Answer<Session>(null, problem)
            : new Answer<Session>(new Session(client, credentials, signedIn), null);
    }

    public Task<Answer<AreaView>> AreaAsync(string code, CancellationToken ct) =>
        GetAsync("area", $"api/areas/{code}", WireJson.Default.AreaView, ct);

    public Task<List<AreaView>> ChildrenAsync(string code, CancellationToken ct) =>
        ListAsync("children", $"api/areas/{code}/children", WireJson.Default.AreaListing, ct);

    public Task<List<PostHolder>> PeopleAsync(string code, CancellationToken ct) =>
        ListAsync("people", $"api/areas/{code}/people", WireJson.Default.PeopleListing, ct);

    public Task<Answer<MapView>> MapAsync(string code, CancellationToken ct) =>
        GetAsync("map", $"api/areas/{code}/map", WireJson.Default.MapView, ct);

    public Task<Answer<BoardView>> BoardAsync(string code, CancellationToken ct) =>
        GetAsync("board", $"api/areas/{code}/board", WireJson.Default.BoardView, ct);

    public Task<Answer<CatalogueView>> CatalogueAsync(CancellationToken ct) =>
        GetAsync("catalogue", "api/catalogue", WireJson.Default.CatalogueView, ct);

    public Task<Answer<CaseView>> CaseAsync(string id, CancellationToken ct) =>
        GetAsync("case", $"api/cases/{id}", WireJson.Default.CaseView, ct);

    public Task<Answer<CaseView>> ReportAsync(NewCase report, string key, CancellationToken ct) =>
        PostAsync("report", "api/cases", report, WireJson.Default.NewCase, key, ct);

    /// <param name="step">The last part of the step's address, e.g. <c>on-site</c>.</param>
    public Task<Answer<CaseView>> StepAsync(string caseId, string step, StepBody body, string key, CancellationToken ct) =>
        PostAsync(step, $"api/cases/{caseId}/{step}", body, WireJson.Default.StepBody, key, ct);

    static Task<Answer<SignedIn>> SignInAsync(ServiceClient client, SignInBody credentials, CancellationToken ct) =>
        client.SendAsync(
            new Call("sign-in", HttpMethod.Post, "api/session", Body: ServiceClient.Json(credentials, WireJson.Default.SignInBody)),
            WireJson.Default.SignedIn,
            ct);

    Task<Answer<T>> GetAsync<T>(string kind, string path, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class =>
        SendAsync(new Call(kind, HttpMethod.Get, path), type, ct);

    Task<Answer<CaseView>> PostAsync<T>(string kind, string path, T body, JsonTypeInfo<T> type, string key, CancellationToken ct) =>
        SendAsync(new Call(kind, HttpMethod.Post, path, Key: key, Body: ServiceClient.Json(body, type)), WireJson.Default.CaseView, ct);

    async Task<List<T>> ListAsync<T>(string kind, string path, JsonTypeInfo<Listing<T>> type, CancellationToken ct)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = (await GetAsync(kind, $"{path}?limit=200{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}", type, ct)).Required(path);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    async Task<Answer<T>> SendAsync<T>(Call call, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var token = _token;
        var answer = await _client.SendAsync(call with { Token = token }, type, ct);
        if (answer.Problem is not { Code: ProblemCode.NotSignedIn } || !await RenewAsync(token, ct))
            return answer;
        return await _client.SendAsync(call with { Token = _token }, type, ct);
    }

    /// <summary>Whoever notices first renews for all.</summary>
    Task<bool> RenewAsync(string expired, CancellationToken ct)
    {
        lock (_renewing)
        {
            if (_token != expired)
                return Task.FromResult(true);
            return _renewal is { IsCompleted: false } ? _renewal : _renewal = SignInAgainAsync(ct);
        }
    }

    async Task<bool> SignInAgainAsync(CancellationToken ct)
    {
        if ((await SignInAsync(_client, _credentials, ct)).Refused(out _, out var renewed))
            return false;
        _token = renewed.Token;
        return true;
    }
}
