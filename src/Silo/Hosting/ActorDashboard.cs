using System.Reflection;
using GridActors.Storage.Access;
using GridActors.Web.Administration;
using GridActors.Web.Sessions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace GridActors.Silo.Hosting;

/// <summary>
/// Orleans' dashboard, for administrators. It shows figures of the whole deployment; it shows no actor's state and no log.
/// </summary>
static class ActorDashboard
{
    const string Path = "/orleans";

    public static void AddActorDashboard(this ISiloBuilder silo)
    {
        if (!IsOn(silo.Configuration))
            return;
        silo.AddDashboard(o => o.HideTrace = true);
        if (!silo.Configuration.GetValue<bool>($"Service:{nameof(ServiceOptions.TimeActorCalls)}"))
            RemoveProfiler(silo.Services);
        SlowDownCounters(silo.Services);
    }

    public static void AddActorDashboard(this IClientBuilder client)
    {
        if (IsOn(client.Configuration))
            client.AddDashboard(o => o.HideTrace = true);
    }

    public static void MapActorDashboard(this WebApplication app)
    {
        if (IsOn(app.Configuration))
            app.MapOrleansDashboard(Path).AddEndpointFilter(Answer).RequireAuthorization(AdministrationEndpoints.Policy);
    }

    static bool IsOn(IConfiguration configuration) => configuration.GetValue($"Service:{nameof(ServiceOptions.Dashboard)}", true);

    static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Request.Path.StartsWithSegments(Path + "/GrainState", StringComparison.OrdinalIgnoreCase))
            return Results.NotFound();
        // The dashboard's page asks for figures every second.
        if (Caller.Of(context.HttpContext.User) is { } caller)
            context
                .HttpContext.RequestServices.GetRequiredService<AccessJournal>()
                .RecordOnceAnHour(AccessRecords.OfAdministration(caller, "dashboard"));
        try
        {
            return await next(context);
        }
        catch (Exception e)
            when (e.GetBaseException()
                    is ArgumentException
                        or FormatException
                        or OverflowException
                        or IndexOutOfRangeException
                        or KeyNotFoundException
            )
        {
            return Results.NotFound(); // The address names a silo as no silo is named.
        }
    }

    /// <summary>
    /// The dashboard's call filter writes down every call. It is the only call filter, and without any Orleans calls the actor directly.
    /// </summary>
    static void RemoveProfiler(IServiceCollection services)
    {
        var profiler = services.Single(s =>
            s.ServiceType == typeof(IIncomingGrainCallFilter) && s.ImplementationType?.Assembly == typeof(DashboardOptions).Assembly
        );
        services.Remove(profiler);
    }

    /// <summary>
    /// The dashboard reads every counter of Orleans each second, even while nobody looks at it, and some counters count all actors one by
    /// one. With 80,000 actors that took a fifth of the service's processor time. The interval is an internal property, and no option sets
    /// it.
    /// </summary>
    static void SlowDownCounters(IServiceCollection services)
    {
        var host = typeof(DashboardOptions).Assembly.GetType("Orleans.Dashboard.DashboardHost", throwOnError: true)!;
        var interval =
            host.GetProperty("ExportIntervalMilliseconds", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException(
                "This version of Orleans' dashboard has another way to set the interval of its counters."
            );
        services.Replace(
            ServiceDescriptor.Singleton(
                host,
                provider =>
                {
                    var dashboard = ActivatorUtilities.CreateInstance(provider, host);
                    interval.SetValue(
                        dashboard,
                        (int)provider.GetRequiredService<IOptions<ServiceOptions>>().Value.CountersEvery.TotalMilliseconds
                    );
                    return dashboard;
                }
            )
        );
    }
}
