using GridActors.Web.Problems;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>What escapes a method of the hub becomes <c>code: sentence</c>, as a refusal is; only what is the service's fault is logged.</summary>
sealed partial class HubProblems(ILogger<HubProblems> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not HubException)
        {
            var code = ProblemHandler.CodeOf(e, isWrite: false);
            if (Problem.StatusOf(code) >= 500) LogFailed(e, invocationContext.HubMethodName, code);
            throw Refusal(invocationContext.Context, code);
        }
    }

    public static HubException Refusal(HubCallerContext context, string code) =>
        new($"{code}: {Problem.Sentence(code, context.GetHttpContext() is { } http && Problem.IsEnglish(http))}");

    [LoggerMessage(4103, LogLevel.Error, "The hub's {Method} failed: {Code}.")]
    partial void LogFailed(Exception exception, string method, string code);
}
