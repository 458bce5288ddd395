using GridActors.Storage.Database;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace GridActors.Web.Problems;

/// <summary>Answers a read again that failed because its connection to the database was dead (<see cref="Reads"/>).</summary>
static class RepeatedReads
{
    /// <summary>
    /// One call reads several times, first its session. On a busy machine a second read has met a dead connection, too, although the first
    /// failure should have emptied the pool; why isn't known.
    /// </summary>
    const int MaxRepeats = 2;

    public static async Task Repeat(HttpContext context, RequestDelegate next)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        for (var repeats = 0; ; repeats++)
            try
            {
                await next(context);
                return;
            }
            catch (Exception e) when (isRead && repeats < MaxRepeats && !context.Response.HasStarted && IsConnectionLost(e))
            {
                // It is read again.
            }
    }

    /// <summary>An actor that couldn't read its state says so with an exception of Orleans.</summary>
    static bool IsConnectionLost(Exception failure) =>
        (failure as NpgsqlException ?? failure.InnerException as NpgsqlException) is { } cause && Reads.IsConnectionLost(cause);
}
