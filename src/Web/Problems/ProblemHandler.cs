using System.Text.Json;
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
        var code = CodeOf(exception, isWrite: !HttpMethods.IsGet(httpContext.Request.Method));
        if (WriteHealth.IsFull(exception))
            writes.Suspect();
        if (Problem.StatusOf(code) >= 500)
            LogFailed(exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "", code);
        var problem = exception is BadHttpRequestException { InnerException: JsonException { Path: { } path } }
            ? WrongType(path, httpContext)
            : Problem.Of(code, httpContext);
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

    internal static string CodeOf(Exception exception, bool isWrite) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.TooLarge,
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem.NotJson,
            BadHttpRequestException => Problem.InvalidRequest,
            // A filter or an account held U+0000, which PostgreSQL can't store: the caller's mistake.
            PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } => Problem.InvalidRequest,
            JournalBusyException => CaseRejections.Busy,
            JournalUnavailableException { OutcomeUnknown: false } => CaseRejections.Unavailable,
            // The database had no room for the write.
            _ when WriteHealth.IsFull(exception) => CaseRejections.Unavailable,
            // In the middle of an upgrade, a silo of the older version couldn't read the call, so nothing was done.
            TypeLoadException or SerializerException => CaseRejections.Unavailable,
            // A write whose call to the grain failed or timed out may have had its effect.
            JournalUnavailableException or TimeoutException or NpgsqlException or OrleansException or IOException => isWrite
                ? CaseRejections.OutcomeUnknown
                : CaseRejections.Unavailable,
            _ => Problem.InternalError,
        };
}
