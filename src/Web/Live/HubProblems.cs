using GridActors.Web.Problems;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>
/// An exception that a method of the hub throws reaches the browser as <c>code: sentence</c>, as a refusal does. It is logged only when it
/// is the service's fault.
/// </summary>
sealed partial class HubProblems(ILogger<HubProblems> logger) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is not HubException)
        {
            throw Explain(e, context.Context, nameof(OnConnectedAsync));
        }
    }

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next
    )
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not HubException)
        {
            throw Explain(e, invocationContext.Context, invocationContext.HubMethodName);
        }
    }

    /// <summary>Notes the language of the connection's messages. Later its request can be gone, and then has no headers to ask.</summary>
    public static void NoteLanguage(HubCallerContext context) =>
        context.Items[typeof(HubProblems)] = context.GetHttpContext() is { } http && Problem.IsEnglish(http);

    public static HubException Refusal(HubCallerContext context, string code) =>
        new($"{code}: {Problem.Sentence(code, context.Items.TryGetValue(typeof(HubProblems), out var isEnglish) && isEnglish is true)}");

    HubException Explain(Exception e, HubCallerContext context, string method)
    {
        var code = ProblemHandler.CodeOf(e, isWrite: false);
        if (Problem.StatusOf(code) >= 500)
            LogFailed(e, method, code);
        return Refusal(context, code);
    }
}
