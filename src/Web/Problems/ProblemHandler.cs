using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridActors.Contracts.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Serialization;

namespace GridActors.Web.Problems;

/// <summary>
/// Answers an exception that an endpoint didn't catch with a problem that has a code. The exception's message is never answered, because it
/// may name a person.
/// </summary>
public sealed partial class ProblemHandler(WriteHealth writes, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var isRead = HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method);
        var code = CodeOf(exception, isWrite: !isRead);
        if (WriteHealth.IsFull(exception))
            writes.Suspect();
        if (Problem.StatusOf(code) >= 500)
            LogFailed(exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "", code);
        var problem = exception switch
        {
            BadHttpRequestException { InnerException: JsonException { Path: { } path } } => WrongType(path, httpContext),
            BadHttpRequestException when Parameter().Match(exception.Message) is { Success: true } named => WrongParameter(
                JsonNamingPolicy.CamelCase.ConvertName(named.Groups[1].Value),
                exception.Message,
                httpContext
            ),
            _ => Problem.Of(code, httpContext),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <param name="path">Where in the body the value is, as <c>$.photos[2]</c>.</param>
    static ProblemHttpResult WrongType(string path, HttpContext context)
    {
        var fields = Fields.Of(context);
        fields.Wrong(path.Length > 2 ? path[2..] : "body", "格式或类型不对", "is malformed, or of the wrong type");
        return fields.Problem(context);
    }

    static ProblemHttpResult WrongParameter(string name, string message, HttpContext context)
    {
        var fields = Fields.Of(context);
        if (message.StartsWith("Required", StringComparison.Ordinal))
            fields.Wrong(name, "必填", "is needed");
        else
            fields.Wrong(name, "格式不对", "is malformed");
        return fields.Problem(context);
    }

    /// <summary>The parameter that the framework couldn't bind: only its message names it.</summary>
    [GeneratedRegex("""^(?:Failed to bind parameter|Required parameter) "[^"]*?(\w+)" """)]
    private static partial Regex Parameter();

    /// <summary>
    /// A silo whose clock was set back refuses new actors until it has started anew (ClockWatch), so nothing was done. The message is all
    /// that arrives of Orleans' exception.
    /// </summary>
    static bool IsRefusedByClock(Exception exception) =>
        exception.Message.StartsWith("The earliest collection that can be scheduled", StringComparison.Ordinal);

    internal static string CodeOf(Exception exception, bool isWrite) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.TooLarge,
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem.NotJson,
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Problem.TooSlow,
            BadHttpRequestException => Problem.InvalidRequest,
            // A filter or an account held U+0000, which PostgreSQL can't store: the caller's mistake.
            PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } => Problem.InvalidRequest,
            // Half a surrogate pair, which has no UTF-8.
            EncoderFallbackException => Problem.InvalidRequest,
            JournalBusyException => CaseRejections.Busy,
            JournalUnavailableException { OutcomeUnknown: false } => CaseRejections.Unavailable,
            // The database had no room for the write.
            _ when WriteHealth.IsFull(exception) => CaseRejections.Unavailable,
            // In the middle of an upgrade, a silo of the older version couldn't read the call, so nothing was done.
            TypeLoadException or SerializerException => CaseRejections.Unavailable,
            ArgumentException when IsRefusedByClock(exception) => CaseRejections.Unavailable,
            // A write whose call to the grain failed or timed out may have had its effect.
            JournalUnavailableException or TimeoutException or NpgsqlException or OrleansException or IOException => isWrite
                ? CaseRejections.OutcomeUnknown
                : CaseRejections.Unavailable,
            _ => Problem.InternalError,
        };
}
