using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Sessions;

/// <summary>
/// Endpoints that take a few fields only, some of them from people who haven't signed in. Their body is read before anything else is done
/// for the call, and neither a long nor a slow one keeps anything but its own connection.
/// </summary>
static class SmallBody
{
    const int DefaultBytes = 8 * 1024;
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    sealed record Marker(int MaxBytes);

    public static TBuilder WithSmallBody<TBuilder>(this TBuilder builder, int maxBytes = DefaultBytes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Marker(maxBytes));

    public static async Task Read(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Marker>() is not { MaxBytes: var maxBytes })
        {
            await next(context);
            return;
        }
        var body = new byte[maxBytes + 1];
        int length;
        using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted))
        {
            deadline.CancelAfter(Deadline);
            try
            {
                length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, deadline.Token);
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                // What is still to come of the body would be taken for the next request.
                context.Response.Headers.Connection = "close";
                await Problem.Of(Problem.TooSlow, context).ExecuteAsync(context);
                return;
            }
        }
        if (length > maxBytes)
        {
            await Problem.Of(Problem.TooLarge, context).ExecuteAsync(context);
            return;
        }
        context.Request.Body = new MemoryStream(body, 0, length, writable: false);
        await next(context);
    }
}
