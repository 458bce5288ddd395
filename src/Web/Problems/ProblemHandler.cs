using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Storage.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Web.Problems;

/// <summary>What escapes an endpoint becomes a problem with a code. The message of an exception never reaches the caller: it may name a person.</summary>
public sealed partial class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested) return true;
        var code = CodeOf(exception, isWrite: !HttpMethods.IsGet(httpContext.Request.Method));
        if (Problem.StatusOf(code) >= 500) LogFailed(exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "", code);
        var problem = exception is BadHttpRequestException { InnerException: JsonException { Path: { } path } }
            ? Problem.Invalid(httpContext, WrongType(path, httpContext))
            : Problem.Of(code, httpContext);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <param name="path">Where in the body, as <c>$.photos[2]</c>.</param>
    static IReadOnlyDictionary<string, string> WrongType(string path, HttpContext context)
    {
        var fields = new Fields(Problem.IsEnglish(context));
        fields.Wrong(path.Length > 2 ? path[2..] : "body", "格式或类型不对", "is malformed, or of the wrong type");
        return fields.Errors;
    }

    internal static string CodeOf(Exception exception, bool isWrite) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.TooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem.NotJson,
        BadHttpRequestException => Problem.InvalidRequest,
        // A character that PostgreSQL can't hold (U+0000) came in with a filter or an account: the caller's mistake, not the database's absence.
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } => Problem.InvalidRequest,
        JournalBusyException => CaseRejections.Busy,
        JournalUnavailableException { OutcomeUnknown: false } => CaseRejections.Unavailable,
        // A call into the cluster that failed or ran out of time may have had its effect.
        JournalUnavailableException or TimeoutException or NpgsqlException or OrleansException or IOException =>
            isWrite ? CaseRejections.OutcomeUnknown : CaseRejections.Unavailable,
        _ => Problem.InternalError,
    };

    [LoggerMessage(4001, LogLevel.Error, "{Method} {Endpoint} failed: {Code}.")]
    partial void LogFailed(Exception exception, string method, string endpoint, string code);
}
