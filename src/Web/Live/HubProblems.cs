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
            var code = ProblemHandler.CodeOf(e, isWrite: false);
            if (Problem.StatusOf(code) >= 500)
                LogFailed(e, invocationContext.HubMethodName, code);
            throw Refusal(invocationContext.Context, code);
        }
    }

    public static HubException Refusal(HubCallerContext context, string code) =>
        new($"{code}: {Problem.Sentence(code, context.GetHttpContext() is { } http && Problem.IsEnglish(http))}");
}
