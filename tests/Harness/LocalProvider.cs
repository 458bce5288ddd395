using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GridActors.Harness;

/// <summary>
/// A county's identity provider, in the test's process: the authorization code flow of OpenID Connect with PKCE, and real keys. It signs in
/// whomever a test names, without asking.
/// </summary>
public sealed class LocalProvider : IAsyncDisposable
{
    public const string ClientId = "gridactors";
    public const string Secret = "a-client-secret-of-the-tests";

    sealed record Grant(string Person, string? Nonce, string Challenge, string RedirectUri);

    readonly WebApplication _app;
    readonly ConcurrentDictionary<string, Grant> _codes = new();
    readonly RSA _key = RSA.Create(2048);

    LocalProvider(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>Who is signed in next.</summary>
    public string Person { get; set; } = "qinghe/worker-1";

    /// <summary>The person refuses at the provider.</summary>
    public bool IsDenied { get; set; }

    /// <summary>Changes what the next id token says.</summary>
    public Action<SecurityTokenDescriptor>? Change { get; set; }

    /// <summary>Everything secret that was handed out: codes and tokens.</summary>
    public ConcurrentBag<string> Issued { get; } = [];

    /// <summary>Where browsers were sent to end the provider's session.</summary>
    public ConcurrentBag<IQueryCollection> SignOuts { get; } = [];

    public static async Task<LocalProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new LocalProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    void Map()
    {
        _app.MapGet(
            "/.well-known/openid-configuration",
            () =>
                new Dictionary<string, object>
                {
                    ["issuer"] = Url,
                    ["authorization_endpoint"] = $"{Url}/authorize",
                    ["token_endpoint"] = $"{Url}/token",
                    ["end_session_endpoint"] = $"{Url}/end",
                    ["jwks_uri"] = $"{Url}/keys",
                    ["response_types_supported"] = new[] { "code" },
                    ["subject_types_supported"] = new[] { "public" },
                    ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
                }
        );
        _app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", (Func<HttpRequest, Task<IResult>>)Token);
        _app.MapGet(
            "/end",
            (HttpRequest request) =>
            {
                SignOuts.Add(request.Query);
                return Results.Redirect($"{request.Query["post_logout_redirect_uri"]}?state={request.Query["state"]}");
            }
        );
    }

    IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
            return Results.BadRequest();
        string redirect = query["redirect_uri"]!;
        var answer = new Dictionary<string, string?> { ["state"] = query["state"] };
        if (IsDenied)
            answer["error"] = "access_denied";
        else
        {
            var code = answer["code"] = Issue(Guid.NewGuid().ToString("N"));
            _codes[code] = new(Person, query["nonce"], query["code_challenge"]!, redirect);
        }
        return Results.Redirect(QueryHelpers.AddQueryString(redirect, answer));
    }

    async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != ClientId || form["client_secret"] != Secret || !_codes.TryRemove(form["code"].ToString(), out var grant))
            return Results.BadRequest(new { error = "invalid_grant" });
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (challenge != grant.Challenge || form["redirect_uri"] != grant.RedirectUri)
            return Results.BadRequest(new { error = "invalid_grant" });
        return Results.Json(
            new
            {
                access_token = Issue(Guid.NewGuid().ToString("N")),
                token_type = "Bearer",
                expires_in = 300,
                id_token = Issue(IdToken(grant)),
            }
        );
    }

    string IdToken(Grant grant)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = ClientId,
            IssuedAt = DateTime.UtcNow,
            NotBefore = DateTime.UtcNow.AddMinutes(-1),
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = $"subject of {grant.Person}", ["preferred_username"] = grant.Person },
            SigningCredentials = new(new RsaSecurityKey(_key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        };
        if (grant.Nonce is not null)
            token.Claims["nonce"] = grant.Nonce;
        Change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    Dictionary<string, string> PublicKey()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(
            new(_key.ExportParameters(includePrivateParameters: false)) { KeyId = "1" }
        );
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = "1",
            ["n"] = key.N,
            ["e"] = key.E,
        };
    }

    string Issue(string secret)
    {
        Issued.Add(secret);
        return secret;
    }
}
