using System.Reflection;
using GridActors.Web.Live;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;

namespace GridActors.Web.Sessions;

/// <summary>Marks an endpoint or a method of the hub that a wall screen may call. Everything without it is refused to one.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OpenToKiosksAttribute : Attribute;

/// <summary>
/// What wall screens may do. A screen hangs where anybody can reach it, so its session opens the boards of its area, and nothing else.
/// </summary>
sealed class KioskCalls : IHubFilter
{
    /// <summary>Whether a kiosk may call the endpoint of the request; one for an area must name an area of the kiosk's own.</summary>
    public static bool Allow(HttpContext context, Caller kiosk) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OpenToKiosksAttribute>() is not null
        && (context.GetRouteValue("code") is not string code || IsOwn(code, kiosk));

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        // With long polling, each request brings a user of its own; what counts is who connected.
        context.Context.Items[typeof(KioskCalls)] = Caller.Of(context.Context.User)?.IsKiosk;
        return next(context);
    }

    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next
    ) =>
        invocationContext.Context.Items[typeof(KioskCalls)] is true
        && invocationContext.HubMethod.GetCustomAttribute<OpenToKiosksAttribute>() is null
            ? throw HubProblems.Refusal(invocationContext.Context, Problem.KioskSession)
            : next(invocationContext);

    /// <summary>An unknown code is answered as it is to everybody.</summary>
    static bool IsOwn(string code, Caller kiosk) => kiosk.Area(code) is not { } area || kiosk.Reads(area);
}

static class KioskMarks
{
    public static TBuilder OpenToKiosks<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToKiosksAttribute());
}
