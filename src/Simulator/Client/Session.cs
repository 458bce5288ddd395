using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace GridActors.Simulator.Client;

/// <summary>
/// One signed-in person and the calls they make. A call that finds the session ended (it expired, say) signs in again, once.
/// </summary>
sealed class Session
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

    /// <summary>Signs in. Without a password, the person must be one of those that a demo's sign-in page offers.</summary>
    /// <param name="pack">The pack of the person, needed when the account's name exists in several packs.</param>
    public static async Task<Answer<Session>> SignIn(
        ServiceClient client,
        string account,
        string? password,
        CancellationToken cancellationToken,
        string? pack = null
    )
    {
        var credentials = new SignInBody(account, password, password is null ? true : null);
        var answer = await SignIn(client, credentials, cancellationToken);
        if (answer.Problem is { Code: ProblemCode.AmbiguousAccount } && pack is not null)
        {
            credentials = credentials with { Account = $"{pack}/{account}" };
            answer = await SignIn(client, credentials, cancellationToken);
        }
        return answer.Refused(out var problem, out var signedIn)
            ? new Answer<Session>(null, problem)
            : new Answer<Session>(new Session(client, credentials, signedIn), null);
    }

    public Task<Answer<AreaView>> Area(string code, CancellationToken cancellationToken) =>
        Get("area", $"api/areas/{code}", WireJson.Default.AreaView, cancellationToken);

    public Task<List<AreaView>> Children(string code, CancellationToken cancellationToken) =>
        List("children", $"api/areas/{code}/children", WireJson.Default.AreaListing, cancellationToken);

    public Task<List<PostHolder>> People(string code, CancellationToken cancellationToken) =>
        List("people", $"api/areas/{code}/people", WireJson.Default.PeopleListing, cancellationToken);

    public Task<Answer<MapView>> Map(string code, CancellationToken cancellationToken) =>
        Get("map", $"api/areas/{code}/map", WireJson.Default.MapView, cancellationToken);

    public Task<Answer<BoardView>> Board(string code, CancellationToken cancellationToken) =>
        Get("board", $"api/areas/{code}/board", WireJson.Default.BoardView, cancellationToken);

    public Task<Answer<CatalogueView>> Catalogue(CancellationToken cancellationToken) =>
        Get("catalogue", "api/catalogue", WireJson.Default.CatalogueView, cancellationToken);

    public Task<Answer<CaseView>> Case(string id, CancellationToken cancellationToken) =>
        Get("case", $"api/cases/{id}", WireJson.Default.CaseView, cancellationToken);

    public Task<Answer<CaseView>> Report(NewCase report, string key, CancellationToken cancellationToken) =>
        Post("report", "api/cases", report, WireJson.Default.NewCase, WireJson.Default.CaseView, key, cancellationToken);

    /// <param name="step">The last part of the step's address, e.g. <c>on-site</c>.</param>
    public Task<Answer<CaseView>> Step(string caseId, string step, StepBody body, string key, CancellationToken cancellationToken) =>
        Post(step, $"api/cases/{caseId}/{step}", body, WireJson.Default.StepBody, WireJson.Default.CaseView, key, cancellationToken);

    public Task<Answer<HouseholdView>> AddHousehold(HouseholdBody household, string key, CancellationToken cancellationToken) =>
        Post(
            "household",
            "api/households",
            household,
            WireJson.Default.HouseholdBody,
            WireJson.Default.HouseholdView,
            key,
            cancellationToken
        );

    public Task<Answer<Listing<HouseholdView>>> Households(string area, int limit, CancellationToken cancellationToken) =>
        Get(
            "households",
            string.Create(CultureInfo.InvariantCulture, $"api/households?area={area}&limit={limit}"),
            WireJson.Default.HouseholdListing,
            cancellationToken
        );

    /// <param name="to">The last part of the address: <c>check-ins</c>, <c>visits</c> or <c>tracks</c>.</param>
    public Task<Answer<FieldAnswer>> SendField(string kind, string to, FieldBatch batch, CancellationToken cancellationToken) =>
        Post(kind, $"api/{to}", batch, WireJson.Default.FieldBatch, WireJson.Default.FieldAnswer, key: null, cancellationToken);

    public Task<Answer<PlaceView>> AddPlace(PlaceBody place, string key, CancellationToken cancellationToken) =>
        Post("place", "api/places", place, WireJson.Default.PlaceBody, WireJson.Default.PlaceView, key, cancellationToken);

    public Task<Answer<DoorsView>> AddDoors(string building, DoorsBody doors, string key, CancellationToken cancellationToken) =>
        Post(
            "doors",
            $"api/places/{building}/dwellings",
            doors,
            WireJson.Default.DoorsBody,
            WireJson.Default.DoorsView,
            key,
            cancellationToken
        );

    static Task<Answer<SignedIn>> SignIn(ServiceClient client, SignInBody credentials, CancellationToken cancellationToken) =>
        client.Send(
            new Call("sign-in", HttpMethod.Post, "api/session", Body: ServiceClient.Json(credentials, WireJson.Default.SignInBody)),
            WireJson.Default.SignedIn,
            cancellationToken
        );

    Task<Answer<T>> Get<T>(string kind, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => Send(new Call(kind, HttpMethod.Get, path), type, cancellationToken);

    Task<Answer<TAnswer>> Post<T, TAnswer>(
        string kind,
        string path,
        T body,
        JsonTypeInfo<T> type,
        JsonTypeInfo<TAnswer> answer,
        string? key,
        CancellationToken cancellationToken
    )
        where TAnswer : class =>
        Send(new Call(kind, HttpMethod.Post, path, Key: key, Body: ServiceClient.Json(body, type)), answer, cancellationToken);

    async Task<List<T>> List<T>(string kind, string path, JsonTypeInfo<Listing<T>> type, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = (
                await Get(
                    kind,
                    $"{path}?limit=200{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}",
                    type,
                    cancellationToken
                )
            ).Required(path);
            all.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);
        return all;
    }

    async Task<Answer<T>> Send<T>(Call call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var token = _token;
        var answer = await _client.Send(call with { Token = token }, type, cancellationToken);
        if (answer.Problem is not { Code: ProblemCode.NotSignedIn } || !await Renew(token, cancellationToken))
            return answer;
        return await _client.Send(call with { Token = _token }, type, cancellationToken);
    }

    /// <summary>Signs in again, once for all calls that found the session ended.</summary>
    Task<bool> Renew(string expired, CancellationToken cancellationToken)
    {
        lock (_renewing)
        {
            if (_token != expired)
                return Task.FromResult(true);
            return _renewal is { IsCompleted: false } ? _renewal : _renewal = SignInAgain(cancellationToken);
        }
    }

    async Task<bool> SignInAgain(CancellationToken cancellationToken)
    {
        if ((await SignIn(_client, _credentials, cancellationToken)).Refused(out _, out var renewed))
            return false;
        _token = renewed.Token;
        return true;
    }
}
