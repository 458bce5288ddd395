using GridActors.Storage.Database;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace GridActors.Web.Problems;

/// <summary>Answers a read again that failed because its connection to the database was dead (<see cref="Reads"/>).</summary>
static class RepeatedReads
{
    public static async Task Repeat(HttpContext context, RequestDelegate next)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        try
        {
            await next(context);
        }
        catch (Exception e) when (isRead && !context.Response.HasStarted && IsConnectionLost(e))
        {
            await next(context);
        }
    }

    /// <summary>An actor that couldn't read its state says so with an exception of Orleans.</summary>
    static bool IsConnectionLost(Exception failure) =>
        (failure as NpgsqlException ?? failure.InnerException as NpgsqlException) is { } cause && Reads.IsConnectionLost(cause);
}
