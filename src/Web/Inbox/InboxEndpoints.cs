using GridActors.Contracts.Inbox;
using GridActors.Storage.Cases;
using GridActors.Storage.Inbox;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Inbox;

public sealed record InboxJson(IReadOnlyList<InboxItemJson> Items, InboxCounts Counts, string? Next);

/// <param name="Since">When the case last changed.</param>
public sealed record InboxItemJson(string Role, bool Unread, DateTimeOffset Since, CaseSummaryJson Case)
{
    public static InboxItemJson Of(CaseRow row, DateTimeOffset seenAt, Caller caller) => new(
        Words.Of(InboxRoles.Of(caller.Id, row.Status, row.Claimant, row.OfferedTo, row.Reporter)),
        row.UpdatedAt > seenAt && row.UpdatedBy != caller.Id, row.UpdatedAt, CaseSummaryJson.Of(row, caller.Pack));
}

/// <summary>What waits for me.</summary>
public static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/api/inbox").RequireAuthorization().WithProblems(400, 401, 503);
        inbox.MapGet("/", Get);
        inbox.MapPost("/seen", async (Caller caller, IGrainFactory grains) =>
        {
            await grains.GetGrain<IInboxGrain>(caller.Id.Key).MarkSeen();
            return TypedResults.NoContent();
        });
    }

    static async Task<Results<Ok<InboxJson>, ProblemHttpResult>> Get(
        int? limit, string? cursor, Caller caller, InboxQueries queries, IGrainFactory grains, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(cursor, out var before)) return Paging.Wrong(context);
        var most = Paging.Limit(limit);
        var seenAt = await grains.GetGrain<IInboxGrain>(caller.Id.Key).SeenAt(cancellationToken);
        var counting = queries.Count(caller.Id, seenAt, cancellationToken);
        var rows = await queries.List(caller.Id, before, most + 1, cancellationToken);
        var next = rows.Count > most ? Paging.Cursor(rows[most - 1].UpdatedAt, rows[most - 1].Id) : null;
        return TypedResults.Ok(new InboxJson([.. rows.Take(most).Select(r => InboxItemJson.Of(r, seenAt, caller))], await counting, next));
    }
}
