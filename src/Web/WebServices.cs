using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using GridActors.Storage.Areas;
using GridActors.Storage.Cases;
using GridActors.Storage.Inbox;
using GridActors.Storage.Photos;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Catalogue;
using GridActors.Web.Inbox;
using GridActors.Web.Live;
using GridActors.Web.Photos;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Web;

/// <summary>The public surface: what it needs, and what it maps.</summary>
public static class WebServices
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        // Sessions are rows: the key ring that AddAuthentication would keep on disk has nothing to protect here.
        services.AddAuthenticationCore(o =>
        {
            o.DefaultScheme = SessionHandler.SchemeName;
            o.AddScheme<SessionHandler>(SessionHandler.SchemeName, null);
        });
        services.AddWebEncoders();
        services.AddTransient<SessionHandler>();
        services.AddAuthorization(AdministrationEndpoints.AddPolicy);
        services.AddExceptionHandler<ProblemHandler>().AddProblemDetails();
        services.AddDescription();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddSignalR(o =>
            {
                o.MaximumReceiveMessageSize = 16 * 1024;
                o.AddFilter<HubProblems>();
            })
            .AddJsonProtocol(o =>
            {
                o.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
                o.PayloadSerializerOptions.Converters.Add(new FrameWriter(new(o.PayloadSerializerOptions)));
            });
        // Checking a password is meant to be slow: a crowd of attempts waits its turn instead of taking every core.
        services.AddRateLimiter(o =>
        {
            o.AddPolicy(SessionEndpoints.RateLimit, _ => RateLimitPartition.GetConcurrencyLimiter("all", _ => new() { PermitLimit = 8, QueueLimit = 512 }));
            o.OnRejected = async (rejected, _) => await Problem.Of(Contracts.Cases.CaseRejections.Busy, rejected.HttpContext).ExecuteAsync(rejected.HttpContext);
        });

        services.AddSingleton<AreaQueries>().AddSingleton<StatisticsQueries>().AddSingleton<ShapeQueries>().AddSingleton<CaseQueries>().AddSingleton<InboxQueries>();
        services.AddSingleton<HubProblems>().AddSingleton<AddressLimit>().AddSingleton<PhotoStore>().AddSingleton<AreaMaps>().AddSingleton<Statistics>().AddSingleton<DemoPeople>().AddSingleton<Verification>();
        services.AddSingleton<PhotoSweep>().AddHostedService(s => s.GetRequiredService<PhotoSweep>());
        services.AddSingleton<LiveRelay>().AddHostedService(s => s.GetRequiredService<LiveRelay>());
        return services;
    }

    public static void MapWeb(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(BareStatus);
        app.Use(SafeHeaders);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();

        app.MapOpenApi();
        app.MapSessions();
        app.MapAreas();
        app.MapCatalogue();
        app.MapCases();
        app.MapInbox();
        app.MapPhotos();
        app.MapAdministration();
        app.MapHub<LiveHub>(LiveHub.Path, o => o.CloseOnAuthenticationExpiration = false);
    }

    /// <summary>What routing and the server answer by themselves is a bare status; callers get the same problems as everywhere.</summary>
    static Task BareStatus(StatusCodeContext bare)
    {
        var (context, code) = (bare.HttpContext, bare.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Contracts.Cases.CaseRejections.NotFound,
            StatusCodes.Status405MethodNotAllowed => Problem.MethodNotAllowed,
            StatusCodes.Status413PayloadTooLarge => Problem.TooLarge,
            StatusCodes.Status415UnsupportedMediaType => Problem.NotJson,
            _ => null,
        });
        return code is null || !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? Task.CompletedTask : Problem.Of(code, context).ExecuteAsync(context);
    }

    static Task SafeHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "same-origin";
        // Component libraries place their pop-ups with inline styles; scripts come from here alone.
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'self'";
        return next(context);
    }
}
