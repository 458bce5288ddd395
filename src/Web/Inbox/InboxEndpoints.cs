using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Storage.Inbox;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Inbox;

/// <param name="Outage">What fell due while the service was down; null when there is nothing that you haven't read.</param>
public sealed record InboxJson(IReadOnlyList<InboxItemJson> Items, InboxCounts Counts, string? Next, OutageJson? Outage);

/// <param name="Since">When the case last changed.</param>
public sealed record InboxItemJson(string Role, bool Unread, DateTimeOffset Since, CaseSummaryJson Case)
{
    public static InboxItemJson Of(CaseRow row, DateTimeOffset seenAt, Caller caller, DateTimeOffset now) =>
        new(
            ApiNames.Of(
                InboxRoles.Of(
                    caller.Id,
                    row.Status,
                    row.Claimant,
                    row.OfferedTo,
                    row.Reporter,
                    row.Approvers,
                    isWatcher: true,
                    row.Consulted,
                    row.Tasked
                )
            ),
            row.UpdatedAt > seenAt && row.UpdatedBy != caller.Id,
            row.UpdatedAt,
            CaseSummaryJson.Of(row, caller.Pack, now)
        );
}

/// <summary>Calls about the caller's inbox.</summary>
public static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/api/inbox").RequireAuthorization().WithTags("Inbox").WithProblems(Problem.NotSignedIn);
        inbox
            .MapGet("/", Get)
            .WithName("getInbox")
            .WithSummary("Get what waits for you")
            .WithDescription(
                "Open cases that are offered to you, that you or a colleague has claimed, or that you reported. "
                    + "The last changed comes first; what changes while you read the pages comes again after the last one."
            )
            .WithProblems(Problem.InvalidRequest, CaseRejections.Unavailable);
        inbox
            .MapPost("/seen", MarkSeen)
            .WithName("markInboxSeen")
            .WithSummary("Mark everything in the inbox as read")
            .WithProblems(CaseRejections.OutcomeUnknown);
    }

    static async Task<NoContent> MarkSeen(Caller caller, IGrainFactory grains)
    {
        await ActorCalls.Call(grains.GetGrain<IInboxGrain>(caller.Id.Key).MarkSeen, CancellationToken.None);
        return TypedResults.NoContent();
    }

    static async Task<Results<GeneratedOk<InboxJson>, ProblemHttpResult>> Get(
        [Description("Only cases that are this to you: `offered`, `mine`, `watching`, `reported`, `deciding`, `consulted` or `tasked`.")]
            string? role,
        [Description(
            "`changed` (the default): the last changed comes first; `waiting`: what was reported first; `due`: what is overdue longest and "
                + "then what is due next."
        )]
            string? order,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        InboxPages pages,
        InboxQueries queries,
        OutageSummaries outages,
        IGrainFactory grains,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var asked = order switch
        {
            null or "" or "changed" => InboxOrder.LastChanged,
            "waiting" => InboxOrder.LongestWaiting,
            "due" => InboxOrder.Due,
            _ => default(InboxOrder?),
        };
        if (asked is not { } by)
        {
            fields.Wrong("order", "应为 changed、waiting 或 due", "is changed, waiting or due");
            by = InboxOrder.LastChanged;
        }
        var only = string.IsNullOrEmpty(role) ? null : ApiNames.InboxRoleOf(role);
        if (!string.IsNullOrEmpty(role) && only is null)
            fields.Wrong("role", "没有这个角色", "is no role in an inbox");
        if (!InboxCursor.TryRead(cursor, by, out var from))
            Paging.Wrong(fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        var seenAt = await ActorCalls.Call(grains.GetGrain<IInboxGrain>(caller.Id.Key).SeenAt, cancellationToken);
        var counting = queries.Count(caller.Id, seenAt, cancellationToken);
        var outage = outages.Of(caller, seenAt, cancellationToken);
        var (rows, next) = await pages.Read(caller.Id, only, by, from, Paging.Limit(limit), cancellationToken);
        access.Listed(caller, rows);
        var now = time.GetUtcNow();
        var items = rows.Select(r => InboxItemJson.Of(r, seenAt, caller, now));
        return new GeneratedOk<InboxJson>(
            new([.. items], await counting, next?.ToString(), await outage),
            CaseJsonContext.Default.InboxJson
        );
    }
}
