using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GridActors.Web.Sessions;

/// <param name="Offered">Whether the deployment has an identity provider.</param>
public sealed record ProviderJson(bool Offered, string Name, string NameEn);

/// <summary>
/// Signing in with the county's own identity provider: OpenID Connect, authorization code with PKCE. The framework's handler checks state,
/// nonce, signature, issuer and audience; <see cref="ProviderSignIn"/> finds the person and begins one of our own sessions. The provider's
/// tokens aren't kept.
/// </summary>
public static class OpenId
{
    public const string SchemeName = "openid";
    const string Root = "/api/openid";

    // What a client secret signs is left out: a provider has its own keys.
    static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    /// <exception cref="OptionsValidationException">A setting isn't valid.</exception>
    public static IServiceCollection AddOpenId(this IServiceCollection services, IConfiguration configuration)
    {
        var options = new OpenIdOptions();
        configuration.GetSection(OpenIdOptions.Section).Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        services.AddSingleton(options);
        if (!options.IsSet)
            return services;
        if (options.Complaints().ToList() is { Count: > 0 } complaints)
            throw new OptionsValidationException(OpenIdOptions.Section, typeof(OpenIdOptions), complaints);
        services.AddSingleton<ProviderSignIn>();
        services.AddAuthentication().AddOpenIdConnect(SchemeName, o => Configure(o, options));
        return services;
    }

    public static void MapOpenId(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<OpenIdOptions>();
        var group = routes.MapGroup(Root).AllowAnonymous().WithTags("Session");
        group
            .MapGet("", (OpenIdOptions o) => new ProviderJson(o.IsSet, o.Name, o.NameEn))
            .WithName("getProvider")
            .WithSummary("Get whether people can sign in with the county's identity provider")
            .WithDescription(
                "A browser that opens `/api/openid/sign-in` is sent there, and comes back with the cookie of a session; "
                    + "`then` is where it goes afterwards. `/api/openid/sign-out` ends the provider's own session."
            );
        if (!options.IsSet)
            return;
        group
            .MapGet("/sign-in", (string? then, ProviderSignIn signIn, HttpContext context) => signIn.Begin(then, context))
            .ExcludeFromDescription();
        group.MapGet("/sign-out", (ProviderSignIn signIn, HttpContext context) => signIn.End(context)).ExcludeFromDescription();
    }

    static void Configure(OpenIdConnectOptions handler, OpenIdOptions options)
    {
        handler.Authority = options.Authority;
        handler.RequireHttpsMetadata = !new Uri(options.Authority).IsLoopback;
        handler.ClientId = options.ClientId;
        handler.ClientSecret = options.ClientSecret; // Empty for a client without one, whose codes PKCE alone protects.
        handler.ResponseType = OpenIdConnectResponseType.Code;
        // Not a form that the provider's page posts: a browser sends our cookies with it only where they are SameSite=None.
        handler.ResponseMode = OpenIdConnectResponseMode.Query;
        handler.UsePkce = true;
        handler.Scope.Clear();
        foreach (var scope in options.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            handler.Scope.Add(scope);
        handler.GetClaimsFromUserInfoEndpoint = options.AsksUserInfo;
        handler.ClaimActions.Clear();
        handler.ClaimActions.MapUniqueJsonKey(options.PersonClaim, options.PersonClaim);
        handler.MapInboundClaims = false;
        handler.SaveTokens = false;
        handler.DisableTelemetry = true;
        handler.BackchannelTimeout = TimeSpan.FromSeconds(10);
        handler.TokenValidationParameters.ValidAlgorithms = Algorithms;
        handler.CallbackPath = $"{Root}/callback";
        handler.SignedOutCallbackPath = $"{Root}/signed-out";
        handler.SignedOutRedirectUri = "/signin";
        handler.RemoteSignOutPath = default; // Sessions end here by our own calls only.
        foreach (var cookie in new[] { handler.CorrelationCookie, handler.NonceCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        handler.Events.OnTokenValidated = context =>
        {
            // The framework checks a signature, but takes a token without one, because it came from the provider by TLS.
            if (context.SecurityToken.RawSignature.Length == 0)
                context.Fail("The id token isn't signed.");
            return Task.CompletedTask;
        };
        handler.Events.OnTicketReceived = context =>
        {
            context.HandleResponse();
            return context.HttpContext.RequestServices.GetRequiredService<ProviderSignIn>().Complete(context);
        };
        handler.Events.OnAccessDenied = context =>
        {
            context.HandleResponse();
            return context.HttpContext.RequestServices.GetRequiredService<ProviderSignIn>().Fail(null, context.HttpContext);
        };
        handler.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            return context.HttpContext.RequestServices.GetRequiredService<ProviderSignIn>().Fail(context.Failure, context.HttpContext);
        };
        handler.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            // Without the id token, which isn't kept, the provider knows by this who asks.
            context.ProtocolMessage.ClientId = options.ClientId;
            if (!string.IsNullOrEmpty(context.ProtocolMessage.IssuerAddress))
                return Task.CompletedTask;
            context.HandleResponse(); // The provider has no address for that.
            context.Response.Redirect(handler.SignedOutRedirectUri);
            return Task.CompletedTask;
        };
    }
}
